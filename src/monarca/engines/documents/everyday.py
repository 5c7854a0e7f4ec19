"""Everyday writing turned into what the readers of values know: numbers, dates, yes and no.

"Cuarenta y cinco mil" is 45000; "del 1 de julio al 30 de noviembre de 2026" has two dates, the year
of which is written once; "todavia no" is no. Nothing is added that the words do not say: a year
that stands nowhere stays unknown.
"""

import re
from calendar import monthrange

from monarca.engines.documents.words import plain

UNITS = (
    "cero zero|un uno una one|dos two deux|tres three trois|cuatro four quatre|cinco five cinq"
    "|seis six|siete seven sept|ocho eight huit|nueve nine neuf|diez ten dix|once eleven onze"
    "|doce twelve douze|trece thirteen treize|catorce fourteen quatorze|quince fifteen quinze"
    "|dieciseis sixteen seize|diecisiete seventeen|dieciocho eighteen|diecinueve nineteen"
    "|veinte twenty vingt|veintiun veintiuno|veintidos|veintitres|veinticuatro|veinticinco"
    "|veintiseis|veintisiete|veintiocho|veintinueve"
)
NUMBERS = {
    word: value for value, words in enumerate(UNITS.split("|")) for word in words.split()
} | {
    word: 10 * value
    for value, words in (
        (3, "treinta thirty trente"),
        (4, "cuarenta forty quarante"),
        (5, "cincuenta fifty cinquante"),
        (6, "sesenta sixty soixante"),
        (7, "setenta seventy"),
        (8, "ochenta eighty"),
        (9, "noventa ninety"),
    )
    for word in words.split()
}
HUNDREDS = {
    word: 100 * value
    for value, words in (
        (1, "cien ciento"),
        (2, "doscientos doscientas"),
        (3, "trescientos trescientas"),
        (4, "cuatrocientos cuatrocientas"),
        (5, "quinientos quinientas"),
        (6, "seiscientos seiscientas"),
        (7, "setecientos setecientas"),
        (8, "ochocientos ochocientas"),
        (9, "novecientos novecientas"),
    )
    for word in words.split()
}
HUNDRED = {"hundred", "cent", "cents"}
THOUSAND = {"mil", "thousand", "mille"}
SCORE = {"vingts", "vingt"}
LINKS = {"y", "and", "et"}
MILLIONS = re.compile(
    r"(\d+(?:[.,]\d{1,3})?)\s*(?:millones|mill[oó]n|millions?|mdp)\b(?:\s+(?:de|d\W?))?",
    re.IGNORECASE,
)
NAMES = (
    "ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|mayo|jun(?:io)?|jul(?:io)?|ago(?:sto)?|sept?(?:iembre)?|setiembre"
    "|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?|jan(?:uary)?|february|march|apr(?:il)?|may|june|july|aug(?:ust)?"
    "|september|october|november|dec(?:ember)?|janv(?:ier)?|f[eé]v(?:rier)?|f[eé]vr|mars|avr(?:il)?|mai|juin|juil(?:let)?"
    "|ao[uû]t|septembre|octobre|novembre|d[eé]c(?:embre)?"
)
DAY = r"(?<!\d)(?P<{0}>\d{{1,2}})(?:º|°|er|ro|st|nd|rd|th|o)?"
LAST = re.compile(
    rf"(?:{DAY.format('day')}\.?\s*(?:de\s+|of\s+)?(?P<month>{NAMES})\b\.?|(?P<name>{NAMES})\b\.?\s+"
    rf"{DAY.format('number')}|(?P<bare>{NAMES})\b\.?)"
    r",?\s*(?:de\s+|del\s+(?:a[nñ]o\s+)?)?(?P<year>20\d\d)",
    re.IGNORECASE,
)
FIRST = re.compile(
    rf"(?:{DAY.format('day')}(?:\s*(?:de\s+)?(?P<month>{NAMES})\b\.?)?|(?P<name>{NAMES})\b\.?"
    rf"(?:\s+{DAY.format('number')})?)"
    r"\s*(?:al?|hasta(?:\s+el)?|to|until|till|through|au|jusqu\W?au|[aà]|y|and|et|[-\u2013\u2014/])\s*(?:el\s+|the\s+|le\s+)?$",
    re.IGNORECASE,
)
NEAR = 60
ROMAN = re.compile(r"\b(\d{1,2})\s?[-/.]\s?([IVX]{1,4})\s?[-/.]\s?(\d{4})\b")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MONTHS = (
    "ene jan",
    "feb fev",
    "mar",
    "abr apr avr",
    "may mai",
    "jun juin",
    "jul juil",
    "ago aug aou",
    "sep set",
    "oct",
    "nov",
    "dic dec",
)
WORDED_DAY = re.compile(
    r"\b(primero|(?:veinti|dieci)?\w{2,7}|treinta(?: y uno)?|premier|first)\s+(?:de\s+|of\s+)?"
    rf"(?=(?:{NAMES})\b)",
    re.IGNORECASE,
)
SPAN = re.compile(r"\b(\d{1,2}|[a-z]{3,8})\s+(?:meses|months?|mois)\b", re.IGNORECASE)
YES = re.compile(
    r"(?:si|yes|oui|claro|por supuesto|desde luego|asi es|correcto|afirmativo|simon|sip|of course"
    r"|certainly|indeed|bien sur|tout a fait|absolument|en effet|yep|yeah)\b"
)
NO = re.compile(
    r"(?:no|non|nope|ninguno|ninguna|none|aucune?|nunca|jamas|tampoco|todavia no|aun no|not yet"
    r"|pas encore|pas pour|por ahora no|de momento no|por el momento no|claro que no|never|jamais"
    r"|nel|ahora no|ahorita no|not at|aucunement)\b"
)


