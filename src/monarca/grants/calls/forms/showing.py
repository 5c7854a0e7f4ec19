"""A call as its pages show it: where it stands at an instant, and its questions in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines import questions
from monarca.grants.calls.models import Call
from monarca.kit import formats, trilingual
from monarca.kit.formats import Deadline

type Definition = Mapping[str, Any]
type Question = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A call at an instant: `phase` is coming, open or over."""

    call: Call
    phase: str
    opens: Deadline
    closes: Deadline

    @classmethod
    def of(cls, call: Call, *, at: datetime) -> "Shown":
        return cls(
            call,
            "open" if call.is_open(at) else "coming" if at < call.opens_at else "over",
            formats.deadline(call.opens_at, call.time_zone, at),
            formats.deadline(call.closes_at, call.time_zone, at),
        )


def window(calls: Iterable[Call], *, at: datetime) -> dict[str, list[Shown]]:
    """Calls by phase, each in the order given."""
    shown = [Shown.of(call, at=at) for call in calls]
    return {
        phase: [one for one in shown if one.phase == phase] for phase in ("open", "coming", "over")
    }


def weight(definition: Definition) -> int:
    return sum(criterion["weight"] for criterion in definition["criteria"])


def rate_words(call: Call) -> str:
    """The rate budgets are held against, with its day and source; nothing where none is known."""
    if call.rate is None:
        return ""
    return _("1 CAD = %(rate)s %(currency)s, rate of %(day)s") % {
        "currency": call.rate.currency,
        "rate": formats.number(round(1 / call.rate.cad, 3)),
        "day": formats.day(call.rate.on),
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the printed list shows it."""

    number: str
    key: str
    label: str
    hint: str
    kind: str
    options: tuple[str, ...]
    when: str
    required: bool


def asked(definition: Definition) -> list[dict[str, Any]]:
    """Every section with its questions numbered A1, A2, B1 …, in words."""
    labels = {
        each["key"]: each for section in definition["sections"] for each in section["questions"]
    }
    return [
        {
            "key": section["key"],
            "letter": chr(ord("A") + place),
            "title": trilingual.say(section["title"]).text,
            "intro": trilingual.say(section.get("intro")).text,
            "questions": [
                one(question, f"{chr(ord('A') + place)}{number}", definition, labels)
                for number, question in enumerate(section["questions"], 1)
            ],
        }
        for place, section in enumerate(definition["sections"])
    ]


def one(
    question: Question, number: str, definition: Definition, labels: Mapping[str, Question]
) -> Asked:
    options = () if question.get("list") == "states" else options_of(question, definition)
    return Asked(
        number,
        question["key"],
        trilingual.say(question["label"]).text,
        trilingual.say(question.get("hint")).text,
        kind_in_words(question),
        options,
        condition(question, labels),
        bool(question.get("required")),
    )


def options_of(question: Question, definition: Definition) -> tuple[str, ...]:
    offered = questions.options_of(question, definition)
    fields = question.get("fields", ())
    return tuple(trilingual.say(each["label"]).text for each in (*offered, *fields))


def condition(question: Question, labels: Mapping[str, Question]) -> str:
    """When this question is asked, in words; nothing when it always is."""
    when = question.get("when")
    if not when:
        return ""
    before = labels[when["question"]]
    names = {each["code"]: trilingual.say(each["label"]).text for each in before.get("options", ())}
    names |= {"yes": names.get("yes", _("Yes")), "no": names.get("no", _("No"))}
    answer = _(" or ").join(names.get(code, code) for code in when["is"])
    return _("Only if you answer “%(answer)s” to “%(question)s”") % {
        "answer": answer,
        "question": trilingual.say(before["label"]).text,
    }


def kind_in_words(question: Question) -> str:
    """What kind of answer is expected, and its limit."""
    if words := question.get("words"):
        return ngettext("up to %(count)s word", "up to %(count)s words", words) % {"count": words}
    if question["kind"] == "repeat" and (most := question.get("max")):
        return _("a list, %(most)s at most") % {"most": most}
    return KINDS.get(question["kind"], lambda: "")()


KINDS = {
    "text": lambda: _("a short text"),
    "words": lambda: _("a text"),
    "choice": lambda: _("choose one"),
    "choices": lambda: _("choose all that apply"),
    "yes_no": lambda: _("yes or no"),
    "date": lambda: _("a date"),
    "month": lambda: _("a month"),
    "money": lambda: _("an amount in Canadian dollars (CAD)"),
    "local_money": lambda: _("an amount in Mexican pesos (MXN)"),
    "number": lambda: _("a whole number"),
    "percent": lambda: _("a percentage"),
    "email": lambda: _("an e-mail address"),
    "phone": lambda: _("a phone number"),
    "url": lambda: _("a web address"),
    "place": lambda: _("state, municipality and locality"),
    "people": lambda: _("numbers of people by group"),
    "repeat": lambda: _("a list"),
    "file": lambda: _("a file"),
    "declaration": lambda: _("a box to tick"),
}
