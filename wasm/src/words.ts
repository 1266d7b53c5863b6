import type { ContentRule, Severity, StatusKind } from "./types.js";

/** The command line's own words. What rules and codes say comes from the catalogues. */
export interface Words {
  fix: string;
  fixToCheck: string;
  moreLines(count: number): string;
  clean(checks: number, exchanges: number): string;
  summary(counts: Readonly<Record<Severity, number>>, checks: number, exchanges: number): string;
  fixed(count: number): string;
  status: {
    meanings(code: string, count: number): string;
    unused(code: string): string;
    treatedAs(code: string, as: string): string;
    kind: Record<StatusKind, string>;
    class: Record<string, string>;
    content: Record<ContentRule, string>;
    labels: Record<"kind" | "vendor" | "reference" | "content" | "heuristic" | "required" | "customary", string>;
    heuristic: Record<"yes" | "no", string>;
    logOnly: string;
    noFields: string;
  };
}

const severities: Severity[] = ["error", "warning", "info", "hint", "fine"];

function counted(counts: Readonly<Record<Severity, number>>, name: (severity: Severity, count: number) => string, comma: string): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => name(severity, counts[severity]))
    .join(comma);
}

const ofExchanges = (count: number): string => (count === 1 ? "" : ` of ${count} exchanges`);
const ofAll = (count: number): string => (count === 1 ? "" : `${count} 组报文，`);

const english: Words = {
  fix: "fix: ",
  fixToCheck: "fix, have a look: ",
  moreLines: (count) => (count === 1 ? "1 more line" : `${count} more lines`),
  clean: (checks, exchanges) => `nothing found in ${checks} checks${ofExchanges(exchanges)}`,
  fixed: (count) => (count === 0 ? "nothing was to be fixed" : `${count} fix${count === 1 ? "" : "es"} made`),
  summary(counts, checks, exchanges) {
    const nouns = { error: "error", warning: "warning", info: "note", hint: "hint", fine: "positive note" };
    return `${counted(counts, (severity, count) => `${count} ${nouns[severity]}${count === 1 ? "" : "s"}`, ", ")} in ${checks} checks${ofExchanges(exchanges)}`;
  },
  status: {
    meanings: (code, count) => `${code} has ${count} meanings`,
    unused: (code) => `${code} is not registered, and nobody is known to use it`,
    treatedAs: (code, as) => `A client that does not know ${code} treats it as ${as} (RFC 9110 section 15).`,
    kind: {
      registered: "registered with IANA",
      reserved: "reserved by IANA",
      temporary: "registered with IANA for a limited time",
      draft: "proposed in a draft",
      unofficial: "unofficial",
      invalid: "outside of 100 to 599",
    },
    class: {
      "1": "1xx informational",
      "2": "2xx successful",
      "3": "3xx redirection",
      "4": "4xx client error",
      "5": "5xx server error",
    },
    content: {
      forbidden: "forbidden: the message ends with its header section",
      empty: "of length zero, which the message has to say",
      allowed: "allowed",
      expected: "expected",
      none: "never sent",
    },
    labels: {
      kind: "status",
      vendor: "used by",
      reference: "defined in",
      content: "content",
      heuristic: "heuristically cacheable",
      required: "required fields",
      customary: "customary fields",
    },
    heuristic: { yes: "yes", no: "no" },
    logOnly: "stands in logs only",
    noFields: "none",
  },
};

const chinese: Words = {
  fix: "修复：",
  fixToCheck: "修复（请先核对）：",
  moreLines: (count) => `另有 ${count} 行`,
  clean: (checks, exchanges) => `${ofAll(exchanges)}共检查 ${checks} 项，没有发现问题`,
  fixed: (count) => (count === 0 ? "没有可修复的问题" : `已修复 ${count} 处`),
  summary(counts, checks, exchanges) {
    const nouns = { error: "个错误", warning: "个警告", info: "条说明", hint: "条提示", fine: "处良好" };
    return `${ofAll(exchanges)}共检查 ${checks} 项：${counted(counts, (severity, count) => `${count} ${nouns[severity]}`, "，")}`;
  },
  status: {
    meanings: (code, count) => `${code} 有 ${count} 种含义`,
    unused: (code) => `${code} 没有注册，也没有已知的使用者`,
    treatedAs: (code, as) => `不认识 ${code} 的客户端把它当作 ${as} 处理（RFC 9110 section 15）。`,
    kind: {
      registered: "已在 IANA 注册",
      reserved: "由 IANA 保留",
      temporary: "在 IANA 临时注册",
      draft: "草案中的提议",
      unofficial: "非官方",
      invalid: "超出 100 到 599 的范围",
    },
    class: {
      "1": "1xx 信息",
      "2": "2xx 成功",
      "3": "3xx 重定向",
      "4": "4xx 客户端错误",
      "5": "5xx 服务器错误",
    },
    content: {
      forbidden: "不允许：报文在首部之后结束",
      empty: "长度为零，并且要在报文中写明",
      allowed: "可以有",
      expected: "通常有",
      none: "从不发送",
    },
    labels: {
      kind: "状态",
      vendor: "使用者",
      reference: "定义于",
      content: "内容",
      heuristic: "可启发式缓存",
      required: "必需的字段",
      customary: "常见的字段",
    },
    heuristic: { yes: "是", no: "否" },
    logOnly: "只出现在日志中",
    noFields: "无",
  },
};

export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];

export const words: Record<Language, Words> = { en: english, "zh-CN": chinese };
