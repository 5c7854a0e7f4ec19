"""The register of commitments: the action plan comes in, others by hand, and some are kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from monarca.ground.commitments import actions, queries, tasks
from monarca.ground.commitments.actions import Holder, Promise, Report
from monarca.ground.commitments.models import Commitment
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

LOADS = calendar.on("2025-09-22", "10:30")
PUBLISHES = calendar.on("2025-09-24", "12:00")
ASKS = (calendar.on("2025-10-01", "07:00"), calendar.on("2026-01-02", "07:00"))


def tell(year: Year) -> None:
    """Told after the plan of September 2025, which is younger than the year of the fund."""
    story = stage.told("commitments")
    cast = {**year.staff, "counterpart": _invited(year, story["counterpart"])}
    made = [(enter(year, each, cast), each) for each in story["made"]]
    mission = year.call.mission
    plan = actions.load_plan(mission, by=cast["coordinator"], at=LOADS)
    for row in plan:
        actions.show(row, public=True, by=cast["manager"], at=PUBLISHES)
    happen(made, cast)
    year.say(f"{len(made) + len(plan)} commitments; {queries.public().count()} public in all")


def _invited(year: Year, told: Mapping[str, str]) -> User:
    """A person of the other government, who sees what is shared with her by name."""
    manager, at = year.staff["manager"], calendar.on("2025-01-15")
    name, language = told["name"], told["language"]
    user = people.join(told["email"], by=manager, at=at, name=name, language=language)
    people.give_role(user, by=manager, at=at, mission=year.call.mission, role="counterpart")
    return user


def enter(year: Year, told: Mapping[str, Any], cast: Mapping[str, User]) -> Commitment:
    """One commitment by hand, on the day after it was promised."""
    owners = tuple(
        Holder(each["side"], each["name"], cast["counterpart"] if "counterpart" in each else None)
        for each in told["owners"]
    )
    given = Promise(
        mission=year.call.mission,
        origin=told["origin"],
        text=told["text"],
        promised_on=told["promised_on"],
        due_on=told["due_on"],
        pillar=told.get("pillar", ""),
        aims=tuple(told["aims"]),
        owners=owners,
        source_name=told["source"],
        is_public="withheld" not in told,
    )
    return actions.promise(given, by=cast["manager"], at=_noon(told["promised_on"], "18:00"))


def happen(made: list[tuple[Commitment, Mapping[str, Any]]], cast: Mapping[str, User]) -> None:
    """Everything that was said or worded anew, in the order of the days, the clock included."""
    acts: list[tuple[datetime, Any]] = [(at, tasks.tick) for at in ASKS]
    for row, told in made:
        acts += [(_noon(said["at"]), _saying(row, said, cast)) for said in told.get("said", ())]
        if worded := told.get("worded"):
            acts.append((_noon(worded["at"]), _wording(row, worded, cast)))
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        act(at=at)


def _saying(row: Commitment, told: Mapping[str, Any], cast: Mapping[str, User]) -> Any:
    given = Report(
        note=told["note"],
        language=told["language"],
        status=told.get("status", ""),
        percent=told.get("percent"),
        evidence_url=told.get("evidence_url", ""),
        is_public=told.get("public", False),
    )

    def act(*, at: datetime) -> None:
        said = actions.report(row, given, by=cast[told["by"]], at=at)
        if shown := told.get("shown"):
            actions.show_report(said, by=cast["coordinator"], at=_noon(shown))

    return act


def _wording(row: Commitment, told: Mapping[str, Any], cast: Mapping[str, User]) -> Any:
    def act(*, at: datetime) -> None:
        text, due, reason = told["text"], told["due_on"], told["reason"]
        actions.reword(row, text, due, reason=reason, by=cast["coordinator"], at=at)

    return act


def _noon(day: date, hour: str = "12:00") -> datetime:
    return calendar.on(day.isoformat(), hour)
