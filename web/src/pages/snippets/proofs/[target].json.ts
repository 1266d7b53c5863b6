import proofs from "generated/proofs.json";
import type { APIRoute } from "astro";

/** What one framework put on the wire, cell by cell; asked for when its snippets are shown. */
export const getStaticPaths = () => Object.entries(proofs).map(([target, cells]) => ({ params: { target }, props: { cells } }));

export const GET: APIRoute = ({ props }) => Response.json(props["cells"]);
