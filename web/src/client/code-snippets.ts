/*
 * The snippets on the page of a code stand there as text. Their engine is fetched when somebody who does something comes near them:
 * a page that is only opened loads nothing for them.
 */
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown"];
const elements = document.querySelectorAll("statuslab-code-snippets");

function lookOut(): void {
  for (const sign of SIGNS) removeEventListener(sign, lookOut);
  const sight = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    sight.disconnect();
    void import("../elements/code-snippets/define");
  }, { rootMargin: "200px" });
  for (const element of elements) sight.observe(element);
}

if (elements.length > 0) for (const sign of SIGNS) addEventListener(sign, lookOut, { passive: true });
