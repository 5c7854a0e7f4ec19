"""What waits to be sent, and what a letter says in one person's language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import override

from monarca.engines.documents.writing import markdown
from monarca.engines.money import Money
from monarca.engines.reasons import Reason
from monarca.ground.journal.actions import label
from monarca.ground.letters.models import Letter
from monarca.kit import formats, reasons, trilingual

LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])")
PREFIX = re.compile(r"^/(?:(?:es|en|fr)/)?")
OPEN = "open"


class PlaceholderMissing(Exception):
    """The act that writes this letter does not give a value that its text asks for."""


class LetterUnknown(Exception):
    """Neither the call nor our templates have a text for this letter."""


@dataclass(frozen=True, slots=True)
class Words:
    """One letter as it will arrive: subject, plain text and HTML, all in `language`."""

    subject: str
    body: str
    html: str
    language: str


def due(*, at: datetime) -> QuerySet[Letter]:
    """The letters to send now, the longest waiting first."""
    return Letter.objects.filter(sent_at=None, next_try_at__lte=at).order_by("next_try_at", "pk")


def of_file(file: Model, *, at: datetime) -> QuerySet[Letter]:
    """The letters written about this application until `at`."""
    return Letter.objects.filter(file=label(file), at__lte=at).order_by("at", "pk")


def wait(tries: int) -> int:
    """Minutes until the next try: 1, 2, 4 … and never more than six hours."""
    return min(1 << max(tries - 1, 0), 360)


def is_discreet(file: Model | None) -> bool:
    """May letters about this file hold no more than its reference and a link?"""
    return str(getattr(file, "sensitivity", OPEN)) != OPEN


def compose(
    key: str, language: str, *, texts: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> Words:
    """The letter `key` in `language`, or in the next best one its text is written in.

    `texts` are the letters of a call's definition; a letter that is not in them is one of
    our own templates. Raises `PlaceholderMissing` and `LetterUnknown`.
    """
    found = (texts or {}).get(key)
    if found:
        body, language = trilingual.say(found["body"], language)
        subject = trilingual.say(found["subject"], language).text
    else:
        subject, body = _own(key, language)
    zone = str(values.get("zone", "UTC"))
    said = {name: written(name, value, language, zone) for name, value in values.items()}
    try:
        return dressed(markdown.fill(subject, said), markdown.fill(body, said), language)
    except KeyError as missing:
        raise PlaceholderMissing(key, missing.args[0]) from missing


def dressed(subject: str, body: str, language: str) -> Words:
    """Subject and small Markdown as plain text and as accessible HTML."""
    blocks = markdown.parse(body)
    line = "".join(run.text for run in markdown.runs(markdown.line(subject)))
    with override(language):
        html = render_to_string(
            "letters/letter.html",
            {
                "tag": formats.TAGS[formats.language(language)],
                "subject": line,
                "blocks": [_shown(block) for block in blocks],
            },
        )
    return Words(line, "\n\n".join(_plain(block) for block in blocks) + "\n", html, language)


def written(name: str, value: Any, language: str, zone: str = "UTC") -> str:
    """A value as this reader reads it: days, instants, money, reasons and trilingual texts."""
    if name == "address":
        return address(str(value), language)
    if isinstance(value, datetime):
        return formats.instant(value, zone, language)
    if isinstance(value, int | Decimal):
        return _number(name, value, language)
    for kind, say in SAID:
        if isinstance(value, kind):
            return say(value, language)
    return str(value)


SAID: tuple[tuple[type, Callable[[Any, str], str]], ...] = (
    (date, formats.day),
    (Money, lambda money, language: formats.money(money.cents, money.currency, language)),
    (Reason, reasons.sentence),
    (Mapping, lambda texts, language: trilingual.say(texts, language).text),
)


def address(place: str, language: str) -> str:
    """A path of ours, with or without a language, as a whole address in the reader's language."""
    if not place.startswith("/"):
        return place
    return str(settings.ADDRESS) + PREFIX.sub(f"/{language}/", place)


def _number(name: str, value: int | Decimal, language: str) -> str:
    if name.endswith("_cents"):
        return formats.money(int(value), "CAD", language)
    return str(value) if name in {"number", "year"} else formats.number(value, language)


def _own(key: str, language: str) -> tuple[str, str]:
    if key not in OWN:
        raise LetterUnknown(key)
    with override(language):
        text = render_to_string(f"letters/{key}.txt")
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


OWN = frozenset(
    (
        "file.news",
        "consultation.news",
        "edition.shared",
        "text.waits",
        "disclosure.published",
        "commitment.report_due",
        "commitment.report_overdue",
        *(f"youth.{news}" for news in ("received", "drawn", "not_drawn")),
        *(f"agreement.{news}" for news in ("amended", "suspended", "resumed", "ended")),
    )
)
"""Letters that we write ourselves; the others are the call's."""


def _plain(block: markdown.Paragraph | markdown.Items) -> str:
    if isinstance(block, markdown.Items):
        return "\n".join("- " + "".join(run.text for run in item) for item in block.items)
    return "".join(run.text for run in block.runs)


def _shown(block: markdown.Paragraph | markdown.Items) -> dict[str, Any]:
    if isinstance(block, markdown.Items):
        return {"items": [_pieces(item) for item in block.items]}
    return {"pieces": _pieces(block.runs)}


def _pieces(runs: tuple[markdown.Run, ...]) -> list[dict[str, Any]]:
    return [
        {"text": text, "bold": run.bold, "link": bool(LINK.fullmatch(text))}
        for run in runs
        for text in LINK.split(run.text)
        if text
    ]
