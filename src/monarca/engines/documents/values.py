"""What was written, typed as its question asks: money, dates, choices, places, people."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monarca.engines import calendar, money
from monarca.engines.documents.everyday import MILLIONS, assent, dated, spoken
from monarca.engines.documents.guidance import cleaned, is_blank
from monarca.engines.documents.lexicon import LANGUAGES, Widened, tri, wording
from monarca.engines.documents.marks import boxes, normal
from monarca.engines.documents.tree import TICKED
from monarca.engines.documents.words import plain

type Json = Any

AMOUNT = re.compile(
    r"(?P<before>(?:US|CA|MX|C|CAD|MXN|USD|CDN)?\s?\$\s?(?:CAD|CA|MXN|USD)?"
    r"|\b(?:CAD|MXN|USD|CDN|CA|MN)\b\s?\$?)?"
    r"\s?(?P<number>\d[\d.,'\u2019\u00a0\u202f ]*\d|\d)"
    r"\s?(?P<thousand>mil\b|mille\b|thousand\b|k\b)?"
    r"\s?(?P<after>\$?\s?\b(?:CAD|MXN|USD|CDN|pesos|d[oó]lares|dollars|canad\w+|M\.?\s?N)\b"
    r"[\w\s.]{0,22}|\$\s?\w{0,3})?",
    re.IGNORECASE,
)
MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|january|february"
    "|march|april|may|june|july|august|september|october|november|december|janvier|f[eé]vrier|mars|avril|mai|juin"
    "|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre|ene|feb|mar|abr|jun|jul|ago|sept?|oct|nov|dic|jan|apr|aug|dec|d[eé]c"
    "|janv|f[eé]vr|avr|juil"
)
DATE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}"
    rf"|\d{{1,2}}(?:º|°|er|st|nd|rd|th|o)?\.?\s*(?:de\s+|of\s+|-|/)?(?:{MONTHS})\b\.?,?\s*(?:de\s+|del\s+|-|/)?\d{{2,4}}"
    rf"|\b(?:{MONTHS})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}",
    re.IGNORECASE,
)
MONTH = re.compile(
    rf"\b(?:{MONTHS})\b\.?,?[\s/-]*(?:de\s+|del\s+)?\d{{4}}|\d{{4}}-\d{{2}}|\b\d{{1,2}}/\d{{4}}",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)[^\s,;)]+"
    r"|(?<![@\w.+-])[\w-]+(?:\.[\w-]+)*\.(?:org|mx|com|net|ca|info)\b(?!@)(?:/\S*)?"
)
DOTTED = re.compile(r"(?<![@\w.+-])[\w-]{2,}(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?(?![@\w])")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ ,.\u00a0]\d{3})+(?![\d])|\d+")
YES = {"si", "yes", "oui", "x", "verdadero", "true", "vrai", "afirmativo", "acepto", "accept"}
NO = {"no", "non", "ninguno", "ninguna", "false", "falso", "none", "aucun", "aucune"}
SHORT = 80
LEAST_CALLED = 5
PATH = re.compile(r"\s+[-\u2013\u2014>/|\u203a\u2192]+\s+|\s*[:\u203a\u2192]\s*|\s*\n\s*|\s+\(")
CURRENCIES = (
    ("MXN", re.compile(r"\bMXN?\b|pesos|\bM\.? ?N\b|moneda nacional|mexican", re.IGNORECASE)),
    ("USD", re.compile(r"\bUS\b|(?i:\bUSD\b|americ|estadounid|am[eé]ric)")),
    ("CAD", re.compile(r"\bCAD?\b|CDN|canad|\$ ?CAN\b|\bCAN ?\$|\bC\$", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The value, or None when the words were not understood; `sure` from 0 to 1."""

    value: Json
    sure: float = 1.0


UNREAD = Typed(None, 0.5)


def currency_of(text: str) -> str | None:
    return next((code for code, pattern in CURRENCIES if pattern.search(text)), None)


def only_currency(text: str) -> str:
    """The one currency a text names; "" when it names none or several."""
    named = [code for code, pattern in CURRENCIES if pattern.search(text)]
    return named[0] if len(named) == 1 else ""


def in_currency(typed: Typed, label: str, text: str) -> Typed:
    """The amount in the currency its question names, where the answer itself names none."""
    named = only_currency(label)
    if not named or currency_of(text) is not None or not isinstance(typed.value, dict):
        return typed
    return replace(typed, value={**typed.value, "currency": named})


