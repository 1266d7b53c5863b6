import type { Language } from "./words.js";

export const usage: Record<Language, string> = {
  en: `statuslab finds what is wrong in HTTP messages and knows every status code.

statuslab lint [PATH...|-]    judge messages: raw HTTP/1.x, what curl -i or curl -v printed,
                              HAR files, JSON lines (*.jsonl), folders of *.http, *.txt and these
    --request FILE            the request that FILE answers; without FILE it is judged alone
    --scheme http|https       the scheme of the target URI
    --format text|json|sarif|github|markdown
                              text is for people (default), github annotates files in GitHub Actions
    --fail-on error|warning   the least severity that makes the exit code 1 (default: error)
    --now 2026-11-25T12:00:00Z  the time to judge dates by; without it they are not judged by any
    --explain                 positive notes too
    --config FILE             in place of the nearest statuslab.json, from here upward:
                              {"rules":{"etag-syntax":"off","framing/*":"warning"}}
    --rule ID=LEVEL           off, on, error, warning, info or hint; goes before the file
statuslab lint --jsonl        judge a stream: one JSON exchange a line in, one answer a line out
    {"id":…,"scheme":"https","request":{"text":"…"},"response":{"base64":"…"}}
    exits with 0 whatever is found, unless --fail-on is given
statuslab fix [FILE|-]        the message with everything repaired that is safe to repair
    --unsafe                  also what wants a look
    --write PATH...           change the files
    and the options of lint, but for --format
statuslab simulate [FILE|-]   play a scenario (JSON): who sends what to whom, and why
    --format text|json|har|svg|markdown|curl
    --explain                 every question that a party asked itself
statuslab status CODE         what a status code means
    --format text|json
statuslab snippet --framework NAME --status CODE
                              server code that sends the code, to standard output
    --framework express|express-4|django|drf|fastapi|spring|spring-3.5|go
    --kind KIND               none, text, json, problem, html, bytes, stream, events, redirect,
                              created, conditional, ranges, preflight, challenge, retry, interim,
                              upgrade, head, method or negotiation
                              (default: json where the code has content)
    --complete                a project that runs, not the handler alone
    --out DIR                 its files into DIR, and the commands that start it to standard output
statuslab snippet --framework NAME [--request FILE] FILE
                              the same for the response in FILE
    exits with 1 where the framework cannot send it; standard error says why
statuslab help | version

everywhere:
    --lang en|zh-CN           language of messages (default: en)
    --color auto|always|never auto: in a terminal, unless NO_COLOR is set

- stands for standard input, and so does no FILE without --request.
exit codes: 0 nothing found, 1 findings, 2 the command line or a file cannot be used
`,
  "zh-CN": `statuslab 检查 HTTP 报文中的问题，并说明每个状态码的含义。

statuslab lint [PATH...|-]    检查报文：原始 HTTP/1.x、curl -i 或 curl -v 的输出、HAR 文件、
                              JSON 行（*.jsonl、*.ndjson），以及含有这些文件和 *.http、*.txt 的目录
    --request FILE            FILE 所响应的请求；不给 FILE 时只检查请求
    --scheme http|https       目标 URI 的协议
    --format text|json|sarif|github|markdown
                              text 供人阅读（默认），github 用于 GitHub Actions 的标注
    --fail-on error|warning   从哪个级别起退出码为 1（默认 error）
    --now 2026-11-25T12:00:00Z  以此时间为准检查日期；不给则不检查
    --explain                 同时说明做得好的地方
    --config FILE             代替从当前目录向上找到的 statuslab.json：
                              {"rules":{"etag-syntax":"off","framing/*":"warning"}}
    --rule ID=LEVEL           off、on、error、warning、info 或 hint；优先于文件；可重复
statuslab lint --jsonl        检查数据流：每行输入一个 JSON 报文对，每行输出一个结果
    {"id":…,"scheme":"https","request":{"text":"…"},"response":{"base64":"…"}}
    不论发现什么都以 0 退出，除非给出 --fail-on
statuslab fix [FILE|-]        修复所有可安全修复之处后的报文
    --unsafe                  也修复需要核对之处
    --write PATH...           直接修改文件
    除 --format 外，选项与 lint 相同
statuslab simulate [FILE|-]   演示一个场景（JSON）：谁向谁发送什么，为什么
    --format text|json|har|svg|markdown|curl
    --explain                 显示各方考虑过的每个问题
statuslab status CODE         状态码的含义
    --format text|json
statuslab snippet --framework NAME --status CODE
                              输出能发送该状态码的服务器代码
    --framework express|express-4|django|drf|fastapi|spring|spring-3.5|go
    --kind KIND               none、text、json、problem、html、bytes、stream、events、redirect、created、
                              conditional、ranges、preflight、challenge、retry、interim、upgrade、head、
                              method 或 negotiation（默认：能带内容时为 json）
    --complete                输出可运行的完整项目，而不只是处理函数
    --out DIR                 把文件写入 DIR，标准输出给出启动命令
statuslab snippet --framework NAME [--request FILE] FILE
                              同上，针对 FILE 中的响应
    框架无法发送时退出码为 1，原因见标准错误
statuslab help | version

通用选项：
    --lang en|zh-CN           消息的语言（默认 en）
    --color auto|always|never auto：在终端中使用颜色，设置了 NO_COLOR 时除外

- 表示标准输入；既没有 FILE 也没有 --request 时同样读取标准输入。
退出码：0 没有发现问题，1 有问题，2 命令行或文件无法使用
`,
};
