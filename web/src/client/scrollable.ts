/*
 * Code and tables that are wider than the page can be scrolled by keyboard as well; those that fit are no stop on the
 * way through the page.
 */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

for (const element of document.querySelectorAll(".prose :is(pre, table)")) sizes.observe(element);
