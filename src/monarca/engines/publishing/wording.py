"""Texts made fit for a file: no control characters, one reading per language, safe in a sheet."""

import re
import unicodedata
from decimal import Decimal

from monarca.engines.publishing.disclosure import LANGUAGES, Texts

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All that XML 1.0 (section 2.2) has no way to hold."""

NOT_SEEN = re.compile("[\u007f-\u0084\u0086-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Allowed but never meant: C1 controls and marks that turn the direction of reading."""

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV injection)."""


def clean(text: str) -> str:
    """`text` in NFC, without control characters, line ends as \\n, no space around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", NOT_SEEN.sub("", NOT_XML.sub("", unified))).strip()


def told(texts: Texts) -> tuple[tuple[str, str], ...]:
    """The languages that have a text, English, French, Spanish first, each text clean."""
    order = {code: place for place, code in enumerate(LANGUAGES)}
    codes = sorted(texts, key=lambda code: (order.get(code, len(order)), code))
    pairs = ((code, clean(texts[code])) for code in codes)
    return tuple((code, text) for code, text in pairs if text)


def one_of(texts: Texts) -> str:
    """The first text there is, in the order of `told`."""
    return next((text for _, text in told(texts)), "")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet could read `cell` as a formula."""
    return cell.startswith(FORMULA)


def guarded(cell: str) -> str:
    """A free-text cell that no spreadsheet computes: an apostrophe stands before a formula.

    Only for free text. Dates, codes and amounts have a form that the official rules fix, so they
    are never guarded; none of them can carry a formula.
    """
    return f"'{cell}" if is_formula(cell) else cell


def bilingual(texts: Texts) -> str:
    """`English|French`, or one name alone where there is only one or both are equal.

    The bar and the semicolon are the field's own signs, so inside a name they become / and ,.
    """
    cells = {code: _without_signs(text) for code, text in told(texts)}
    english, french = cells.get("en", ""), cells.get("fr", "")
    if english and french and english != french:
        return f"{english}|{french}"
    return english or french or next(iter(cells.values()), "")


def _without_signs(text: str) -> str:
    return " ".join(text.replace("|", "/").replace(";", ",").split())


def dollars(cents: int) -> str:
    """Whole cents as a decimal with two places: 3150000 becomes 31500.00."""
    return f"{Decimal(cents).scaleb(-2):.2f}"
