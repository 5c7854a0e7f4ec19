"""How numbers, money, dates and deadlines are written for people in Mexico and Canada.

Everything a person reads goes through Babel with es_MX, en_CA and fr_CA; the packages
beside this module give Django's own form fields the same separators.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_timedelta,
    get_timezone_location,
)
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

type Unit = Literal["day", "hour", "minute"]

LOCALES = {"es": "es_MX", "en": "en_CA", "fr": "fr_CA"}
TAGS = {"es": "es-MX", "en": "en-CA", "fr": "fr-CA"}
PATTERN = "#,##0.00 ¤¤"
LONG_DAY = {"es": "EEEE d 'de' MMMM 'de' y", "en": "EEEE, MMMM d, y", "fr": "EEEE d MMMM y"}


def language(code: str = "") -> str:
    """One of es, en, fr: `code`, or the reader's language."""
    short = (code or get_language() or "en")[:2]
    return short if short in LOCALES else "en"


def locale(code: str = "") -> Locale:
    return _locale(language(code))


@cache
def _locale(short: str) -> Locale:
    return Locale.parse(LOCALES[short])


def number(value: int | Decimal, lang: str = "") -> str:
    """A number with the separators of the language; nought has no sign, and a yes counts one."""
    return _number((int(value) if isinstance(value, bool) else value) or 0, language(lang))


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, short: str) -> str:
    """Long answers say the same few numbers thousands of times, and Babel takes its time."""
    return str(format_decimal(value, locale=_locale(short)))


def percent(value: Decimal, lang: str = "", places: int = 0) -> str:
    """A part of one as a percentage, with at most `places` decimals."""
    kept = value.quantize(Decimal(1).scaleb(-2 - places))
    return str(format_percent(kept, locale=locale(lang), decimal_quantization=False))


def money(cents: int, currency: str = "CAD", lang: str = "") -> str:
    """Cents as an amount with its ISO code and two decimals; never a bare dollar sign."""
    amount = Decimal(cents).scaleb(-2)
    return str(
        format_currency(amount, currency, PATTERN, locale=locale(lang), currency_digits=False)
    )


def day(value: date, lang: str = "", style: str = "long") -> str:
    return str(format_date(value, style, locale=locale(lang)))


def weekday(value: date, lang: str = "") -> str:
    return str(format_date(value, LONG_DAY[language(lang)], locale=locale(lang)))


def clock(at: datetime, zone: str = "UTC", lang: str = "") -> str:
    return str(format_datetime(at, "HH:mm", tzinfo=ZoneInfo(zone), locale=locale(lang)))


def instant(at: datetime, zone: str = "UTC", lang: str = "") -> str:
    """An instant as day and 24-hour time in the named zone, with its city."""
    local = at.astimezone(ZoneInfo(zone))
    said = f"{day(local.date(), lang)}, {clock(at, zone, lang)}"
    return f"{said} UTC" if zone == "UTC" else f"{said} ({city(zone, lang)})"


def city(zone: str, lang: str = "") -> str:
    return str(get_timezone_location(ZoneInfo(zone), locale=locale(lang), return_city=True))


def left(until: datetime, now: datetime, lang: str = "") -> str:
    """What remains, in days and hours, or hours and minutes; never rounded up."""
    minutes = max(0, int((until - now).total_seconds()) // 60)
    days, hours = divmod(minutes // 60, 24)
    counts: list[tuple[int, Unit]] = [(hours, "hour"), (minutes % 60, "minute")]
    if days:
        counts = [(days, "day"), (hours, "hour")]
    words = [_unit(count, unit, lang) for count, unit in counts]
    return str(format_list(words, locale=locale(lang)))


def _unit(count: int, unit: Unit, lang: str) -> str:
    seconds = {"day": 86400, "hour": 3600, "minute": 60}[unit]
    return str(
        format_timedelta(count * seconds, granularity=unit, threshold=10**9, locale=locale(lang))
        if count
        else format_timedelta(0, granularity=unit, locale=locale(lang))
    )


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant said so that nobody can mistake it: zone in words, UTC, what is left."""

    instant: str
    now: str
    words: str
    place: str
    utc: str
    left: str
    is_past: bool


def deadline(at: datetime, zone: str, now: datetime, lang: str = "") -> Deadline:
    local = at.astimezone(ZoneInfo(zone))
    return Deadline(
        instant=at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        now=now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        words=f"{weekday(local.date(), lang)}, {clock(at, zone, lang)}",
        place=_("%(city)s time") % {"city": city(zone, lang)},
        utc=f"{day(at.astimezone(UTC).date(), lang)}, {clock(at, 'UTC', lang)} UTC",
        left=left(at, now, lang),
        is_past=now >= at,
    )
