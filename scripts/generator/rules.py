"""Rule files: core/rules/<family>/<id>.md and <id>.zh-CN.md."""

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from .citations import Citations, Unresolved
from .errors import Errors
from .examples import Case, Mistake, parse_cases

SEVERITIES = ("error", "warning", "info", "hint", "fine")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FAMILY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
FIX_KEYS = ("fix", "fix-to-check")
KEYS = ("severity", "on", "cite", "quote", "message", *FIX_KEYS)
TRANSLATED_KEYS = ("message", *FIX_KEYS)
SECTIONS = ("Bad", "Good", "Fixed", "Fine", "Silent")
# A positive note has no bad messages: some bring it, others do not.
NAMES_OF_FINE = {"Bad": "Fine", "Good": "Silent"}
CONTENT_KINDS = ("any", "json", "xml", "html", "form", "multipart", "event-stream", "ndjson")
SIDED_FIELDS = {"field": "both", "request-field": "request", "response-field": "response"}
SIDED_MESSAGES = {"message": "both", "request": "request", "response": "response"}
UNSIDED = {"exchange": "exchange", "exchanges": "exchanges", "structured-field": "structured"}
TRANSLATION_SUFFIX = ".zh-CN.md"


@dataclass(frozen=True)
class Fix:
    label: str
    safe: bool


@dataclass(frozen=True)
class Text:
    """What a person reads of a rule, in one language."""

    message: str
    fixes: tuple[Fix, ...]
    prose: str

    @property
    def summary(self) -> str:
        """The first paragraph without markup."""
        paragraph = " ".join(self.prose.split("\n\n")[0].split())
        paragraph = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", paragraph)
        parts = re.split(r"(`[^`]*`)", paragraph)
        return "".join(part[1:-1] if part.startswith("`") else re.sub(r"\*+([^*]+)\*+", r"\1", part) for part in parts)


@dataclass(frozen=True)
class Trigger:
    """What makes a rule run: `kind` is problem, field, status, method, message, content, structured, exchange or exchanges."""

    kind: str
    side: str = "both"
    keys: tuple[str, ...] = ()


@dataclass
class Rule:
    id: str
    family: str
    path: Path
    severity: str
    on: str
    trigger: Trigger
    cite: str
    cite_url: str
    quote: str
    text: Text
    translation: Text | None = None
    bad: list[Case] = field(default_factory=list)
    good: list[Case] = field(default_factory=list)
    fixed: Case | None = None
    number: int = 0

    @property
    def function(self) -> str:
        return "check_" + self.id.replace("-", "_")


@dataclass
class Family:
    id: str
    title: str
    title_zh: str | None


@dataclass
class Document:
    """A Markdown file in parts: front matter, prose, sections; every value with its line."""

    path: Path
    values: dict[str, tuple[int, str]] = field(default_factory=dict)
    fixes: list[tuple[int, str, str]] = field(default_factory=list)
    prose: str = ""
    prose_line: int = 1
    sections: dict[str, tuple[int, list[tuple[int, str]]]] = field(default_factory=dict)


def scalar(text: str) -> str:
    """A YAML scalar on one line; raises ValueError where YAML would read something else."""
    text = text.strip()
    if not text:
        raise ValueError("the value is empty")
    if text[0] == '"':
        if not re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', text):
            raise ValueError('the value starts with " but does not end there, or has an escape other than \\" and \\\\')
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if text[0] == "'":
        if not re.fullmatch(r"'(?:[^']|'')*'", text):
            raise ValueError("the value starts with ' but does not end there")
        return text[1:-1].replace("''", "'")
    if text[0] in "[]{},&*!|>%@`#" or re.match(r"[-?:](\s|$)", text) or ": " in text or " #" in text or text.endswith(":"):
        raise ValueError("YAML reads this value differently; put it into double quotes")
    return text


