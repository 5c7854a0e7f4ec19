"""A ticked sentence that declares: "☒ Declaro que la información es verdadera y completa."

It asks and answers in one, wherever it stands. It is known by who speaks (the first person) and by
what is declared (that something is true), so that consent to something else is no declaration.
"""

import re
from collections.abc import Mapping
from typing import Any

from monarca.engines.documents.marks import boxes
from monarca.engines.documents.words import plain

KIND = "declaration"
LONGEST = 1_200
SAYS = re.compile(
    r"\b(?:declaro|declaramos|manifiesto|manifestamos|certifico|certificamos|confirmo|confirmamos"
    r"|aseguro|aseguramos|garantizo|garantizamos|doy fe|damos fe|afirmo|afirmamos|bajo protesta"
    r"|(?:i|we) (?:\w+ ){0,2}(?:declare|certify|confirm|affirm|attest|state|guarantee|swear)"
    r"|(?:je|nous) (?:\w+ ){0,2}(?:declar|certifi|confirm|affirm|attest|garanti)\w+"
    r"|j (?:atteste|affirme)|sur l honneur)\b"
)
TRUE = re.compile(
    r"\b(?:verdad|verdader\w+|verdic\w+|veraz|veraces|veridic\w+|ciert[oa]s?|fidedign\w+|correct\w*"
    r"|true|truthful\w*|accurate|exact\w*|vrai\w*|veridiqu\w+|fidele\w*|honest\w*)\b"
)


def question_of(questions: Mapping[str, Mapping[str, Any]]) -> str:
    """The form's question that is answered with a declaration; "" when it has none."""
    return next((key for key, one in questions.items() if one.get("kind") == KIND), "")


def declares(text: str) -> bool:
    """One box, ticked or not, with a sentence in which somebody declares that something is true."""
    if len(text) > LONGEST:
        return False
    marked = boxes(text)
    if len(marked) != 1:
        return False
    words = plain(marked[0][0])
    return SAYS.search(words) is not None and TRUE.search(words) is not None
