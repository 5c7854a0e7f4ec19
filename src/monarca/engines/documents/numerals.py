"""Numbers of a spreadsheet's cells, also those typed as text."""

import re
from decimal import Decimal

from monarca.engines import money
from monarca.engines.documents.sheets import Value
from monarca.engines.documents.values import currency_of

LONGEST = 40
FIGURE = re.compile("\\d[\\d.,'\u2019 ]*")
THOUSANDS = re.compile(r"\d\s?(?:mil\b(?!\w)|k\b|mille\b|thousand\b)", re.IGNORECASE)
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%")
NOTHING = re.compile(
    r"[\W_]*(?:n[./ ]?a\.?|s\.?o\.?|n\.?d\.?|no aplica|sin objeto|sans objet|not applicable"
    r"|n[eé]ant|nil|none|ning[uú]n[oa]?|nada|cero|aucune?|rien|z[eé]ro|nul|no|non|x"
    r"|pendiente|por definir|to be (?:confirmed|determined)|tb[cd]|[aà] (?:confirmer|d[eé]finir))?"
    r"[\W_]*",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """A cell filled only to say that it is empty: a dash, "n/a", "s.o.", "néant", "ninguno"."""
    return len(text) <= LONGEST and NOTHING.fullmatch(text) is not None


def number(raw: Value) -> tuple[Decimal | None, str | None]:
    """A cell's number, also when it was typed as text, and the currency it names."""
    if isinstance(raw, Decimal) or raw is None:
        return (raw if isinstance(raw, Decimal) else None), None
    text = " ".join(raw.split())
    if not re.search(r"\d", text) or len(text) > LONGEST or "%" in text:
        return None, None
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    found = FIGURE.search(text)
    parsed = money.parse(found.group().strip(" .,'\u2019")) if found else None
    if parsed is None or parsed.money is None:
        return None, None
    letters = re.sub(r"[^A-Za-zñáéíóúü]", "", text)
    amount = parsed.money.amount * (1000 if THOUSANDS.search(text) else 1)
    return (-amount if negative else amount), (currency_of(text) if letters else None)


def share(raw: Value) -> Decimal | None:
    """A part of the whole between 0 and 1, as a spreadsheet stores it or as "50 %" in words."""
    if isinstance(raw, Decimal):
        return raw if 0 < raw <= 1 else None
    found = SHARE.fullmatch(" ".join(raw.split())) if raw else None
    return Decimal(found[1].replace(",", ".")) / 100 if found else None
