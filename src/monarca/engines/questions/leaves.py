"""Reading one typed text as the value its question asks for."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from monarca.engines import calendar, money
from monarca.engines.questions.problem import Json
from monarca.engines.reasons import Reason

type Read = tuple[Json, Reason | None]

CURRENCIES = {"money": "CAD", "local_money": "MXN"}
LONGEST = 60
MOST = 10**12
YES = frozenset({"yes", "true", "on", "1", "si", "sí", "oui"})
NO = frozenset({"no", "false", "off", "0", "non"})
GROUPED = re.compile(r"-?\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*")


def read(kind: str, text: str, *, language: str) -> Read:
    """The value of a typed text, or None and the reason. Blank text is no answer and no fault."""
    clean = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not clean:
        return None, None
    return READERS.get(kind, _text)(clean, language)


def money_in(currency: str) -> Callable[[str, str], Read]:
    def reader(text: str, language: str) -> Read:  # noqa: ARG001
        parsed = money.parse(text, currency=currency)
        if parsed.money is None:
            return None, parsed.reason
        if parsed.money.currency != currency:
            values = {"currency": currency, "found": parsed.money.currency}
            return None, Reason("money.other_currency", values)
        return {"cents": parsed.money.cents, "currency": currency}, None

    return reader


def _text(text: str, language: str) -> Read:  # noqa: ARG001
    return text, None


def _date(text: str, language: str) -> Read:
    parsed = calendar.parse_date(text, language)
    if parsed.value is None:
        return None, parsed.reason
    if parsed.ambiguous and language == "en":
        return None, Reason("date.ambiguous", {"text": text[:LONGEST]})
    return parsed.value.isoformat(), None


def _month(text: str, language: str) -> Read:
    return calendar.parse_month(text, language)


def _percent(text: str, language: str) -> Read:
    return _number(text.removesuffix("%").strip(), language)


def _number(text: str, language: str) -> Read:  # noqa: ARG001
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("\u2019", "'").split())
    plain = plain.replace("\u2212", "-").removeprefix("+")
    if re.fullmatch(r"-?\d+[.,]\d*[1-9]\d*", plain) and not GROUPED.fullmatch(plain):
        return None, Reason("number.not_whole", {"text": text[:LONGEST]})
    plain = re.sub(r"[.,]0{1,2}$", "", plain)
    digits = re.sub(r"[^\d-]", "", plain) if GROUPED.fullmatch(plain) else plain
    if not re.fullmatch(r"-?[0-9]{1,20}", digits):
        return None, Reason("number.unreadable", {"text": text[:LONGEST]})
    if abs(int(digits)) > MOST:
        return None, Reason("number.too_large", {"max": MOST})
    return int(digits), None


def _yes_no(text: str, language: str) -> Read:  # noqa: ARG001
    said = text.lower()
    if said in YES | NO:
        return said in YES, None
    return None, Reason("question.unknown_option", {"option": text[:LONGEST]})


def _declaration(text: str, language: str) -> Read:
    agreed, reason = _yes_no(text, language)
    return agreed or None, reason


READERS: Mapping[str, Callable[[str, str], Read]] = {
    "date": _date,
    "month": _month,
    "number": _number,
    "percent": _percent,
    "yes_no": _yes_no,
    "declaration": _declaration,
    **{kind: money_in(currency) for kind, currency in CURRENCIES.items()},
}
