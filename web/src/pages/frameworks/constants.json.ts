import type { APIRoute } from "astro";
import { constants } from "../../data/frameworks";

export const GET: APIRoute = () => Response.json(constants);