def read_document(path: Path, keys: tuple[str, ...], errors: Errors) -> Document | None:
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        errors.add(path, 1, "the file starts with front matter between two lines of ---")
        return None
    end = lines.index("---", 1)
    document = Document(path)
    for number, line in enumerate(lines[1:end], start=2):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in keys:
            errors.add(path, number, f"'{key}' is not a key; the keys are: {' '.join(keys)}")
            continue
        try:
            parsed = scalar(value)
        except ValueError as problem:
            errors.add(path, number, f"{key}: {problem}")
            continue
        if key in FIX_KEYS:
            document.fixes.append((number, key, parsed))
        elif key in document.values:
            errors.add(path, number, f"'{key}' is already on line {document.values[key][0]}")
        else:
            document.values[key] = (number, parsed)
    _split_body(document, lines, end + 1, errors)
    return document


def _split_body(document: Document, lines: list[str], begin: int, errors: Errors) -> None:
    prose: list[str] = []
    current: list[tuple[int, str]] | None = None
    ticks = ""
    for number, line in enumerate(lines[begin:], start=begin + 1):
        fence = re.match(r"`{3,}", line)
        if fence:
            ticks = fence[0] if not ticks else "" if line.rstrip() == ticks else ticks
        if line.startswith("## ") and not ticks:
            name = line[3:].strip()
            if name not in SECTIONS or name in document.sections:
                errors.add(document.path, number, f"'## {name}'; the sections are one each of: {' '.join(SECTIONS)}")
            current = []
            document.sections[name] = (number, current)
        elif current is None:
            prose.append(line)
        else:
            current.append((number, line))
    document.prose = re.sub(r"<!--.*?-->", "", "\n".join(prose), flags=re.DOTALL).strip()
    document.prose_line = begin + 1
    if not document.prose:
        errors.add(document.path, document.prose_line, "the prose is missing")


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


