"""Everything that is read, checked and cross-checked."""

import re
from dataclasses import dataclass
from pathlib import Path

from .citations import Citations, Unresolved
from .clients import Clients, read_clients
from .corpus import ValidExchange, read_corpus
from .decisions import read_decisions
from .errors import Errors
from .grammars import grammar_mistake
from .rules import Family, Rule, RuleReader
from .snippets import Snippets, read_snippets
from .tables import Row, index_by, read_table

YES_NO = {"y", "n"}
KINDS = {"registered", "reserved", "temporary", "draft", "unofficial", "invalid"}
STATUS_CODES = {
    "key": None, "code": None, "phrase": None, "kind": KINDS, "vendor": None, "class": set("012345"), "reference": None,
    "body": {"forbidden", "empty", "allowed", "expected", "none"}, "heuristic": YES_NO, "required": None,
    "customary": None, "log_only": YES_NO,
}  # fmt: skip
STATUS_TEXTS = dict.fromkeys(["key", "title_zh", "summary_en", "summary_zh", "detail_en", "detail_zh"])
FIELDS = {
    "name": None, "direction": {"request", "response", "both"}, "section": {"header", "trailer", "both"},
    "shape": {"singleton", "list", "structured-item", "structured-list", "structured-dictionary", "cookie", "other"},
    "status": {"permanent", "provisional", "deprecated", "obsoleted", "historic", "unofficial"}, "hop": YES_NO,
    "reference": None,
}  # fmt: skip
FIELD_GRAMMARS = {"field": None, "grammar": None}
FIELD_KEYWORDS = {"field": None, "words": None}
METHODS = {
    "name": None, "safe": YES_NO, "idempotent": YES_NO, "cacheable": YES_NO, "content": {"y", "n", "defined"},
    "reference": None,
}  # fmt: skip
SECTIONS = dict.fromkeys(["document", "section", "title"])
DOCUMENTS = dict.fromkeys(["document", "title", "url_pattern"])


@dataclass
class Project:
    version: str
    status_codes: list[Row]
    status_texts: dict[str, Row]
    fields: list[Row]
    methods: list[Row]
    sections: list[Row]
    citations: Citations
    families: list[Family]
    rules: list[Rule]
    problem_kinds: list[str]
    valid: list[ValidExchange]
    decisions: list[Row]
    snippets: Snippets
    clients: Clients
    inputs: list[Path]

    @staticmethod
    def read(root: Path, errors: Errors) -> "Project":
        data = root / "core" / "data"
        inputs = [data]

        def table(name: str, words: dict) -> list[Row]:
            inputs.append(data / name)
            return read_table(data / name, words, errors)

        status_codes = table("status_codes.tsv", STATUS_CODES)
        texts = table("status_texts.tsv", STATUS_TEXTS)
        fields = table("fields.tsv", FIELDS)
        grammars = table("field_grammars.tsv", FIELD_GRAMMARS)
        keywords = table("field_keywords.tsv", FIELD_KEYWORDS)
        methods = table("methods.tsv", METHODS)
        documents, sections = table("documents.tsv", DOCUMENTS), table("rfc_sections.tsv", SECTIONS)
        citations = Citations(documents, sections)
        known_codes = index_by(status_codes, "key", errors)
        for row in texts:
            if row["key"] not in known_codes:
                errors.add(row.path, row.line, f"key '{row['key']}' is not in status_codes.tsv")
        known_fields = index_by(fields, "name", errors)
        for row in [*index_by(grammars, "field", errors).values(), *index_by(keywords, "field", errors).values()]:
            if row["field"] not in known_fields:
                errors.add(row.path, row.line, f"field '{row['field']}' is not in fields.tsv")
                continue
            field = known_fields[row["field"]]
            field |= {key: value for key, value in row.items() if key != "field"}
            if "grammar" not in row:
                continue
            if mistake := grammar_mistake(row["grammar"], field["shape"]):
                errors.add(row.path, row.line, mistake)
        index_by(methods, "name", errors)
        errors.stop_if_any()

        header_folder = root / "core" / "include" / "statuslab"
        problem_kinds = _problem_kinds(header_folder)
        names = [[row["name"] for row in rows] for rows in (fields, methods)]
        reader = RuleReader(root, *names, problem_kinds, citations, errors)
        families, rules = reader.read()
        valid = read_corpus(root, errors, inputs)
        decisions = read_decisions(data / "decisions", citations, errors, inputs)
        clients = read_clients(data, citations, errors, inputs)
        project = Project(
            version=_version(header_folder / "version.h", errors),
            status_codes=status_codes,
            status_texts=index_by(texts, "key", errors),
            fields=fields,
            methods=methods,
            sections=sections,
            citations=citations,
            families=families,
            rules=rules,
            problem_kinds=problem_kinds,
            valid=valid,
            decisions=decisions,
            snippets=read_snippets(data, errors, inputs),
            clients=clients,
            inputs=[*inputs, *reader.inputs, *sorted(header_folder.glob("*.h"))],
        )
        for row in [*status_codes, *fields, *methods, *project.snippets.cases, *project.snippets.limits]:
            project._check_reference(row, errors)
        return project

    def reference_url(self, row: Row) -> str | None:
        """Where the reference is, if it is one of the documents or an address itself."""
        first = re.split(r"[,;] ", row["reference"])[0]
        if first.startswith("https://"):
            return first
        return self.citations.url(first) if first and self.citations.knows_document(first) else None

    def _check_reference(self, row: Row, errors: Errors) -> None:
        try:
            self.reference_url(row)
        except Unresolved as problem:
            errors.add(row.path, row.line, f"reference: {problem}")

    def summary(self) -> str:
        return (
            f"{len(self.rules)} rules in {len(self.families)} families, {len(self.status_codes)} status codes, "
            f"{len(self.fields)} fields, {len(self.methods)} methods, {len(self.valid)} valid exchanges"
        )

    def untranslated(self) -> list[str]:
        """What has no Chinese yet, counted."""
        counts = {
            "rule(s)": sum(rule.translation is None for rule in self.rules),
            "family title(s)": sum(family.title_zh is None for family in self.families),
            "status code(s)": sum(not self.status_texts.get(row["key"], {}).get("summary_zh") for row in self.status_codes),
        }
        return [f"{count} {what} without zh-CN" for what, count in counts.items() if count]


def _version(path: Path, errors: Errors) -> str:
    """The version has one home: the header that has the whole API."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = re.search(r'std::string_view version = "([^"]+)";', text)
    if not found:
        errors.add(path, 1, 'no line with std::string_view version = "x.y.z";')
        return ""
    return found[1]


def _problem_kinds(folder: Path) -> list[str]:
    """Enumerators of ProblemKind in their order: dispatch tables are sorted by it."""
    for path in sorted(folder.glob("*.h")):
        text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = re.search(r"enum class ProblemKind\b[^{;]*\{(.*?)\}", text, re.DOTALL)
        if found:
            return [item.strip() for item in found[1].split(",") if item.strip() not in ("", "count_")]
    return []
