"""Catalogues of texts: what the engine's findings say, what its decisions ask; one file a language each."""

import json

from .project import Project
from .rules import Rule, Text
from .tables import Row

SEVERITIES = {
    "en": {"error": "error", "warning": "warning", "info": "note", "hint": "hint", "fine": "fine"},
    "zh-CN": {"error": "错误", "warning": "警告", "info": "说明", "hint": "提示", "fine": "良好"},
}


def outputs(project: Project) -> dict[str, str]:
    return {
        **{f"catalog/{language}.json": _catalog(project, language) for language in SEVERITIES},
        **{f"catalog/decisions.{language}.json": _decisions(project, language) for language in SEVERITIES},
        **{f"catalog/snippets.{language}.json": _snippets(project, language) for language in SEVERITIES},
        **{f"catalog/clients.{language}.json": _clients(project, language) for language in SEVERITIES},
    }


def _catalog(project: Project, language: str) -> str:
    english = language == "en"
    contents = {
        "language": language,
        "rules": {
            rule.id: _rule(rule, rule.text if english else rule.translation or rule.text) for rule in project.rules
        },
        "severities": SEVERITIES[language],
        "status": {row["key"]: _status(row, project.status_texts.get(row["key"]), english) for row in project.status_codes},
    }
    return json.dumps(contents, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rule(rule: Rule, text: Text) -> dict:
    return {
        "family": rule.family,
        "severity": rule.severity,
        "message": text.message,
        "summary": text.summary,
        "quote": rule.quote,
        "cite": rule.cite,
        "citeUrl": rule.cite_url,
        "fixes": [fix.label for fix in text.fixes],
    }


def _status(row: Row, text: Row | None, english: bool) -> dict:
    if text is None:
        return {"title": row["phrase"], "summary": ""}
    if english:
        return {"title": row["phrase"], "summary": text["summary_en"]}
    return {"title": text["title_zh"] or row["phrase"], "summary": text["summary_zh"] or text["summary_en"]}


def _decisions(project: Project, language: str) -> str:
    suffix = "en" if language == "en" else "zh"
    contents = {
        row["id"]: {
            "question": row[f"question_{suffix}"],
            "yes": row[f"yes_{suffix}"],
            "no": row[f"no_{suffix}"],
            "requirement": row["requirement"],
            "cite": [{"cite": cite, "url": project.citations.url(cite)} for cite in row.items_of("cite")],
        }
        for row in project.decisions
    }
    return json.dumps(contents, ensure_ascii=False, separators=(",", ":")) + "\n"


def _snippets(project: Project, language: str) -> str:
    column = {"en": "en", "zh-CN": "zh"}[language]
    notes = {row["id"]: row[column] for row in project.snippets.notes}
    return json.dumps({"language": language, "notes": notes}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _clients(project: Project, language: str) -> str:
    """What the rows of a matrix of clients are called, and where they stand."""
    suffix = "en" if language == "en" else "zh"
    contents = {
        row["id"]: {
            "label": row[f"label_{suffix}"],
            "cite": [{"cite": cite, "url": project.citations.url(cite)} for cite in row.items_of("cite")],
        }
        for row in project.clients.behaviours
    }
    return json.dumps(contents, ensure_ascii=False, separators=(",", ":")) + "\n"
