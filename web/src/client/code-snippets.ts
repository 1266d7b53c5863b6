/*
 * The snippets on the page of a code are fetched, engine and all, when somebody comes near them.
 */
const sight = new IntersectionObserver((entries) => {
  if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
  sight.disconnect();
  void import("../elements/code-snippets/define");
}, { rootMargin: "200px" });

for (const element of document.querySelectorAll("statuslab-code-snippets")) sight.observe(element);
