"""What is wrong with answers: required, limits, options, shapes, order of dates."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from monarca.engines import calendar
from monarca.engines.questions import reading
from monarca.engines.questions.options import Context, questions_in
from monarca.engines.questions.problem import (
    Json,
    Problem,
    Question,
    is_blank,
    problem,
    raw_of,
)

type Answers = Mapping[str, Json]
type Judge = Callable[[Question, Any], Iterator[Problem]]

EMAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}")
URL = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?::\d{1,5})?(?:[/?#]\S*)?")
PHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|x|poste|int)\.?\s*\d{1,6})?", re.IGNORECASE)
NOTHING = Context()
PAIRS = {"ends_on": "starts_on", "ends": "starts"}


def count_words(text: str) -> int:
    """Words as a person counts them: runs without blanks that hold a letter or a figure."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def is_asked(question: Question, answers: Answers, *, context: Context = NOTHING) -> bool:
    """Does the answer to the question it hangs on call for this one (and is that one asked)?"""
    when = question.get("when")
    if not when:
        return True
    if not _said(answers.get(when["question"])) & set(when["is"]):
        return False
    before = [q for q in questions_in(context.definition) if q["key"] == when["question"]]
    return all(is_asked(each, answers, context=context) for each in before if each != question)


def _said(value: Json) -> set[str]:
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, list):
        return {each for each in value if isinstance(each, str)}
    return {value} if isinstance(value, str) else set()


def problems(
    question: Question, value: Json, answers: Answers, *, context: Context = NOTHING
) -> tuple[Problem, ...]:
    """Everything wrong with an answer as it stands; nothing when it is not asked.

    A text over its limit is a problem and stays whole. Never raises, whatever JSON was stored.
    """
    if not is_asked(question, answers, context=context):
        return ()
    if question["kind"] == "file":
        return _file(question, value, context)
    if (raw := raw_of(value)) is not None:
        reason = reading.reread(question["kind"], raw)
        return (Problem("", reason),) if reason else (problem("question.wrong_shape"),)
    if is_blank(value) or (question["kind"] == "declaration" and value is False):
        return _missing(question)
    if not isinstance(value, SHAPES[question["kind"]]) or _is_bool_for_number(question, value):
        return (problem("question.wrong_shape"),)
    judged = [*_limits(question, value), *_options(question, value, answers, context)]
    judged += JUDGES.get(question["kind"], _nothing)(question, value)
    if question["kind"] == "repeat":
        judged += _rows(question, value, answers, context)
    return (*judged, *_order(question["key"], value, answers))


def section_problems(
    section: Mapping[str, Any], answers: Answers, *, context: Context = NOTHING
) -> dict[str, tuple[Problem, ...]]:
    """The problems of one section, by question; only questions that have any."""
    found = {
        question["key"]: problems(question, answers.get(question["key"]), answers, context=context)
        for question in section.get("questions", ())
    }
    return {key: wrong for key, wrong in found.items() if wrong}


def complete(section: Mapping[str, Any], answers: Answers, *, context: Context = NOTHING) -> bool:
    """Could this section be submitted as it stands?"""
    return not section_problems(section, answers, context=context)


def problems_of(
    definition: Mapping[str, Any], answers: Answers, *, context: Context | None = None
) -> dict[str, tuple[Problem, ...]]:
    """The problems of the whole form, by question, in its order."""
    stand = context or Context(definition)
    found: dict[str, tuple[Problem, ...]] = {}
    for section in definition.get("sections", ()):
        found |= section_problems(section, answers, context=stand)
    return found


SHAPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(["text", "words", "choice", "date", "month", "email", "phone", "url"], str),
    **dict.fromkeys(["number", "percent"], int),
    **dict.fromkeys(["money", "local_money", "place", "people"], Mapping),
    **dict.fromkeys(["choices", "repeat"], list),
    **dict.fromkeys(["yes_no", "declaration"], bool),
}


def _is_bool_for_number(question: Question, value: Json) -> bool:
    return question["kind"] in {"number", "percent"} and isinstance(value, bool)


def _missing(question: Question) -> tuple[Problem, ...]:
    if not question.get("required"):
        return ()
    declared = question["kind"] == "declaration"
    return (problem("question.declaration_missing" if declared else "question.required"),)


def _file(question: Question, value: Json, context: Context) -> tuple[Problem, ...]:
    there = question["key"] in context.attached or not is_blank(value)
    return () if there or not question.get("required") else (problem("question.file_missing"),)


def _limits(question: Question, value: Json) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _text_limits(question, value)
    least, most = question.get("min"), question.get("max")
    if isinstance(value, list):
        if least is not None and len(value) < least:
            yield problem("question.too_few", min=least, count=len(value))
        if most is not None and len(value) > most:
            yield problem("question.too_many", max=most, count=len(value))


