"""`RFC 9110 section 8.6` -> a section that exists, and its address."""

import difflib
import re

from .tables import Row

CITATION = re.compile(r"(?P<document>.+?)(?: (?P<part>section|appendix) (?P<section>[^\s,;]+))?")


class Unresolved(Exception):
    pass


class Citations:
    def __init__(self, documents: list[Row], sections: list[Row]):
        self._patterns = {row["document"]: row["url_pattern"] for row in documents}
        self._sections: dict[str, list[str]] = {}
        for row in sections:
            self._sections.setdefault(row["document"], []).append(row["section"])

    def knows_document(self, reference: str) -> bool:
        match = CITATION.fullmatch(reference)
        return bool(match) and match["document"] in self._patterns

    def url(self, citation: str) -> str:
        """Address of what is cited; raises Unresolved with what would be right."""
        match = CITATION.fullmatch(citation)
        document, section = match["document"], match["section"]
        if document not in self._patterns:
            raise Unresolved(f"'{document}' is not in documents.tsv{self._similar(document, list(self._patterns))}")
        pattern = self._patterns[document]
        if section is None:
            return pattern.split("#")[0]
        if section not in self._sections.get(document, []):
            raise Unresolved(f"{document} has no {match['part']} {section}{self._nearest(document, section)}")
        if section[0].isalpha():  # appendices of RFCs; sections of living standards are anchors
            pattern = pattern.replace("#section-", "#appendix-")
        return pattern.replace("{section}", section)

    def _nearest(self, document: str, section: str) -> str:
        known = self._sections.get(document, [])
        parts = section.split(".")
        for length in range(len(parts) - 1, 0, -1):
            if ".".join(parts[:length]) in known:
                return f"; the nearest is section {'.'.join(parts[:length])}"
        return self._similar(section, known, "; the nearest is section ")

    @staticmethod
    def _similar(word: str, known: list[str], before: str = "; the nearest is ") -> str:
        found = difflib.get_close_matches(word, known, n=1, cutoff=0.0)
        return before + found[0] if found else ""
