/* Links as version 1 of the page wrote them. They are never made anew: whoever has one can still open it. */
import type { Linkable } from "./link";

export const LINKS_V1: readonly (Linkable & { readonly name: string; readonly fragment: string })[] = [
  {
    name: "a response over https",
    fragment: "1ZrNjSsFpDQWmVgPr3pxUYNmsZFVSVJpaCwA",
    exchange: { request: "", response: "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 16\r\n\r\n{\"deleted\":true}", scheme: "https" },
    selected: null,
  },
  {
    name: "both sides over http, third finding selected",
    fragment: "1H-Vj1AQ7MC0VWPKhOxLJRSClTBZ4SjhoPV1mrgRSmpevAGqDgIowYNGYyszIyMLIBAA",
    exchange: { request: "GET /feed HTTP/1.1\r\nHost: www.example\r\n\r\n", response: "HTTP/1.1 304 Not Modified\r\nETag: \"v7\"\r\n\r\nno content here", scheme: "http" },
    selected: 2,
  },
  {
    name: "raw bytes, NUL, tab, and a character beyond the BMP",
    fragment: "1BTFjkkUzjSvCivM_w4f5kxpA0gA",
    exchange: { request: "", response: "HTTP/1.1 200 OK\nX:\t\udcff\u0000\ud83d\udc80\r\n\r\n", scheme: "https" },
    selected: null,
  },
  {
    name: "a request alone",
    fragment: "1X8JjlIelHi1MR4IUsDAyAAA",
    exchange: { request: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", response: "", scheme: "https" },
    selected: 0,
  },
  {
    name: "nothing",
    fragment: "1AAADAA",
    exchange: { request: "", response: "", scheme: "https" },
    selected: null,
  },
];
