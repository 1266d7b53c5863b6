/*
 * For pages that are read: where one is, and what scrolls sideways.
 *
 * Marks in "On this page" the section that is being read: the last one whose heading has come up to the header.
 */
const links = [...document.querySelectorAll<HTMLAnchorElement>('#toc a[href^="#"]')];
const sections = links.flatMap((link) => {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return heading === null ? [] : [{ link, heading }];
});

const LINE = 140;

function mark(): void {
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const passed = sections.filter(({ heading }) => heading.getBoundingClientRect().top <= LINE);
  const current = atEnd ? sections.at(-1) : (passed.at(-1) ?? sections[0]);
  for (const { link } of sections) {
    if (link === current?.link) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let waiting = false;
function soon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mark();
  });
}

if (sections.length > 1) {
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
}

/** What scrolls sideways can be reached with the keyboard; what fits is no stop on the way. */
const scrollers = document.querySelectorAll<HTMLElement>("main :is(pre, table)");
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
for (const scroller of scrollers) {
  if (scroller.closest("statuslab-try-it") === null) watch.observe(scroller);
}
