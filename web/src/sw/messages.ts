/** A page says which build it belongs to. */
export interface FromPage {
  readonly kind: "page-is";
  readonly build: string;
}

export function isFromPage(message: unknown): message is FromPage {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page-is" && "build" in message;
}
