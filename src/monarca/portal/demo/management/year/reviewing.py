"""Fourth chapter: readers declare their interests, score with words, and advise."""

import re
from collections.abc import Mapping
from typing import Any

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.reviews import actions as reviews
from monarca.grants.reviews.models import Assignment
from monarca.kit import formats, trilingual
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

SHORT = 240
SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)


def review(year: Year) -> None:
    """Every file of the story to its readers, and what they wrote about it."""
    story = stage.told("reviews")
    pairs = [(name, reader) for name, readers in whole(story).items() for reader in readers]
    given = {pair: give(year, *pair) for pair in pairs}
    for (name, reader), assignment in given.items():
        interest = story["interests"].get(name, {}).get(reader, {"level": "none"})
        declare(assignment, interest)
    for (name, reader), assignment in given.items():
        if reader in story["reviews"].get(name, {}):
            write(assignment, story["voices"][reader], story["reviews"][name][reader])
        elif reader in story["begun"].get(name, {}):
            begin(assignment, story["voices"][reader], story["begun"][name][reader])
    year.say(f"{sum(map(len, story['reviews'].values()))} reviews complete")


def whole(story: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Who reads what: those who finish, those who only begin, those who may not read at all."""
    parts = [story[part] for part in ("reviews", "begun", "interests")]
    return {
        name: {k: v for part in parts for k, v in part.get(name, {}).items()}
        for part in parts
        for name in part
    }


def give(year: Year, name: str, reader: str) -> Assignment:
    """Assigned by the manager, until the end of May."""
    return reviews.assign(
        year.reload(name),
        by=year.staff["manager"],
        at=calendar.ASSIGNS,
        reviewer=year.staff[reader],
        due_on=calendar.REVIEW_DUE,
    )


def declare(given: Assignment, interest: Mapping[str, str]) -> None:
    """The reader says whether anything stands between them and the file, before all else."""
    reviews.declare(given.application, by=given.reviewer, at=calendar.DECLARES, **interest)
    given.refresh_from_db()


def write(given: Assignment, voice: Mapping[str, list[str]], said: Mapping[str, Any]) -> None:
    """Points with their words, the GE code with its reason, statements with evidence, advice."""
    by, at = given.reviewer, calendar.READS
    code, why = said["ge"]
    reviews.score(
        given,
        by=by,
        at=at,
        scores=scores(given, voice, said["points"]),
        booleans=checklist(given, code),
        ge_code=code,
        ge_words=why,
        overall=overall(said["points"]),
    )
    answers = applications.answers_of(given.application)
    for kind, question, level, words in said["says"]:
        quote = quotable(answers.get(question))
        reviews.state(
            given, by=by, at=at, kind=kind, level=level, words=words, question=question, quote=quote
        )
    advice, words = said["advice"]
    reviews.recommend(given, by=by, at=at, advice=advice, words=words)


def begin(given: Assignment, voice: Mapping[str, list[str]], said: Mapping[str, Any]) -> None:
    """A review that its reader has only begun: the first criteria have points."""
    points = scores(given, voice, said["points"])
    reviews.score(given, by=given.reviewer, at=calendar.READS, scores=points)


def third_readings(year: Year) -> None:
    """The committee put a file off: somebody else reads it too, and has not begun."""
    for name, each in stage.told("reviews")["third"].items():
        reviews.assign(
            year.reload(name),
            by=year.staff["manager"],
            at=calendar.HEAD_CONFIRMS,
            reviewer=year.staff[each["reader"]],
            due_on=calendar.READ_BY_AUTUMN,
        )


def scores(
    given: Assignment, voice: Mapping[str, list[str]], points: str
) -> dict[str, tuple[int, str]]:
    """Criterion -> points and the reader's own sentence, with the file's facts in it."""
    definition = calls.definition(given.application.form_id)
    codes = [criterion["code"] for criterion in definition["criteria"]]
    facts = facts_of(given)
    return {
        code: (int(point), voice[code][band(int(point))].format_map(facts))
        for code, point in zip(codes, points, strict=False)
    }


def band(points: int) -> int:
    """Low, middling, high: which of the reader's three sentences fits."""
    return 0 if points <= 2 else 1 if points == 3 else 2


def facts_of(given: Assignment) -> dict[str, Any]:
    """What the comments name: the file's own activities, figures and sentences."""
    file, language = given.application, given.reviewer.language
    answers = applications.answers_of(file)
    activities = rows(answers, "activities")
    first = {key: (rows(answers, key) or [{}])[0] for key in ("indicators", "risks")}
    return {
        "title": file.shown_title,
        "priority": priority_of(file, language),
        "activity": (activities or [{}])[0].get("activity", "—"),
        "count": len(activities),
        "evidence": plain(quotable(answers.get("gba_evidence"))),
        "changed": plain(quotable(answers.get("gba_changed"))),
        "after": plain(quotable(answers.get("sustainability"))),
        "indicator": first["indicators"].get("name", "—"),
        "baseline": first["indicators"].get("baseline", "—"),
        "target": first["indicators"].get("target", "—"),
        "risk": plain(first["risks"].get("risk")),
        "mitigation": plain(first["risks"].get("mitigation")),
        "founded": answers.get("founded", "—"),
        "requested": formats.money(file.requested_cents or 0, "CAD", language),
        "starts": formats.day(file.starts_on, language) if file.starts_on else "—",
        "ends": formats.day(file.ends_on, language) if file.ends_on else "—",
    }


def priority_of(file: Application, language: str) -> str:
    """The priority's name as the reader says it."""
    listed = calls.definition(file.form_id)["priorities"]
    nodes = [each for node in listed for each in (node, *node.get("children", ()))]
    label = next((node["label"] for node in nodes if node["code"] == file.priority), None)
    return trilingual.say(label, language).text if label else file.priority


def rows(answers: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = answers.get(key)
    return value if isinstance(value, list) else []


def plain(words: Any) -> str:
    """A sentence without its full stop, to stand inside another."""
    return str(words or "—").strip().rstrip(".")


def quotable(words: Any) -> str:
    """An answer short enough to quote, or its first sentence: either is found again in it."""
    text = str(words or "").strip()
    found = SENTENCE.match(text)
    return found[1] if found and len(text) > SHORT else text


def checklist(given: Assignment, ge_code: int) -> dict[str, bool]:
    """The GBA+ checklist as the GE code implies: what a higher code needs is there."""
    needs = {"equality_is_main_aim": 3, "intermediate_outcome": 2, "immediate_outcome": 1}
    codes = [
        each["code"] for each in calls.definition(given.application.form_id)["gba"]["booleans"]
    ]
    return {code: ge_code >= needs.get(code, 1) for code in codes}


def overall(points: str) -> str:
    mean = sum(map(int, points)) / len(points)
    return "strong" if mean >= 4.2 else "acceptable" if mean >= 3.5 else "needs_improvement"
