/*
 * Every link within the site leads somewhere, to its very anchor. Nothing is asked of any other host.
 */
import assert from "node:assert/strict";
import { LinkChecker } from "linkinator";
import { test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { files, root } from "./pages.mjs";

/** Opens the workbench with an exchange, or an example: there is no element of that name. */
const FOR_THE_WORKBENCH = /^(?:1[\w-]+|(?:example|scenario)=[\w-]+)$/;

test("no link within the site is broken", async () => {
  const server = await serve(root, 0);
  const origin = `http://127.0.0.1:${server.address().port}/`;
  try {
    const { links } = await new LinkChecker().check({
      // From every page, also those that nothing leads to.
      path: files.filter((file) => file !== "404.html").map((file) => origin + file.replace(/(^|\/)index\.html$/, "$1")),
      checkCss: true,
      checkFragments: true,
      fragmentsToSkip: async (fragment, url) => FOR_THE_WORKBENCH.test(fragment) && /^\/(?:zh-cn\/)?(?:(?:simulate|snippets)\/)?$/.test(new URL(url).pathname),
      linksToSkip: async (link) => !link.startsWith(origin),
      // A link that is sent elsewhere is an old one.
      redirects: "error",
      concurrency: 16,
      timeout: 60_000,
    });
    const broken = Map.groupBy(links.filter(({ state }) => state === "BROKEN"), ({ url, status }) => `${url} (${status})`);
    const faults = Array.from(broken, ([link, places]) => `${link} in ${places[0].parent} and ${places.length - 1} more`.replaceAll(origin, "/"));
    assert.deepEqual(faults, []);
  } finally {
    server.close();
  }
});