def money_in(text: str, currency: str) -> Typed:
    """The first amount of the text that fits `currency`; whole cents."""
    found = []
    text = spoken(text) if not re.search(r"\d", text) or MILLIONS.search(text) else text
    for one in AMOUNT.finditer(text):
        number = one["number"].strip(" .,'\u2019\u00a0\u202f")
        parsed = money.parse(number, currency=currency)
        if parsed.money is None:
            continue
        around = f"{one['before'] or ''} {one['after'] or ''}"
        named = currency_of(around)
        cents = parsed.money.cents * (1000 if one["thousand"] else 1)
        weight = (named == currency) * 4 + (named is None) * 2 + ("$" in around) + (cents >= 100000)
        sure = 0.8 if parsed.ambiguous and "," not in number else 1.0
        found.append((weight, Typed({"cents": cents, "currency": named or currency}, sure)))
    return max(found, key=lambda each: each[0])[1] if found else UNREAD


def dates_in(text: str, language: str) -> list[str]:
    """Every date of the text in ISO 8601, in order; day first except in English."""
    found = []
    for one in DATE.findall(dated(text)):
        parsed = calendar.parse_date(re.sub(r"\s?([/.-])\s?", r"\1", one), language)
        if parsed.value is not None:
            found.append(parsed.value.isoformat())
    return found


def date_in(text: str, language: str, *, last: bool = False) -> Typed:
    """A date; of a bare month its first day, or its last when `last`."""
    days = dates_in(text, language)
    if days:
        return Typed(days[-1] if last else days[0])
    months = months_in(text, language)
    if not months:
        return UNREAD
    month = months[-1] if last else months[0]
    day = monthrange(int(month[:4]), int(month[5:]))[1] if last else 1
    return Typed(f"{month}-{day:02}", 0.75)


def months_in(text: str, language: str) -> list[str]:
    named = MONTH.findall(dated(text))
    found = [calendar.parse_month(one, language)[0] for one in named]
    whole = [day[:7] for day in dates_in(text, language)]
    return whole or [month for month in found if month]


def number_in(text: str) -> Typed:
    found = NUMBER.search(text) or NUMBER.search(spoken(text) if len(text) < SHORT else "")
    if found is None:
        return (
            Typed(0, 0.7)
            if plain(text).split()[:1] in (["ninguna"], ["none"], ["aucune"])
            else UNREAD
        )
    return Typed(int(re.sub(r"\D", "", found.group())[:15]))


class Options:
    """The options of one choice, by their labels and by everyday words."""

    def __init__(self, key: str, options: Sequence[Mapping[str, Any]]) -> None:
        more = wording()["options"]
        words = more.get(key) or more.get({"secondary_priority": "priority"}.get(key, ""), {})
        self.codes = [str(one["code"]) for one in options]
        pairs = [(str(one["code"]), text) for one in options for text in tri(one.get("label"))]
        pairs += [(code, code) for code in self.codes]
        pairs += [(code, text) for code in self.codes for text in words.get(code, ())]
        self._lexicon = Widened(pairs)
        self._nested = any("-" in one and one.partition("-")[0] in self.codes for one in self.codes)

    def code(self, text: str) -> tuple[str, float]:
        """The option a text means, and how surely; "" when none."""
        short = text.strip()
        under = self._under(short)
        if under:
            return under, 0.95
        tries = [
            short,
            re.split(r"[.;(\n:,]", short)[0],
            re.sub(r"^\S+\s?[\u2013\u2014-]\s", "", short),
        ]
        for one in tries:
            found = self._lexicon.match(one, asked=True) if one.strip() else None
            if found is not None:
                return found.target, found.score
        first = (plain(short).split() or [""])[0]
        said = assent(short) if first not in YES | NO else first in YES
        word = "" if said is None else "yes" if said else "no"
        if word and word not in self.codes:
            return "", 0.0
        return (word, 0.8) if word else ("", 0.0)

    def _under(self, text: str) -> str:
        """The option named by its heading and itself: "Governance - Human rights"."""
        parts = [one for one in PATH.split(text) if one.strip()]
        if len(parts) != 2 or not self._nested:
            return ""
        above, below = (self._lexicon.match(one, asked=True) for one in parts)
        if above is None or below is None or not below.target.startswith(f"{above.target}-"):
            return ""
        return below.target

    def one(self, text: str) -> Typed:
        if normal(text).strip() == TICKED and "yes" in self.codes:
            return Typed("yes", 0.9)
        marked = boxes(text)
        ticked = [label for label, on in marked if on]
        tries = ticked if marked else [line for line in [text, *text.split("\n")] if line.strip()]
        for label in tries:
            code, score = self.code(label)
            if code:
                return Typed(code, min(1.0, 0.4 + 0.6 * score) - 0.2 * (len(ticked) > 1))
        return self._left(marked)

    def _left(self, marked: Sequence[tuple[str, bool]]) -> Typed:
        """The option in unknown words is the one that no other box names."""
        others = {self.code(label)[0] for label, on in marked if not on}
        left = [code for code in self.codes if code not in others]
        alone = len(marked) == len(self.codes) == len(others) + 1 and "" not in others
        return Typed(left[0], 0.75) if alone and len(left) == 1 else UNREAD

    def many(self, text: str) -> Typed:
        marked = boxes(text)
        parts = [label for label, on in marked if on]
        if not marked:
            parts = [one for part in re.split(r"[\n;•·]", text) for one in self._split(part)]
        found = [self.code(part)[0] for part in parts]
        codes = list(dict.fromkeys(code for code in found if code))
        return Typed(codes, 0.95 if len(codes) == len(parts) else 0.75) if codes else UNREAD

    def _split(self, part: str) -> list[str]:
        """One option's words, or several options between commas or "and"."""
        if not part.strip() or self.code(part)[1] >= 0.85:
            return [part] if part.strip() else []
        pieces = re.split(r",", part)
        if len(pieces) == 1:
            pieces = re.split(r"\s[yeo]\s|\sand\s|\set\s", part)
            return [one for one in pieces if one.strip()]
        return [one for piece in pieces for one in self._split(piece)]


