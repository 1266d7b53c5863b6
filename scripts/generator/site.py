"""What the site's pages are made of."""

import base64
import json

from . import frameworks
from .examples import Case
from .project import Project
from .rules import SEVERITIES, Rule, Text
from .tables import Row


def outputs(project: Project) -> dict[str, str]:
    contents = {
        "rules": {
            "families": [{"id": f.id, "title": {"en": f.title, "zh-CN": f.title_zh}} for f in project.families],
            "rules": [_rule(rule) for rule in project.rules],
        },
        "status": [_status(project, row) for row in project.status_codes],
        "fields": [_field(project, row) for row in project.fields],
        "methods": [_method(project, row) for row in project.methods],
        "clients": [{fact: profile[fact] for fact in ("id", "name", "version", "measured")} for profile in project.clients.profiles],
        "meta": _meta(project),
    }
    return {f"site/{name}.json": json.dumps(value, ensure_ascii=False, indent=1) + "\n" for name, value in contents.items()} | {
        f"site/{name}.json": frameworks.as_json(value) for name, value in frameworks.outputs(project).items()
    }


def _meta(project: Project) -> dict:
    return {
        "version": project.version,
        "counts": {
            "rules": len(project.rules),
            "families": len(project.families),
            "status": len(project.status_codes),
            "fields": len(project.fields),
            "methods": len(project.methods),
        },
        "severities": {word: sum(rule.severity == word for rule in project.rules) for word in SEVERITIES},
    }


def _rule(rule: Rule) -> dict:
    return {
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "on": rule.on,
        "cite": rule.cite,
        "citeUrl": rule.cite_url,
        "quote": rule.quote,
        "en": _text(rule.text),
        "zh-CN": _text(rule.translation) if rule.translation else None,
        "bad": [_case(case) for case in rule.bad],
        "good": [_case(case) for case in rule.good],
        "fixed": _case(rule.fixed) if rule.fixed else None,
    }


def _text(text: Text) -> dict:
    return {
        "message": text.message,
        "summary": text.summary,
        "prose": text.prose,
        "fixes": [fix.label for fix in text.fixes],
    }


def _case(case: Case) -> dict:
    return {
        "scheme": case.scheme,
        "now": case.now,
        "request": _bytes(case.request),
        "response": _bytes(case.response),
        "mark": {"on": case.mark.on, "begin": case.mark.begin, "end": case.mark.end} if case.mark else None,
    }


def _bytes(data: bytes | None) -> dict | None:
    return None if data is None else {"base64": base64.b64encode(data).decode("ascii")}


def _status(project: Project, row: Row) -> dict:
    text = project.status_texts.get(row["key"], {})
    return {
        "key": row["key"],
        "code": row["code"],
        "phrase": row["phrase"],
        "kind": row["kind"],
        "vendor": row["vendor"] or None,
        "class": int(row["class"]),
        "reference": row["reference"] or None,
        "referenceUrl": project.reference_url(row),
        "body": row["body"],
        "heuristic": row["heuristic"] == "y",
        "required": row.items_of("required"),
        "customary": row.items_of("customary"),
        "logOnly": row["log_only"] == "y",
        "title": {"zh-CN": text.get("title_zh") or None},
        "summary": {"en": text.get("summary_en") or None, "zh-CN": text.get("summary_zh") or None},
        "detail": {"en": text.get("detail_en") or None, "zh-CN": text.get("detail_zh") or None},
    }


def _field(project: Project, row: Row) -> dict:
    return {
        "name": row["name"],
        "direction": row["direction"],
        "section": row["section"],
        "shape": row["shape"],
        "status": row["status"],
        "hopByHop": row["hop"] == "y",
        "reference": row["reference"] or None,
        "referenceUrl": project.reference_url(row),
    }


def _method(project: Project, row: Row) -> dict:
    return {
        "name": row["name"],
        "safe": row["safe"] == "y",
        "idempotent": row["idempotent"] == "y",
        "cacheable": row["cacheable"] == "y",
        "content": row["content"],
        "reference": row["reference"] or None,
        "referenceUrl": project.reference_url(row),
    }
