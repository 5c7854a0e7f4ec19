"""The government's year (1 April to 31 March), its quarters, and dates as people write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from monarca.engines.reasons import Reason

CODES = (
    "date.empty",
    "date.unreadable",
    "date.no_such_day",
    "date.out_of_range",
    "month.unreadable",
)

EARLIEST = 1900
LATEST = 2100
LONGEST = 60

NAMES = (
    ("enero ene", "january jan", "janvier janv"),
    ("febrero feb", "february feb", "fevrier fevr fev"),
    ("marzo mar", "march mar", "mars"),
    ("abril abr", "april apr", "avril avr"),
    ("mayo may", "may", "mai"),
    ("junio jun", "june jun", "juin"),
    ("julio jul", "july jul", "juillet juil"),
    ("agosto ago", "august aug", "aout"),
    ("septiembre setiembre sep sept set", "september sep sept", "septembre sept"),
    ("octubre oct", "october oct", "octobre oct"),
    ("noviembre nov", "november nov", "novembre nov"),
    ("diciembre dic", "december dec", "decembre dec"),
)
MONTHS = {
    name: month
    for month, languages in enumerate(NAMES, 1)
    for names in languages
    for name in names.split()
}
IGNORED = """
lunes martes miercoles jueves viernes sabado domingo
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche
de del el la le a al of the on du dia day jour ano annee year
"""
LITTLE = frozenset(IGNORED.split())
FIRST = {"primero": "1", "premier": "1", "first": "1"}

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SLASHED = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|ro|º|°|ª)?")
YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year of the Government of Canada, named by the year in which it begins.

    Source: Financial Administration Act, R.S.C. 1985, c. F-11, section 2: from 1 April to 31 March.
    """

    begins: int

    @property
    def label(self) -> str:
        return f"{self.begins}-{self.begins + 1}"

    @property
    def starts_on(self) -> date:
        return date(self.begins, 4, 1)

    @property
    def ends_on(self) -> date:
        return date(self.begins + 1, 3, 31)

    @property
    def next(self) -> "FiscalYear":
        return FiscalYear(self.begins + 1)

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        return tuple(Quarter(self.begins, number) for number in (1, 2, 3, 4))

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a fiscal year: 1 is April to June, 4 is January to March of the next year."""

    begins: int
    number: int

    @property
    def label(self) -> str:
        return f"Q{self.number}"

    @property
    def fiscal_year(self) -> FiscalYear:
        return FiscalYear(self.begins)

    @property
    def starts_on(self) -> date:
        if self.number == 4:
            return date(self.begins + 1, 1, 1)
        return date(self.begins, 1 + 3 * self.number, 1)

    @property
    def ends_on(self) -> date:
        months = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}
        return date(self.begins + (self.number == 4), *months[self.number])


def fiscal_year_of(day: date) -> FiscalYear:
    return FiscalYear(day.year if day.month >= 4 else day.year - 1)


def quarter_of(day: date) -> Quarter:
    return Quarter(fiscal_year_of(day).begins, (day.month - 4) % 12 // 3 + 1)


def quarter_end(day: date) -> date:
    """The last day of the quarter in which `day` falls."""
    return quarter_of(day).ends_on


def labelled(label: str) -> FiscalYear | None:
    """The year a label names: "2024-2025", "2024-25", "2024/2025"; None when it names none."""
    found = re.fullmatch(r"\s*(?:FY\s*)?(\d{4})\s*[-/\u2013]\s*(\d{4}|\d{2})\s*", label)
    if not found:
        return None
    year = FiscalYear(int(found[1]))
    return year if str(year.begins + 1).endswith(found[2]) else None


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a period that lies in one fiscal year; both days included."""

    fiscal_year: FiscalYear
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def split(starts_on: date, ends_on: date) -> tuple[Span, ...]:
    """A period, both days included, cut at each 31 March. Nothing if it ends before it starts."""
    spans = []
    while starts_on <= ends_on:
        year = fiscal_year_of(starts_on)
        until = min(ends_on, year.ends_on)
        spans.append(Span(year, starts_on, until))
        starts_on = until + timedelta(days=1)
    return tuple(spans)


