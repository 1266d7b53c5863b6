"""The notation of field_grammars.tsv; core/src/syntax/field_grammar.h says what it means."""

import re

PRODUCTIONS = set(
    "token quoted-string parameterized-token parameterized-host preference digits number version token68 base64 base64url JWS HTTP-date "
    "URI-reference coded-URL host-and-port entity-tag mailbox origin product-list timeout trace-parent".split()
)
ALTERNATIVE = re.compile(r'"[^"]+"|[A-Za-z0-9-]+')
TYPE = r"(?:Any|Integer|Decimal|Number|String|Token|ByteSequence|Boolean|Date|DisplayString)(?:\([^()\s]*\))?"
TYPES = rf"(?:{TYPE}|InnerList\({TYPE}\))(?:\|(?:{TYPE}|InnerList\({TYPE}\)))*"
ENTRY = rf"(?:\*|[a-z*][a-z0-9_.*-]*)={TYPES}"
PARAMETERS = rf"(?:; {ENTRY}(?: {ENTRY})*(?: !)?)?"
MEMBERS = re.compile(rf"{TYPES}{PARAMETERS}")
DICTIONARY = re.compile(rf"{ENTRY}(?: {ENTRY})*{PARAMETERS}")


def grammar_mistake(grammar: str, shape: str) -> str | None:
    if shape.startswith("structured-"):
        pattern = DICTIONARY if shape == "structured-dictionary" else MEMBERS
        return None if pattern.fullmatch(grammar) else f"'{grammar}' does not say which types a {shape} has"
    for alternative in re.sub(r"^1?#", "", grammar).split(" / "):
        if not ALTERNATIVE.fullmatch(alternative):
            return f"'{alternative}' is neither a production nor a quoted text"
        if not alternative.startswith('"') and alternative not in PRODUCTIONS:
            return f"'{alternative}' is not a production; they are: {' '.join(sorted(PRODUCTIONS))}"
    return None
