"""Numbers of a spreadsheet's cells, also those typed as text."""

import re
from decimal import Decimal

from monarca.engines import money
from monarca.engines.documents.sheets import Value
from monarca.engines.documents.values import currency_of


def number(raw: Value) -> tuple[Decimal | None, str | None]:
    """A cell's number, also when it was typed as text, and the currency it names."""
    if isinstance(raw, Decimal) or raw is None:
        return (raw if isinstance(raw, Decimal) else None), None
    text = raw.strip()
    if not re.search(r"\d", text) or len(text) > 40 or "%" in text:
        return None, None
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    found = re.search("\\d[\\d.,'\u2019 ]*", text)
    parsed = money.parse(found.group().strip(" .,'\u2019")) if found else None
    if parsed is None or parsed.money is None:
        return None, None
    letters = re.sub(r"[^A-Za-zñáéíóúü]", "", text)
    amount = parsed.money.amount
    return (-amount if negative else amount), (currency_of(text) if letters else None)