def yes_no(text: str) -> Typed:
    """True or False by the ticked box, else by the first word."""
    if normal(text).strip() == TICKED:
        return Typed(True)
    for label, on in boxes(text):
        if on:
            text = label
            break
    else:
        if boxes(text):
            return UNREAD
    first = (plain(text).split() or [""])[0]
    said = assent(text) if first not in YES | NO else first in YES
    return UNREAD if said is None else Typed(said)


def _mail(body: str) -> Typed:
    """The address in the words; words without one, such as "we have none", are no address."""
    found = EMAIL.search(body)
    if found is None:
        return Typed(body, 0.6) if "@" in body else UNREAD
    return Typed(found.group().rstrip(".,;"))


def _web(body: str) -> Typed:
    """The address in the words, less surely one of an uncommon ending; never without a dot."""
    found = URL.search(body)
    loose = None if found else DOTTED.search(body)
    if found is not None:
        return Typed(found.group().rstrip(".,;"))
    return Typed(loose.group().rstrip(".,;"), 0.6) if loose is not None else UNREAD


def _phone(body: str) -> Typed:
    """What was written, when it can be called: five figures or more."""
    return Typed(body) if len(re.findall(r"\d", body)) >= LEAST_CALLED else UNREAD


def _month(body: str, language: str) -> Typed:
    months = months_in(body, language)
    return Typed(months[0]) if months else UNREAD


def _declared(body: str) -> Typed:
    """True when it says yes, or when a box is ticked whose words do not say no."""
    ticked = [label for label, on in boxes(body) if on]
    if ticked:
        return Typed(True, 0.9) if yes_no(ticked[0]).value is not False else UNREAD
    return Typed(True, 0.9) if yes_no(body).value is True else UNREAD


MARKS = {"yes_no", "declaration"}


def simple(kind: str, text: str, language: str) -> Typed:
    """Values that need nothing but their text; `kind` as in the definition."""
    body = cleaned(text)
    if is_blank(body):
        return Typed(None, 0.0)
    readers: dict[str, Callable[[str], Typed]] = {
        "email": _mail,
        "url": _web,
        "phone": _phone,
        "money": lambda body: money_in(body, "CAD"),
        "local_money": lambda body: money_in(body, "MXN"),
        "month": lambda body: _month(body, language),
        "number": number_in,
        "percent": number_in,
        "yes_no": yes_no,
        "declaration": _declared,
    }
    return readers.get(kind, Typed)(text if kind in MARKS else body)


SPANISH = re.compile(r"\b(el|los|las|del|que|con|para|una|por|se|y|en|mujeres|proyecto)\b")
FRENCH = re.compile(r"\b(les|des|du|que|avec|pour|une|par|et|dans|femmes|projet|nous|aux|est)\b")
ENGLISH = re.compile(r"\b(the|and|of|with|for|that|in|to|women|project|we|is|are|will)\b")


SLASHED = re.compile(r"\b(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?\d{2,4}\b")


def date_order(text: str, language: str) -> str:
    """The language whose order of day and month the document's own dates show."""
    found = [(int(first), int(second)) for first, second in SLASHED.findall(text)]
    day_first = sum(1 for first, second in found if first > 12 >= second)
    month_first = sum(1 for first, second in found if second > 12 >= first)
    if day_first == month_first:
        return language
    return "es" if day_first > month_first else "en"


def language_of(text: str) -> str:
    """The language most of a text is written in: es, en or fr."""
    body = plain(text[:60_000])
    counts = [len(pattern.findall(body)) for pattern in (SPANISH, ENGLISH, FRENCH)]
    return LANGUAGES[counts.index(max(counts))] if any(counts) else "es"