def spoken(text: str) -> str:
    """The text with numbers in words as figures where they stand alone or before "thousand"."""
    return _figures(re.split(r"(\W+)", MILLIONS.sub(_million, text)))


def _million(found: re.Match[str]) -> str:
    whole = float(found[1].replace(",", "."))
    return f"{round(whole * 1_000_000)} "


def _figures(pieces: list[str]) -> str:
    out: list[str] = []
    at = 0
    while at < len(pieces):
        value, used = _number(pieces, at)
        if used:
            out.append(str(value))
            at += used
        else:
            out.append(pieces[at])
            at += 1
    return "".join(out)


def _number(pieces: list[str], at: int) -> tuple[int, int]:
    """The number that words from `at` on say, and how many pieces they take; (0, 0) = none."""
    total = current = used = 0
    telling = False
    for step in range(at, len(pieces), 2):
        word = plain(pieces[step])
        if step > at and not re.fullmatch(r"[\s-]+", pieces[step - 1]):
            break
        if word in LINKS and telling:
            continue
        value = NUMBERS.get(word, HUNDREDS.get(word))
        if word in SCORE and current == 4:
            current = 80
        elif value is not None:
            current += value
        elif word in HUNDRED:
            current = max(current, 1) * 100
        elif word in THOUSAND:
            total, current = total + max(current, 1) * 1000, 0
        else:
            break
        telling = telling or value != 1 or word in THOUSAND
        telling = True
        used = step - at + 1
    return total + current, used


def dated(text: str) -> str:
    """The text with the year at every date of a span, and days and months in figures."""
    text = ROMAN.sub(_roman, text)
    text = WORDED_DAY.sub(_day, text)
    for last in reversed(list(LAST.finditer(text))):
        left = max(0, last.start() - NEAR)
        before = FIRST.search(text[left : last.start()])
        if before is not None:
            told = text[: left + before.start()] + _written(before, last)
            text = told + text[last.start() :]
    return text


def _roman(found: re.Match[str]) -> str:
    month = found[2].upper()
    return f"{found[1]}/{ROMANS.index(month) + 1}/{found[3]}" if month in ROMANS else found.group()


def _day(found: re.Match[str]) -> str:
    word = plain(found[1])
    value = 1 if word in {"primero", "premier", "first"} else NUMBERS.get(word, 0)
    return f"{value} " if 0 < value < 32 else found.group()


def _written(before: re.Match[str], last: re.Match[str]) -> str:
    """The first date of a span, with its month and its year."""
    end_name = last["month"] or last["name"] or last["bare"]
    name = before["month"] or before["name"] or end_name
    year = int(last["year"])
    if month_of(name) > month_of(end_name):
        year -= 1
    day = before["day"] or before["number"]
    if not day and not last["bare"]:
        return before.group()
    whole = f"{day} {name} {year}" if day else f"{name} {year}"
    return f"{whole} \u2013 "


def month_of(name: str) -> int:
    short = plain(name)
    return next(
        (at for at, many in enumerate(MONTHS, 1) if short.startswith(tuple(many.split()))), 0
    )


def after(start: str, text: str) -> str:
    """The last day of a stretch of months that begins on `start`, as YYYY-MM-DD; "" without any."""
    found = SPAN.search(text)
    if found is None:
        return ""
    count = int(found[1]) if found[1].isdigit() else NUMBERS.get(plain(found[1]), 0)
    if not 0 < count <= 36:
        return ""
    year, month, day = (int(part) for part in start.split("-"))
    number = year * 12 + month - 1 + count - (day == 1)
    year, month = number // 12, number % 12 + 1
    most = monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{most if day == 1 else min(day - 1, most):02}"


def assent(text: str) -> bool | None:
    """Yes or no as people say it; None when the words say neither first."""
    body = re.sub(r"^(?:pues|bueno|la verdad|actually|well|eh bien|ya) ", "", plain(text))
    if NO.match(body) or body.startswith("claro que no"):
        return False
    return True if YES.match(body) else None