def fiscal_years(starts_on: date, ends_on: date) -> tuple[str, ...]:
    """The labels of the fiscal years a period touches."""
    return tuple(span.fiscal_year.label for span in split(starts_on, ends_on))


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What a written date was read as, or the reason why not.

    `ambiguous`: day and month could be exchanged ("03/09/2024"); the language decided.
    """

    value: date | None = None
    ambiguous: bool = False
    reason: Reason | None = None


def parse_date(text: str, language: str = "es") -> ParsedDate:
    """Read a date in words or figures; names of months in three languages are always understood.

    In figures the year may stand first (ISO 8601). Otherwise the day stands first in `es` and `fr`
    and the month in `en`; a figure above twelve decides for itself. Two-figure years are 20xx.
    """
    plain = _plain(text)
    if not plain:
        return ParsedDate(reason=Reason("date.empty"))
    if len(plain) > LONGEST:
        return _refused("date.unreadable", text)
    if found := ISO.fullmatch(plain) or COMPACT.fullmatch(plain):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := SLASHED.fullmatch(plain):
        return _slashed(text, int(found[1]), int(found[2]), found[3], language)
    return _worded(text, plain)


def parse_month(text: str, language: str = "es") -> tuple[str | None, Reason | None]:
    """Read a month as "YYYY-MM"; a whole date counts as its month."""
    plain = _plain(text)
    year, month = _month(plain)
    if month is None:
        whole = parse_date(text, language)
        if whole.value and not whole.ambiguous:
            year, month = whole.value.year, whole.value.month
    if month is None or not (1 <= month <= 12 and EARLIEST <= year <= LATEST):
        return None, Reason("month.unreadable", {"text": text.strip()[:LONGEST]})
    return f"{year:04}-{month:02}", None


def _month(plain: str) -> tuple[int, int | None]:
    if found := YEAR_AND_MONTH.fullmatch(plain):
        return int(found[1]), int(found[2])
    if found := MONTH_AND_YEAR.fullmatch(plain):
        return int(found[2]), int(found[1])
    words = _words(plain)
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    if len(words) == 2 and len(months) == len(years) == 1:
        return years[0], months[0]
    return 0, None


def _plain(text: str) -> str:
    """Lower case, no accents, one kind of blank."""
    kept = text.replace("º", "o").replace("°", "o").lower()
    folded = unicodedata.normalize("NFKD", kept)
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split()).strip(" .")


def _words(plain: str) -> list[str]:
    parts = re.split(r"[\s,./-]+", plain)
    return [part for part in parts if part and part not in LITTLE]


def _worded(text: str, plain: str) -> ParsedDate:
    words = [FIRST.get(word, word) for word in _words(plain)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(found[1]) for word in words if (found := ORDINAL.fullmatch(word))]
    if len(words) == 3 and len(days) == 2 and len(months) == 1 and not years:
        years = [2000 + days.pop()]
    if len(words) != 3 or [len(months), len(years), len(days)] != [1, 1, 1]:
        return _refused("date.unreadable", text)
    return _day(text, years[0], months[0], days[0])


def _slashed(text: str, first: int, second: int, year: str, language: str) -> ParsedDate:
    full = int(year) + (2000 if len(year) == 2 else 0)
    month_first = second > 12 or (language == "en" and first <= 12)
    day, month = (second, first) if month_first else (first, second)
    return _day(text, full, month, day, ambiguous=first != second and max(first, second) <= 12)


def _day(text: str, year: int, month: int, day: int, *, ambiguous: bool = False) -> ParsedDate:
    if not EARLIEST <= year <= LATEST:
        return ParsedDate(
            reason=Reason("date.out_of_range", {"earliest": str(EARLIEST), "latest": str(LATEST)})
        )
    try:
        return ParsedDate(date(year, month, day), ambiguous=ambiguous)
    except ValueError:
        return _refused("date.no_such_day", text)


def _refused(code: str, text: str) -> ParsedDate:
    return ParsedDate(reason=Reason(code, {"text": text.strip()[:LONGEST]}))
