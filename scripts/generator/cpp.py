"""The engine's tables and the examples for Catch2, as C++."""

import re

from .clients import Clients
from .corpus import ValidExchange
from .examples import Case
from .project import Project
from .rules import CONTENT_KINDS, SIDED_FIELDS, SIDED_MESSAGES, Rule, placeholders
from .tables import Row

BANNER = "// Made by scripts/generate.py. Edits are lost.\n"
KEYWORDS = set(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const consteval "
    "constexpr constinit continue co_await co_return co_yield decltype default delete do double dynamic_cast else enum "
    "explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq "
    "nullptr operator or or_eq private protected public register reinterpret_cast requires return short signed sizeof "
    "static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename "
    "union unsigned using virtual void volatile wchar_t while xor xor_eq unknown".split()
)
VIEWS = {
    "problem": "ProblemView", "field": "FieldView", "status": "MessageView", "method": "MessageView",
    "message": "MessageView", "content": "ContentView", "exchange": "ExchangeView", "exchanges": "ExchangeView",
    "structured": "StructuredView",
}  # fmt: skip


def parameter_of(on: str) -> tuple[str, str]:
    """Type and customary name of what a check gets, for an `on:` line. KeyError when it is none."""
    word = on.split()[0] if on.split() else ""
    kind = "field" if word in SIDED_FIELDS else "message" if word in SIDED_MESSAGES else word
    kind = "structured" if word == "structured-field" else kind
    names = {"status": "response", "method": "request", "message": word, "exchanges": "exchange", "structured": "field"}
    return VIEWS[kind], names.get(kind, kind)


def outputs(project: Project) -> dict[str, str]:
    return {
        "core/field_id.h": _field_ids(project.fields),
        "core/field_table.inc": BANNER + "".join(map(_field_row, project.fields)),
        "core/status_table.inc": BANNER + "".join(map(_status_row, _engine_statuses(project.status_codes))),
        "core/decision_id.h": _decision_ids(project.decisions),
        "core/decision_table.inc": BANNER + "".join(map(_decision_row, project.decisions)),
        "core/snippet_note_id.h": _note_ids(project.snippets.notes),
        "core/snippet_note_table.inc": BANNER + "".join(f"{{{string(row['id'])}}},\n" for row in project.snippets.notes),
        "core/snippet_target_table.inc": BANNER + "".join(map(_target_row, project.snippets.targets)),
        "core/snippet_constant_table.inc": BANNER + "".join(map(_constant_row, project.snippets.constants)),
        "core/client_behaviour.h": _behaviour_ids(project.clients.behaviours),
        "core/client_behaviour_table.inc": BANNER + "".join(map(_behaviour_row, project.clients.behaviours)),
        "core/client_profile_table.inc": BANNER + _client_profiles(project.clients),
        "core/method_table.inc": BANNER + "".join(map(_method_row, project.methods)),
        **_checks(project.rules),
        "core/rule_table.inc": _rule_table(project.rules),
        "core/rule_dispatch.inc": _dispatch(project),
        "tests/rule_examples.h": _examples(project.rules),
        "tests/valid_exchanges.h": _valid_exchanges(project.valid),
    }