def _text_limits(question: Question, value: str) -> Iterator[Problem]:
    limit, length = question.get("words"), question.get("length")
    count = count_words(value)
    if limit is not None and count > limit:
        yield problem("question.too_many_words", limit=limit, count=count, over=count - limit)
    if length is not None and len(value) > length:
        over = len(value) - length
        yield problem("question.too_long", limit=length, count=len(value), over=over)


def _options(
    question: Question, value: Json, answers: Answers, context: Context
) -> Iterator[Problem]:
    if question["kind"] not in {"choice", "choices"}:
        return
    offered = {option["code"] for option in context.options(question, answers)}
    if not offered and question.get("list"):
        return
    for code in value if isinstance(value, list) else [value]:
        if code not in offered if isinstance(code, str) else True:
            yield problem("question.unknown_option", option=str(code)[:60])


def _rows(question: Question, value: Json, answers: Answers, context: Context) -> Iterator[Problem]:
    for place, row in enumerate(value, 1):
        if not isinstance(row, Mapping):
            yield problem("question.wrong_shape")
            continue
        name = str(row.get("id") or f"r{place}")
        for field in question.get("fields", ()):
            seen = {**answers, **row}
            for each in problems(field, row.get(field["key"]), seen, context=context):
                yield each.under(name, field["key"])


def _order(key: str, value: Json, answers: Answers) -> Iterator[Problem]:
    starts = answers.get(PAIRS.get(key, ""))
    comparable = isinstance(value, str) and isinstance(starts, str) and len(starts) == len(value)
    if comparable and value < starts:
        yield problem("question.ends_before_start")


def _nothing(question: Question, value: Json) -> Iterator[Problem]:  # noqa: ARG001
    yield from ()


def _date(question: Question, value: str) -> Iterator[Problem]:  # noqa: ARG001
    read = calendar.parse_date(value)
    if read.reason:
        yield Problem("", read.reason)
    elif read.value and read.value.isoformat() != value:
        yield problem("question.wrong_shape")


def _month(question: Question, value: str) -> Iterator[Problem]:  # noqa: ARG001
    month, reason = calendar.parse_month(value)
    if reason:
        yield Problem("", reason)
    elif month != value:
        yield problem("question.wrong_shape")


def _number(question: Question, value: int) -> Iterator[Problem]:
    least = question.get("min") or 0
    most = question.get("max", 100 if question["kind"] == "percent" else None)
    if value < least:
        yield problem("number.too_small", min=least)
    if most is not None and value > most:
        yield problem("number.too_large", max=most)


def _money(question: Question, value: Mapping[str, Json]) -> Iterator[Problem]:  # noqa: ARG001
    cents = value.get("cents")
    if not isinstance(cents, int) or isinstance(cents, bool) or not value.get("currency"):
        yield problem("question.wrong_shape")
    elif cents < 0:
        yield problem("money.negative")


def _email(question: Question, value: str) -> Iterator[Problem]:  # noqa: ARG001
    if not EMAIL.fullmatch(value) or ".." in value or len(value) > 254:
        yield problem("question.not_email")


def _phone(question: Question, value: str) -> Iterator[Problem]:  # noqa: ARG001
    if not PHONE.fullmatch(value) or not 7 <= sum(c.isdigit() for c in value) <= 21:
        yield problem("question.not_phone")


def _url(question: Question, value: str) -> Iterator[Problem]:  # noqa: ARG001
    if not URL.fullmatch(value) or len(value) > 2000:
        yield problem("question.not_url")


def _place(question: Question, value: Mapping[str, Json]) -> Iterator[Problem]:  # noqa: ARG001
    state, municipality = str(value.get("state") or ""), str(value.get("municipality") or "")
    if not state:
        yield problem("place.state_missing", "state")
    elif not municipality:
        yield problem("place.municipality_missing", "municipality")
    elif not municipality.startswith(state):
        yield problem("place.municipality_elsewhere", "municipality")


def _people(question: Question, value: Mapping[str, Json]) -> Iterator[Problem]:
    count = 0
    for side, groups in value.items():
        for group, number in groups.items() if isinstance(groups, Mapping) else ():
            leaf = {"kind": "number", "key": group}
            yield from (each.under(side, group) for each in problems(leaf, number, {}))
            count += number if isinstance(number, int) and side == "direct" else 0
    if not count and question.get("required"):
        yield problem("people.nobody", "direct")


JUDGES: Mapping[str, Judge] = {
    "date": _date,
    "month": _month,
    "number": _number,
    "percent": _number,
    "money": _money,
    "local_money": _money,
    "email": _email,
    "phone": _phone,
    "url": _url,
    "place": _place,
    "people": _people,
}
