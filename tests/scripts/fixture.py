"""A small project in a temporary folder, to run the generator on."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import generate  # noqa: E402

FILES = {
    "core/include/statuslab/version.h": 'inline constexpr std::string_view version = "1.2.3";\n',
    "core/data/status_codes.tsv": """\
key	code	phrase	kind	vendor	class	reference	body	heuristic	required	customary	log_only
419-laravel	419	Page Expired	unofficial	Laravel	4	-	allowed	n	-	-	n
204	204	No Content	registered	-	2	RFC 9110 section 8.6	forbidden	y	-	ETag,Location	n
400.1-iis	400.1	Bad Destination	unofficial	IIS	4	-	allowed	n	-	-	y
""",
    "core/data/status_texts.tsv": """\
key	title_zh	summary_en	summary_zh	detail_en	detail_zh
204	无内容	Done, with nothing to say.	已完成，无内容。	-	-
""",
    "core/data/fields.tsv": """\
name	direction	section	shape	status	hop	reference
Content-Length	both	header	singleton	permanent	n	RFC 9110 section 8.6
If	request	header	other	permanent	n	-
TE	request	header	list	permanent	y	-
""",
    "core/data/field_grammars.tsv": """\
field	grammar
TE	1#token
""",
    "core/data/field_keywords.tsv": """\
field	words
TE	trailers
""",
    "core/data/decisions/origin.tsv": """\
id	requirement	cite	question_en	question_zh	yes_en	yes_zh	no_en	no_zh
too-long	must	RFC 9110 section 8.6	Is it too long?	太长？	413	413	goes on	继续
""",
    "core/data/frameworks.tsv": """\
id	framework	version	language	server	server_version	runtime	runtime_version	verified
go	net/http	1.27.3	go	net/http	1.27.3	Go	1.27.3	2026-11-25
""",
    "core/data/framework_constants.tsv": """\
framework	library	version	code	name	deprecated	since
go	Go	1.27.3	204	StatusNoContent	n	1.0
go	Go	1.27.3	305	StatusUseProxy	y	-
""",
    "core/data/snippet_targets.tsv": """\
id	framework	name	version	language	runtime	server	packages	verified
go	go	net/http	1.27.3	go	Go 1.27.3	net/http 1.27.3	-	n
""",
    "core/data/snippet_notes.tsv": """\
id	en	zh
log-only	{0} stands in logs only.	{0} 只出现在日志里。
""",
    "core/data/server_limits.tsv": """\
where	field	reference	en	zh
net/http	204	-	It sends no upgrade.	它不发送升级。
""",
    "core/data/framework_cases.tsv": """\
case	code	reference	en	zh
204-text	204	RFC 9110 section 8.6	204 with a text	204 带文本
""",
    "core/data/framework_behaviour.tsv": """\
framework	case	code	request	wire	outcome
go	204-text	f("\\\\r☃")\\n	GET /204-text HTTP/1.1\\r\\n\\r\\n	HTTP/1.1 204 No Content\\r\\nX: \\xe9\\r\\n\\r\\n	kept
""",
    "core/data/snippet_proofs.tsv": """\
target	server	code	case	state	reason	request	wire
*	*	204	json	not-applicable	log-only "204"	-	-
go	net/http	204	none	proven	-	GET / HTTP/1.1\\r\\n\\r\\n	HTTP/1.1 204 No Content\\r\\n\\r\\n
go	net/http	204	text	proven	-	-	-
go	net/http	204	upgrade	cannot	server-limit "net/http" "204"	-	-
""",
    "core/data/client_behaviours.tsv": """\
id	values	cite	by-the-book	label_en	label_zh
""",
    "core/data/client_profiles.tsv": """\
behaviour	curl	curl-x	undici6-fetch	undici7-fetch	undici7-request	undici7-retry	axios	py-requests	py-urllib	wget	chromium	firefox
""",
    "core/data/methods.tsv": """\
name	safe	idempotent	cacheable	content	reference
GET	y	y	y	n	RFC 9110 section 8
POST	n	n	n	defined	-
""",
    "core/data/client_behaviours.tsv": """\
id	values	cite	by-the-book	label_en	label_zh
redirect-limit	number	RFC 9110 section 8	20	Redirects in a row	连续重定向的上限
""",
    "core/data/client_profiles.tsv": """\
behaviour	curl
name	curl
version	1.0
measured	2026-01-01
redirect-limit	50
""",
    "core/data/rfc_sections.tsv": """\
document	section	title
RFC 9110	8	Representation Data
RFC 9110	8.6	Content-Length
RFC 9110	A	Collected ABNF
""",
    "core/data/documents.tsv": """\
document	title	url_pattern
RFC 9110	HTTP Semantics	https://www.rfc-editor.org/rfc/rfc9110#section-{section}
""",
    "core/rules/framing/README.md": "# Framing\n",
    "core/src/lint/framing.cpp": "",
    "core/rules/framing/length-in-204.md": """\
---
severity: error
on: status 204, 1xx
cite: RFC 9110 section 8.6
quote: "A server MUST NOT send it: never."
message: 204 carries Content-Length ({value})
fix: Remove Content-Length
fix-to-check: Send 200
---
Some `clients` wait for *bytes* that [never](https://example.com) come.

More.

## Bad
```http
HTTP/1.1 204 No Content
Content-Length: 5
^^^^^^^^^^^^^^^^^
```
## Good
```http
HTTP/1.1 204 No Content
```
## Fixed
```http
HTTP/1.1 204 No Content
```
""",
    "core/rules/framing/length-in-204.zh-CN.md": """\
---
message: 204 带有 Content-Length（{value}）
fix: 删除 Content-Length
fix-to-check: 改用 200
---
有些客户端会等待永远不会到来的字节。
""",
}


class Fixture(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "project"
        self.out = Path(folder.name) / "out"
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def run_generator(self, *more: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = generate.main(["--root", str(self.root), "--out", str(self.out), *more])
        return status, out.getvalue(), err.getvalue()

    def output(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")