def string(data: bytes | str) -> str:
    """A C string literal. Octal escapes have three digits at most, so that what follows cannot join them."""
    if isinstance(data, str):
        data = data.encode("utf-8")
    named = {0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t", 0x22: '\\"', 0x5C: "\\\\"}
    text = "".join(named.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}") for byte in data)
    return f'"{text}"'


def word(text: str) -> str:
    """An enumerator from a word of the data."""
    name = text.lower().replace("-", "_")
    name = re.sub(r"[^a-z0-9_]", lambda match: f"x{ord(match[0]):02x}", name)
    if not name[0].isalpha():
        name = "field_" + name
    return name + "_" if name in KEYWORDS else name


def _flag(text: str) -> str:
    return "true" if text == "y" else "false"


def _decision_ids(decisions: list[Row]) -> str:
    names = "".join(f"  {word(row['id'])},\n" for row in decisions)
    return BANNER + (
        "#pragma once\n#include <cstdint>\n\nnamespace statuslab {\n\n"
        f"enum class DecisionId : std::uint16_t {{\n{names}}};\n\n}}  // namespace statuslab\n"
    )


def _decision_row(row: Row) -> str:
    return f"{{{string(row['id'])}, Requirement::{word(row['requirement'])}, {string(row['cite'])}}},\n"


def _note_ids(notes: list[Row]) -> str:
    names = "".join(f"  {word(row['id'])},\n" for row in notes)
    return BANNER + (
        "#pragma once\n#include <cstdint>\n\nnamespace statuslab::snippet {\n\n"
        f"enum class NoteId : std::uint8_t {{\n{names}}};\n\n}}  // namespace statuslab::snippet\n"
    )


def _target_row(row: Row) -> str:
    columns = ("id", "framework", "name", "version", "language", "runtime", "server", "packages")
    return f"{{{', '.join(string(row[column]) for column in columns)}, {_flag(row['verified'])}}},\n"


def _constant_row(row: Row) -> str:
    return f"{{{string(row['framework'])}, {int(row['code'])}, {string(row['name'])}}},\n"


def _behaviour_ids(behaviours: list[Row]) -> str:
    names = "".join(f"  {word(row['id'])},\n" for row in behaviours)
    return BANNER + (
        "#pragma once\n#include <cstddef>\n#include <cstdint>\n\nnamespace statuslab::client {\n\n"
        f"enum class Behaviour : std::uint8_t {{\n{names}}};\n\n"
        f"inline constexpr std::size_t behaviour_count = {len(behaviours)};\n\n}}  // namespace statuslab::client\n"
    )


def _behaviour_row(row: Row) -> str:
    return f"{{{string(row['id'])}, {string(row['values'])}, {string(row['cite'])}}},\n"


def _client_profiles(clients: Clients) -> str:
    """The values of each profile, then the profiles, which point at them."""
    values, rows = "", ""
    for number, profile in enumerate(clients.profiles):
        cells = ", ".join(string(profile[row["id"]]) for row in clients.behaviours)
        values += f"constexpr std::string_view values_{number}[] = {{{cells}}};\n"
        facts = ", ".join(string(profile[fact]) for fact in ("id", "name", "version", "measured"))
        rows += f"  {{{facts}, values_{number}}},\n"
    return f"{values}constexpr Profile profiles[] = {{\n{rows}}};\n"


def _field_ids(fields: list[Row]) -> str:
    names = "".join(f"  {word(row['name'])},\n" for row in fields)
    return BANNER + (
        "#pragma once\n#include <cstddef>\n#include <cstdint>\n\nnamespace statuslab {\n\n"
        f"enum class FieldId : std::uint16_t {{\n  unknown,\n{names}}};\n\n"
        "/// How many fields are known; their ids are 1 to field_count.\n"
        f"inline constexpr std::size_t field_count = {len(fields)};\n\n}}  // namespace statuslab\n"
    )


def _field_row(row: Row) -> str:
    return (
        f"{{FieldId::{word(row['name'])}, {string(row['name'])}, FieldDirection::{row['direction']}, "
        f"FieldSection::{row['section']}, FieldShape::{word(row['shape'])}, FieldStatus::{row['status']}, "
        f"{_flag(row['hop'])}, {string(row.get('grammar', ''))}, "
        f"{string(row.get('words', ''))}}},\n"
    )


def _engine_statuses(rows: list[Row]) -> list[Row]:
    """Rows with one code. Texts like 400.1-400.7 only describe; the site shows them, the engine has no use for them."""
    single = [row for row in rows if re.fullmatch(r"0|[0-9]{3}", row["code"])]
    return sorted(single, key=lambda row: (int(row["code"]), row["kind"] != "registered"))


def _status_row(row: Row) -> str:
    return (
        f"{{{int(row['code'])}, {string(row['key'])}, {string(row['phrase'])}, StatusKind::{row['kind']}, "
        f"{string(row['vendor'])}, {string(row['reference'])}, ContentRule::{row['body']}, {_flag(row['heuristic'])}, "
        f"{_flag(row['log_only'])}, {string(row['required'])}, {string(row['customary'])}}},\n"
    )


def _method_row(row: Row) -> str:
    content = {"y": "yes", "n": "no"}.get(row["content"], row["content"])
    return (
        f"{{{string(row['name'])}, {_flag(row['safe'])}, {_flag(row['idempotent'])}, {_flag(row['cacheable'])}, "
        f"RequestContent::{content}, {string(row['reference'])}}},\n"
    )


def _checks(rules: list[Rule]) -> dict[str, str]:
    """A header for each family, so that a new rule compiles only its own; checks.h has them all, for the runner."""
    headers = {}
    for family in sorted({rule.family for rule in rules}):
        declarations = "".join(
            f"void {rule.function}(const {VIEWS[rule.trigger.kind]}&, Reporter&);\n" for rule in rules if rule.family == family
        )
        headers[f"core/checks/{family.replace('-', '_')}.h"] = BANNER + (
            f'#pragma once\n#include "lint/reporter.h"\n\nnamespace statuslab::lint::checks {{\n\n{declarations}\n}}  // namespace statuslab::lint::checks\n'
        )
    includes = "".join(f'#include "{name.removeprefix("core/")}"\n' for name in headers)
    return {**headers, "core/checks.h": f"{BANNER}#pragma once\n{includes}"}


def _rule_table(rules: list[Rule]) -> str:
    """The ids in one text, since neighbours begin alike; rows say where each begins."""
    families = sorted({rule.family for rule in rules})
    names = ", ".join(map(string, families)) or '""'
    ids = "".join(f"    {string(rule.id)}\n" for rule in rules) or '    ""\n'
    rows, begin = "", 0
    for rule in rules:
        rows += _rule_row(rule, begin, families.index(rule.family))
        begin += len(rule.id)
    checks = "".join(f"    &checks::{rule.function},\n" for rule in rules)
    return BANNER + (
        f"constexpr std::string_view rule_families[] = {{{names}}};\n\nconstexpr std::string_view rule_ids =\n{ids};\n"
        f"constexpr Rule rule_rows[] = {{\n{rows}}};\n\nconstexpr Check rule_checks[] = {{\n{checks}}};\n"
    )


def _rule_row(rule: Rule, begin: int, family: int) -> str:
    safe = sum(1 << index for index, fix in enumerate(rule.text.fixes) if fix.safe)
    side = rule.trigger.side if rule.trigger.kind in ("field", "message") else "both"
    return f"    {{{begin}, {family}, Severity::{rule.severity}, Sides::{side}, {len(rule.text.fixes)}, {safe}}},\n"


def _dispatch(project: Project) -> str:
    field_order = {row["name"]: index for index, row in enumerate(project.fields)}
    rows: dict[str, list[tuple[tuple, str]]] = {kind: [] for kind in VIEWS}
    for rule in project.rules:
        target = str(rule.number)
        for key in rule.trigger.keys or ("",):
            match rule.trigger.kind:
                case "problem":
                    order = project.problem_kinds.index(key) if project.problem_kinds else 0
                    rows["problem"].append(((order, key), f"{{ProblemKind::{key}, {target}}}"))
                case "field":
                    rows["field"].append(((field_order[key],), target))
                case "status":
                    first, last = int(key.replace("x", "0")), int(key.replace("x", "9"))
                    rows["status"].append(((first, last), f"{{{first}, {last}, {target}}}"))
                case "method":
                    rows["method"].append(((key,), f"{{{string(key)}, {target}}}"))
                case "message":
                    rows["message"].append(((rule.trigger.side,), f"{{{target}}}"))
                case "content":
                    kind = word(key)
                    rows["content"].append(((CONTENT_KINDS.index(key),), f"{{ContentKind::{kind}, {target}}}"))
                case "structured" | "exchange" | "exchanges":
                    rows[rule.trigger.kind].append(((), f"{{{target}}}"))
    text = BANNER
    for kind, entries in rows.items():
        lines = "".join(f"    {entry},\n" for _, entry in sorted(entries, key=lambda item: item[0]))
        type_name = "std::uint16_t" if kind == "field" else f"{kind.capitalize()}Rule"
        text += f"\ninline constexpr std::array<{type_name}, {len(entries)}> {kind}_rules{{{{\n{lines}}}}};\n"
    # Where the rules of each field begin; those of an unknown one are none.
    begins, begin = [0, 0], 0
    for index in range(len(project.fields)):
        begin += sum(1 for (order,), _ in rows["field"] if order == index)
        begins.append(begin)
    cells = ", ".join(map(str, begins))
    return text + f"\ninline constexpr std::array<std::uint16_t, {len(begins)}> field_rules_begin{{{{{cells}}}}};\n"


def _examples(rules: list[Rule]) -> str:
    rows = []
    for rule in rules:
        rows += [_example_row(rule, "bad", index, case) for index, case in enumerate(rule.bad)]
        rows += [_example_row(rule, "good", index, case) for index, case in enumerate(rule.good)]
        if rule.fixed:
            rows.append(_example_row(rule, "fixed", 0, rule.fixed))
    return BANNER + (
        "#pragma once\n#include <array>\n#include <cstddef>\n#include <cstdint>\n#include <optional>\n#include <string_view>\n\n"
        "namespace statuslab::tests {\n\nenum class ExampleKind { bad, good, fixed };\n\n"
        "/// Bytes of `on` (\"request\", \"response\"; empty: not marked) where the finding is.\n"
        "struct ExampleMark {\n  std::string_view on;\n  std::size_t begin;\n  std::size_t end;\n};\n\n"
        "/// A case of a rule file. A fixed one is what fix 0 makes of bad case 0.\n"
        "struct RuleExample {\n  std::string_view rule;\n  ExampleKind kind;\n  std::size_t index;\n"
        "  std::optional<std::string_view> request;\n  std::optional<std::string_view> response;\n"
        "  std::string_view scheme;  // \"http\", \"https\" or empty\n  std::optional<std::int64_t> now;\n  ExampleMark mark;\n"
        "  std::string_view place;  // file:line\n"
        "  std::string_view placeholders;  // of the message, each with a space after it\n};\n\n"
        f"constexpr std::array<RuleExample, {len(rows)}> rule_examples{{{{\n{''.join(rows)}}}}};\n\n"
        "}  // namespace statuslab::tests\n"
    )


def _example_row(rule: Rule, kind: str, index: int, case: Case) -> str:
    mark = f"{{{string(case.mark.on)}, {case.mark.begin}, {case.mark.end}}}" if case.mark else '{"", 0, 0}'
    place = f"{'/'.join(rule.path.parts[-4:])}:{case.line}"
    names = "".join(f"{name} " for name in sorted(placeholders(rule.text.message)))
    return (
        f"    {{{string(rule.id)}, ExampleKind::{kind}, {index},\n     {_wire(case.request)},\n     {_wire(case.response)},\n"
        f"     {string(case.scheme or '')}, {'std::nullopt' if case.now is None else case.now}, {mark}, {string(place)},\n"
        f"     {string(names)}}},\n"
    )


def _valid_exchanges(exchanges: list[ValidExchange]) -> str:
    rows = "".join(
        f"    {{{string(exchange.name)}, {string(exchange.place)},\n     {_wire(exchange.case.request)},\n"
        f"     {_wire(exchange.case.response)}, {string(exchange.case.scheme or '')}}},\n"
        for exchange in exchanges
    )
    return BANNER + (
        "#pragma once\n#include <array>\n#include <optional>\n#include <string_view>\n\nnamespace statuslab::tests {\n\n"
        "/// An exchange of tests/valid: nothing is wrong with it.\nstruct ValidExchange {\n  std::string_view name;\n"
        "  std::string_view place;  // file:line\n  std::optional<std::string_view> request;\n"
        "  std::optional<std::string_view> response;\n  std::string_view scheme;  // \"http\", \"https\" or empty\n};\n\n"
        f"inline constexpr std::array<ValidExchange, {len(exchanges)}> valid_exchanges{{{{\n{rows}}}}};\n\n"
        "}  // namespace statuslab::tests\n"
    )


def _wire(data: bytes | None) -> str:
    if data is None:
        return "std::nullopt"
    lines = data.splitlines(keepends=True) if b"\n" in data else [data]
    return f"std::string_view{{{' '.join(map(string, lines)) or string(b'')}, {len(data)}}}"