class RuleReader:
    """Reads core/rules. Needs to know which fields and methods and citations there are."""

    def __init__(
        self, root: Path, fields: list[str], methods: list[str], problem_kinds: list[str], citations: Citations, errors: Errors
    ):
        self._root = root
        self._folder = root / "core" / "rules"
        self._fields = {name.lower(): name for name in fields}
        self._methods = set(methods)
        self._problem_kinds = problem_kinds
        self._citations = citations
        self._errors = errors
        self.inputs: list[Path] = []

    def read(self) -> tuple[list[Family], list[Rule]]:
        families: list[Family] = []
        rules: list[Rule] = []
        if not self._folder.is_dir():
            return families, rules
        retired = self._retired()
        self.inputs.append(self._folder)
        for folder in sorted(item for item in self._folder.iterdir() if item.is_dir() and any(item.iterdir())):
            self.inputs.append(folder)
            families.append(self._family(folder))
            rules += self._rules_of(folder)
        by_id: dict[str, Rule] = {}
        for rule in sorted(rules, key=lambda rule: rule.id):
            if rule.id in retired:
                self._errors.add(rule.path, 1, f"the id '{rule.id}' was retired ({retired[rule.id]}); ids do not come back")
            if rule.id in by_id:
                self._errors.add(rule.path, 1, f"the id '{rule.id}' is also in family '{by_id[rule.id].family}'")
            rule.number = len(by_id)
            by_id[rule.id] = rule
        return families, list(by_id.values())

    def _retired(self) -> dict[str, str]:
        path = self._folder / "RETIRED.txt"
        if not path.is_file():
            return {}
        self.inputs.append(path)
        lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        return {line.split()[0]: f"RETIRED.txt:{number}" for number, line in lines if line.strip() and not line.startswith("#")}

    def _family(self, folder: Path) -> Family:
        source = self._root / "core" / "src" / "lint" / (folder.name.replace("-", "_") + ".cpp")
        if not FAMILY.fullmatch(folder.name):
            self._errors.add(folder, 1, "a family is named like start-line: a-z, 0-9 and single hyphens")
        if not source.is_file():
            self._errors.add(folder, 1, f"this family has no {source.relative_to(self._root)}")
        title = self._title(folder / "README.md")
        if title is None:
            self._errors.add(folder / "README.md", 1, "a family needs a README.md whose first heading is its title")
        return Family(folder.name, title or folder.name, self._title(folder / "README.zh-CN.md"))

    def _title(self, path: Path) -> str | None:
        if not path.is_file():
            return None
        self.inputs.append(path)
        heading = re.search(r"^# +(.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        return heading[1] if heading else None

    def _rules_of(self, folder: Path) -> list[Rule]:
        rules: dict[str, Rule] = {}
        translations: list[Path] = []
        for path in sorted(folder.iterdir()):
            if path.name.startswith("README.") or path.name.startswith("."):
                continue
            self.inputs.append(path)
            if path.name.endswith(TRANSLATION_SUFFIX):
                translations.append(path)
            elif path.suffix != ".md" or not SLUG.fullmatch(path.stem):
                self._errors.add(path, 1, "a rule file is named like content-length-in-204.md")
            elif rule := self._rule(path):
                rules[rule.id] = rule
        for path in translations:
            id = path.name.removesuffix(TRANSLATION_SUFFIX)
            if id in rules:
                rules[id].translation = self._translation(path, rules[id])
            elif not (folder / f"{id}.md").is_file():
                self._errors.add(path, 1, f"there is no {id}.md to translate")
        return list(rules.values())

    def _rule(self, path: Path) -> Rule | None:
        document = read_document(path, KEYS, self._errors)
        if document is None:
            return None
        missing = [key for key in KEYS if key not in FIX_KEYS and key not in document.values]
        if missing:
            self._errors.add(path, 1, f"missing in the front matter: {' '.join(missing)}")
            return None
        line, severity = document.values["severity"]
        if severity not in SEVERITIES:
            self._errors.add(path, line, f"severity is '{severity}'; it is one of: {' '.join(SEVERITIES)}")
        rule = Rule(
            id=path.stem,
            family=path.parent.name,
            path=path,
            severity=severity,
            on=document.values["on"][1],
            trigger=self._trigger(document),
            cite=document.values["cite"][1],
            cite_url=self._cite_url(document),
            quote=" ".join(document.values["quote"][1].split()),
            text=_text_of(document),
        )
        self._examples(rule, document)
        return rule

    def _translation(self, path: Path, rule: Rule) -> Text | None:
        document = read_document(path, TRANSLATED_KEYS, self._errors)
        if document is None:
            return None
        if "message" not in document.values:
            self._errors.add(path, 1, "missing in the front matter: message")
            return None
        for name, (line, _) in document.sections.items():
            self._errors.add(path, line, f"'## {name}': a translation has no examples")
        text = _text_of(document)
        line = document.values["message"][0]
        self._same_placeholders(path, line, "message", rule.text.message, text.message)
        if len(text.fixes) != len(rule.text.fixes):
            self._errors.add(path, line, f"{len(text.fixes)} fix line(s), but {rule.path.name} has {len(rule.text.fixes)}")
            return None
        for (line, key, label), fix in zip(document.fixes, rule.text.fixes):
            if (key == "fix") != fix.safe:
                self._errors.add(path, line, f"this is '{key}', but in {rule.path.name} it is the other kind")
            self._same_placeholders(path, line, key, fix.label, label)
        return text

    def _same_placeholders(self, path: Path, line: int, key: str, english: str, other: str) -> None:
        if placeholders(english) != placeholders(other):
            wanted = " ".join(f"{{{name}}}" for name in sorted(placeholders(english))) or "none"
            self._errors.add(path, line, f"{key}: the placeholders differ from the English ones ({wanted})")

    def _cite_url(self, document: Document) -> str:
        line, cite = document.values["cite"]
        try:
            return self._citations.url(cite)
        except Unresolved as problem:
            self._errors.add(document.path, line, f"cite: {problem}")
            return ""

    def _trigger(self, document: Document) -> Trigger:
        line, on = document.values["on"]
        word, _, rest = on.partition(" ")
        keys = tuple(key.strip() for key in rest.split(",") if key.strip())
        try:
            return self._parse_trigger(word, keys)
        except ValueError as problem:
            self._errors.add(document.path, line, f"on: {problem}")
            return Trigger("message")

    def _parse_trigger(self, word: str, keys: tuple[str, ...]) -> Trigger:
        takes_keys = word in SIDED_FIELDS or word in ("problem", "status", "method", "content")
        if not takes_keys and word not in SIDED_MESSAGES and word not in UNSIDED:
            known = ["problem", *SIDED_FIELDS, "status", "method", *SIDED_MESSAGES, "content", *UNSIDED]
            raise ValueError(f"'{word}'; it starts with one of: {' '.join(known)}")
        if takes_keys != bool(keys):
            raise ValueError(f"'{word}' needs at least one name" if takes_keys else f"'{word}' stands alone")
        if len(set(keys)) != len(keys):
            raise ValueError("a name comes twice")
        if word in UNSIDED:
            return Trigger(UNSIDED[word])
        if word in SIDED_MESSAGES:
            return Trigger("message", SIDED_MESSAGES[word])
        if word in SIDED_FIELDS:
            return Trigger("field", SIDED_FIELDS[word], tuple(self._field(key) for key in keys))
        for key in keys:
            if word == "status" and not re.fullmatch(r"[0-9]{3}|[0-9]xx", key):
                raise ValueError(f"status '{key}'; it is three digits like 204 or a class like 4xx")
            if word == "content" and key not in CONTENT_KINDS:
                raise ValueError(f"content '{key}'; the kinds are: {' '.join(CONTENT_KINDS)}")
            if word == "method" and key not in self._methods:
                raise ValueError(f"method '{key}' is not in methods.tsv")
            if word == "problem" and self._problem_kinds and key not in self._problem_kinds:
                near = difflib.get_close_matches(key, self._problem_kinds, n=1, cutoff=0.0)[0]
                raise ValueError(f"ProblemKind has no '{key}'; the nearest is {near}")
        return Trigger(word, "both", keys)

    def _field(self, name: str) -> str:
        if name.lower() in self._fields:
            return self._fields[name.lower()]
        near = difflib.get_close_matches(name.lower(), self._fields, n=1, cutoff=0.0)
        raise ValueError(f"field '{name}' is not in fields.tsv; the nearest is {self._fields[near[0]] if near else '-'}")

    def _examples(self, rule: Rule, document: Document) -> None:
        cases: dict[str, list[Case]] = {}
        for name, (line, lines) in document.sections.items():
            try:
                cases[name] = parse_cases(lines)
            except Mistake as mistake:
                self._errors.add(rule.path, mistake.line, str(mistake))
                return
        bad, good = (NAMES_OF_FINE[name] if rule.severity == "fine" else name for name in ("Bad", "Good"))
        for name in (bad, good):
            if not cases.get(name):
                self._errors.add(rule.path, document.sections.get(name, (1,))[0], f"no example under '## {name}'")
        for name in cases.keys() - {bad, good, "Fixed"}:
            self._errors.add(rule.path, document.sections[name][0], f"'## {name}' is not for severity {rule.severity}")
        for name in (good, "Fixed"):
            for case in cases.get(name, []):
                if case.mark:
                    self._errors.add(rule.path, case.line, f"an example under '## {name}' is marked; only bad ones are")
        rule.bad, rule.good = cases.get(bad, []), cases.get(good, [])
        fixed = cases.get("Fixed", [])
        if bool(fixed) != bool(rule.text.fixes):
            line = document.sections["Fixed"][0] if fixed else document.fixes[0][0]
            self._errors.add(rule.path, line, "there is '## Fixed' but no fix" if fixed else "there is a fix but no '## Fixed'")
        if len(fixed) > 1:
            self._errors.add(rule.path, fixed[1].line, "'## Fixed' shows one case: the first bad one after fix 0")
        if fixed and rule.bad:
            rule.fixed = _completed(fixed[0], rule.bad[0])


def _completed(fixed: Case, bad: Case) -> Case:
    """A side that the fixed case leaves out is as it was."""
    return Case(
        line=fixed.line,
        request=bad.request if fixed.request is None else fixed.request,
        response=bad.response if fixed.response is None else fixed.response,
        scheme=fixed.scheme or bad.scheme,
        now=bad.now if fixed.now is None else fixed.now,
    )


def _text_of(document: Document) -> Text:
    fixes = tuple(Fix(label, key == "fix") for _, key, label in document.fixes)
    return Text(document.values["message"][1], fixes, document.prose)
