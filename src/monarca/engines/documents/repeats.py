"""Answers of several rows: from the rows of a table, or from the lines of a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monarca.engines import calendar
from monarca.engines.documents.guidance import is_blank
from monarca.engines.documents.lexicon import Widened
from monarca.engines.documents.places import labelled, place
from monarca.engines.documents.values import MONTHS, NO, Json, Options, months_in, simple
from monarca.engines.documents.words import plain

BULLET = re.compile(r"^\s*(?:[•·▪◦*\u2013\u2014-]|\(?\d{1,2}[.)\]:]|[a-z]\)|(?:R|A|I)\d[.:)])\s*")
BARE_MONTH = re.compile(rf"\b(?:{MONTHS})\b", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:mes|month|mois|m)\s*(\d{1,2})\b", re.IGNORECASE)
TOTAL = re.compile(r"^(sub)?total")


@dataclass(frozen=True, slots=True)
class Setting:
    """What typing needs to know: language, the project's first month, names of municipalities."""

    language: str = "es"
    start: str = ""
    municipalities: Mapping[str, str] = field(default_factory=dict)


def months(text: str, setting: Setting) -> list[str]:
    """Months as YYYY-MM; a month without a year is the first one after the project begins."""
    found = months_in(text, setting.language)
    named = BARE_MONTH.findall(text)
    if found and len(named) > len(found):
        return [*_before(named, found[0], setting), *found]
    if found or not setting.start:
        return found
    year, first = int(setting.start[:4]), int(setting.start[5:7])
    bare = []
    for word in BARE_MONTH.findall(text):
        whole, _ = calendar.parse_month(f"{word} {year}", setting.language)
        number = int(whole[5:]) if whole else 0
        if number:
            bare.append(f"{year + (number < first):04}-{number:02}")
    for one in NUMBERED.findall(text) if not bare else ():
        at = first - 1 + int(one) - 1
        bare.append(f"{year + at // 12:04}-{at % 12 + 1:02}")
    return bare


def _before(named: Sequence[str], dated: str, setting: Setting) -> list[str]:
    """The first month of "julio a septiembre 2026", whose year stands behind the last one."""
    whole, _ = calendar.parse_month(f"{named[0]} {dated[:4]}", setting.language)
    if not whole:
        return []
    return [whole if whole <= dated else f"{int(dated[:4]) - 1}{whole[4:]}"]


def _value(
    question: Mapping[str, Any], text: str, options: Options | None, setting: Setting
) -> Json:
    kind = str(question.get("kind", "text"))
    if kind == "month":
        found = months(text, setting)
        return found[0] if found else None
    if options is not None:
        digits = re.fullmatch(r"\s*([1-3])\s*(?:[/.\u2013-].*)?", text)
        if digits and digits[1] in options.codes:
            return digits[1]
        return options.one(text).value if kind == "choice" else options.many(text).value
    value = simple(kind, text, setting.language).value
    return " ".join(value.split()) if isinstance(value, str) else value


def item(
    fields: Sequence[Mapping[str, Any]],
    row: Mapping[str, str],
    options: Mapping[str, Options],
    setting: Setting,
) -> dict[str, Json]:
    """One row typed field by field; fields that say nothing are left out."""
    found: dict[str, Json] = {}
    for question in fields:
        key = str(question["key"])
        if question.get("kind") == "place":
            value: Json = place(" ".join(row.values()), setting.municipalities, row)
        else:
            value = _value(question, row.get(key, ""), options.get(key), setting)
        if value not in (None, "", []):
            found[key] = value
    if row.get("period") or _spans(row.get("starts", ""), setting):
        span = months(row.get("period", "") or row.get("starts", ""), setting)
        if span:
            found.setdefault("starts", span[0])
            found.setdefault("ends", span[-1])
    return found


def _spans(text: str, setting: Setting) -> bool:
    return len(months(text, setting)) > 1


