import type { Actor, Requirement, TraceErrorId, TraceNote, TraceNoteId } from "./trace-types.js";
import type { Language } from "./words.js";

/** The words around a trace. What decisions say comes from `DecisionCatalog`, what status codes are from `Catalog`. */
export interface TraceWords {
  language: Language;
  actors: Record<Actor, string>;
  requirements: Record<Requirement, string>;
  notes: Record<TraceNoteId, (note: Pick<TraceNote, "amount" | "subject">) => string>;
  errors: Record<Exclude<TraceErrorId, "">, string>;
  yes: string;
  no: string;
  /** Between who speaks and what is said. */
  colon: string;
  step(number: number): string;
  ends(status: string): string;
  fails(error: string): string;
  alternatives: string;
  absent: string;
  stored(key: string, lifetime: string, age: string): string;
  updated(key: string, lifetime: string, age: string): string;
  invalidated(key: string): string;
  removed(key: string): string;
  kept: Record<"cookie" | "connection" | "preflight" | "credentials" | "resource", string>;
  picture(actors: string): string;
  mistakes(count: number): string;
  mistake(pointer: string, value: string, expected: string): string;
  headings: Record<"messages" | "why" | "time" | "what", string>;
}

const english: TraceWords = {
  language: "en",
  actors: { client: "client", "private-cache": "private cache", cdn: "shared cache", proxy: "proxy", origin: "origin", network: "network" },
  requirements: { must: "required", should: "recommended", may: "allowed", open: "left open" },
  notes: {
    wait: ({ amount }) => `waits ${duration(amount, "en")}`,
    timeout: ({ amount }) => `gives up after ${duration(amount, "en")}`,
    truncated: ({ amount }) => `the connection breaks after ${amount} bytes of content`,
    "excess-bytes": ({ amount }) => `${amount} bytes follow that belong to no message`,
    "script-ended": ({ amount }) => `all ${amount} given responses are used up; the last one is given again`,
    "resource-changed": ({ subject }) => `somebody else changes ${subject}`,
    "origin-changed": () => "the state of the origin changes",
    "network-changed": () => "the state of the network changes",
    "too-many-events": ({ amount }) => `stopped after ${amount} events`,
  },
  errors: {
    network: "no response on the connection",
    "bad-message": "what came is no HTTP",
    "bad-redirect": "the redirect leads nowhere",
    "redirect-limit": "too many redirects",
    cors: "CORS does not let the page see it",
    content: "the content is not whole",
    timeout: "it waits for bytes that do not come",
    prompt: "it asks a person for a password",
    "too-many-retries": "too many retries",
    resume: "the bytes do not continue those that are there",
  },
  yes: "yes",
  no: "no",
  colon: ": ",
  step: (number) => `Step ${number}`,
  ends: (status) => `the client ends with ${status}`,
  fails: (error) => `the client ends with an error: ${error}`,
  alternatives: "also allowed",
  absent: "absent",
  stored: (key, lifetime, age) => `stored: ${key}, fresh for ${lifetime}, age ${age}`,
  updated: (key, lifetime, age) => `updated: ${key}, fresh for ${lifetime}, age ${age}`,
  invalidated: (key) => `invalidated: ${key}`,
  removed: (key) => `removed: ${key}`,
  kept: { cookie: "cookie", connection: "connection", preflight: "preflight result", credentials: "credentials", resource: "resource" },
  picture: (actors) => `Messages between ${actors}`,
  mistakes: (count) => (count === 1 ? "the scenario has a mistake" : `the scenario has ${count} mistakes`),
  mistake: (pointer, value, expected) => `${pointer || "the whole"}${value === "" ? "" : ` is ${value}`}; expected: ${expected}`,
  headings: { messages: "Messages", why: "Why", time: "Time", what: "What" },
};

const chinese: TraceWords = {
  language: "zh-CN",
  actors: { client: "客户端", "private-cache": "私有缓存", cdn: "共享缓存", proxy: "代理", origin: "源服务器", network: "网络" },
  requirements: { must: "必须", should: "建议", may: "允许", open: "规范未定" },
  notes: {
    wait: ({ amount }) => `等待 ${duration(amount, "zh-CN")}`,
    timeout: ({ amount }) => `${duration(amount, "zh-CN")}后放弃`,
    truncated: ({ amount }) => `内容传到 ${amount} 字节时连接中断`,
    "excess-bytes": ({ amount }) => `之后还有 ${amount} 字节，不属于任何报文`,
    "script-ended": ({ amount }) => `给定的 ${amount} 个响应已用完，重复最后一个`,
    "resource-changed": ({ subject }) => `其他人修改了 ${subject}`,
    "origin-changed": () => "源服务器的状态改变",
    "network-changed": () => "网络的状态改变",
    "too-many-events": ({ amount }) => `到 ${amount} 个事件为止`,
  },
  errors: {
    network: "连接上没有收到响应",
    "bad-message": "收到的不是 HTTP",
    "bad-redirect": "重定向没有可去之处",
    "redirect-limit": "重定向次数过多",
    cors: "CORS 不允许页面读取",
    content: "内容不完整",
    timeout: "等待的字节没有到来",
    prompt: "等待用户输入密码",
    "too-many-retries": "重试次数过多",
    resume: "收到的字节接不上已有的部分",
  },
  yes: "是",
  no: "否",
  colon: "：",
  step: (number) => `第 ${number} 步`,
  ends: (status) => `客户端最终得到 ${status}`,
  fails: (error) => `客户端以错误告终：${error}`,
  alternatives: "也允许",
  absent: "无",
  stored: (key, lifetime, age) => `存储：${key}，有效期 ${lifetime}，已存 ${age}`,
  updated: (key, lifetime, age) => `更新：${key}，有效期 ${lifetime}，已存 ${age}`,
  invalidated: (key) => `作废：${key}`,
  removed: (key) => `移除：${key}`,
  kept: { cookie: "Cookie", connection: "连接", preflight: "预检结果", credentials: "凭据", resource: "资源" },
  picture: (actors) => `${actors}之间的报文`,
  mistakes: (count) => `场景有 ${count} 处错误`,
  mistake: (pointer, value, expected) => `${pointer || "整体"}${value === "" ? "" : ` 为 ${value}`}；应为：${expected}`,
  headings: { messages: "报文", why: "原因", time: "时间", what: "事件" },
};

export const traceWords: Record<Language, TraceWords> = { en: english, "zh-CN": chinese };

/** `5 ms`, `1.25 s`, `2 min`. */
export function duration(milliseconds: number, language: Language): string {
  const [ms, s, min] = language === "en" ? [" ms", " s", " min"] : [" 毫秒", " 秒", " 分钟"];
  if (Math.abs(milliseconds) < 1000) return `${milliseconds}${ms}`;
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000}${min}`;
  return `${Number((milliseconds / 1000).toFixed(3))}${s}`;
}
