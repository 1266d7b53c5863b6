import type { APIRoute } from "astro";
import { rulesAbout } from "../../data/rules";
import { codePages, type CodePage } from "../../data/status";

export const getStaticPaths = () => codePages.map((page) => ({ params: { code: page.code }, props: { page } }));

/** The facts of the page in both languages. */
export const GET: APIRoute<{ page: CodePage }> = ({ props: { page } }) =>
  new Response(
    JSON.stringify(
      {
        code: page.code,
        class: page.class,
        meanings: [...(page.primary ? [page.primary] : []), ...page.others],
        finer: page.finer,
        rules: rulesAbout(page.code).map((rule) => rule.id),
      },
      null,
      1,
    ),
    { headers: { "Content-Type": "application/json" } },
  );