def from_rows(
    question: Mapping[str, Any],
    rows: Sequence[Mapping[str, str]],
    options: Mapping[str, Options],
    setting: Setting,
) -> list[dict[str, Json]]:
    """Rows of a table; empty rows, rows of totals and repeated head rows are left out."""
    fields = question.get("fields", ())
    found = []
    for row in rows:
        texts = [text for text in row.values() if not is_blank(text)]
        if not texts or TOTAL.match(plain(texts[0])):
            continue
        if len(texts) == 1 and plain(texts[0]).split()[:1] and plain(texts[0]).split()[0] in NO:
            continue
        typed = item(fields, row, options, setting)
        if typed:
            found.append(typed)
    return numbered(found)


def numbered(rows: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    return [{"id": f"r{number}", **row} for number, row in enumerate(rows, 1)]


LABEL = re.compile(r"(?:^|(?<=[.;|,\t)])\s*)([^.:;|\t\n]{2,40}?)(?:\s?\([^()]{1,20}\))?\s?:\s+")


def split_record(line: str, lexicon: Widened, first: str) -> dict[str, str]:
    """A row written as a sentence: "1. 2021. Title: ... Funder: ..." by the labels it names."""
    found: dict[str, str] = {}
    field, at = first, 0
    for one in LABEL.finditer(line):
        match = lexicon.match(one[1], asked=True)
        if match is None or match.target in found or (match.target == field and at):
            continue
        before = line[at : one.start()].strip(" .;|,\t")
        year = re.fullmatch(r"(?:19|20)\d\d", before)
        found["year" if year and not at else field] = before
        field, at = match.target, one.end()
    found[field] = line[at:].strip(" .;|,\t")
    year = re.match(r"((?:19|20)\d\d)\b[.,:;\s-]*", found.get(first, ""))
    if year and found.get("year", "") == "":
        found["year"], found[first] = year[1], found[first][year.end() :]
    return {name: text for name, text in found.items() if text}


def from_records(
    question: Mapping[str, Any],
    text: str,
    lexicon: Widened,
    options: Mapping[str, Options],
    setting: Setting,
) -> list[dict[str, Json]] | None:
    """Rows written as sentences with the names of the fields inside; None when none names any."""
    texts = [one for one in question.get("fields", ()) if one.get("kind") in {"text", "words"}]
    if not texts:
        return None
    lines = [BULLET.sub("", line).strip() for line in text.split("\n")]
    rows = [split_record(line, lexicon, str(texts[0]["key"])) for line in lines if line]
    named = [row for row in rows if len(row) > 1]
    if not named or 2 * len(named) < len(rows):
        return None
    return from_rows(question, rows, options, setting)


def from_text(
    question: Mapping[str, Any], text: str, setting: Setting
) -> list[dict[str, Json]] | None:
    """Lines of a text, one row each in the first field; [] when it says there are none."""
    lines = [BULLET.sub("", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if not is_blank(line)]
    fields = [one for one in question.get("fields", ()) if one.get("kind") in {"text", "words"}]
    if not lines:
        return None
    if plain(lines[0]).split()[0:1] and plain(lines[0]).split()[0] in NO and len(lines[0]) < 160:
        return []
    if any(one.get("kind") == "place" for one in question.get("fields", ())):
        return _places(question, lines, setting)
    if question.get("key") in {"previous_canada", "other_projects"}:
        fields = [one for one in fields if one["key"] in {"project", "title"}] or fields
    if not fields:
        return None
    key = str(fields[0]["key"])
    return numbered([{key: line} for line in lines])


def _places(
    question: Mapping[str, Any], lines: Sequence[str], setting: Setting
) -> list[dict[str, Json]] | None:
    key = next(str(one["key"]) for one in question["fields"] if one.get("kind") == "place")
    pieces = [piece for line in lines for piece in ([line] if labelled(line) else line.split(";"))]
    found = [one for piece in pieces if (one := place(piece, setting.municipalities))]
    named = [one for one in found if one["state"]]
    if len(named) == 1 and len(found) > 1:
        for one in found:
            one["state"] = named[0]["state"]
        named = found
    return numbered([{key: one} for one in (named or found)]) or None
