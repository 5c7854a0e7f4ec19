"""The sentences of reasons, one per code and language, in a file an engine."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

from monarca.engines.reasons import Reason, Value
from monarca.kit import formats


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every known code with its sentence in es, en and fr."""
    known: dict[str, dict[str, str]] = {}
    for part in sorted(files("monarca.kit.reasons").iterdir(), key=str):
        if part.name.endswith(".json"):
            known |= json.loads(part.read_text(encoding="utf-8"))
    return known


def sentence(reason: Reason, lang: str = "") -> str:
    """The reason in words; a code without a sentence is shown as it is, never hidden."""
    language = formats.language(lang)
    words = catalogue().get(reason.code, {}).get(language, reason.code)
    currency = str(reason.values.get("currency") or "CAD")
    said = {
        name: written(name, value, language, currency=currency)
        for name, value in reason.values.items()
    }
    return words.format_map(Lenient(said))


class Lenient(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def written(name: str, value: Value | Decimal, lang: str, *, currency: str = "CAD") -> str:
    """Cents, shares, dates and instants are written by their name's ending, numbers by locale."""
    if isinstance(value, str) and name.endswith("_on"):
        return formats.day(date.fromisoformat(value), lang)
    if isinstance(value, str) and name.endswith("_at"):
        return formats.instant(datetime.fromisoformat(value), "UTC", lang)
    if isinstance(value, int) and not isinstance(value, bool):
        if name.endswith("_cents"):
            return formats.money(value, currency, lang)
        return str(value) if name == "year" else formats.number(value, lang)
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value))
        return formats.percent(exact, lang, 1) if name.endswith("_share") else _rounded(exact, lang)
    return "" if value is None else str(value)


def _rounded(value: Decimal, lang: str) -> str:
    if not value.is_finite():
        return str(value)
    return formats.number(value.quantize(Decimal("0.001")).normalize(), lang)


def about(label: str, said: str) -> str:
    """A sentence of an error summary with the label of its box before it."""
    label = label.strip().rstrip(".:").rstrip()
    if not label:
        return said
    return f"{label} {said}" if label.endswith("?") else f"{label}: {said}"
