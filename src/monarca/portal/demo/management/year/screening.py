"""Third chapter: the rules run, people decide, the applicants are asked and answer."""

from collections.abc import Mapping
from typing import Any

from monarca.grants.applications import actions as applications
from monarca.grants.screening import actions as screening
from monarca.grants.screening import queries
from monarca.grants.screening.models import Clarification, Screening
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

READERS_OF_THE_SEALED = ("coordinator", "deputy", "reviewer", "head-of-mission", "finance")
ALIAS = "Encino 7"


def screen(year: Year) -> None:
    """Every file that arrived, from the first look to its answer."""
    story = stage.told("screening")
    seal(year)
    begin(year)
    told = {**story["eligible"], **story["ineligible"], **story["waiting"]}
    asked = {name: ask(year, name, each["ask"]) for name, each in told.items() if "ask" in each}
    pair(year, story["withdrawn"])
    answer(year, told, asked)
    withdraw(year, story["withdrawn"])
    conclude(year, story)
    year.say(f"{len(story['eligible'])} eligible, {len(story['ineligible'])} not")


def seal(year: Year) -> None:
    """The group that wrote that its name would put it at risk: closed to all but these readers."""
    readers = [year.staff[key] for key in READERS_OF_THE_SEALED]
    file = year.reload("atrisk")
    manager = year.staff["manager"]
    applications.seal(file, by=manager, at=calendar.SEALS, readers=readers, alias=ALIAS)


def begin(year: Year) -> None:
    for name in year.files:
        coordinator = year.staff["coordinator"]
        screening.begin(year.reload(name), by=coordinator, at=calendar.BEGINS_TO_SCREEN)


def of(year: Year, name: str) -> Screening:
    return Screening.objects.select_related("application__call").get(application=year.files[name])


def ask(year: Year, name: str, question: str) -> Clarification:
    coordinator, due_on = year.staff["coordinator"], calendar.ANSWER_DUE
    return screening.ask(
        of(year, name), by=coordinator, at=calendar.ASKS, question=question, due_on=due_on
    )


def answer(year: Year, told: Mapping[str, Any], asked: Mapping[str, Clarification]) -> None:
    """Some answer; of the others one goes on waiting for ever, and one is concluded without."""
    for name, clarification in asked.items():
        if words := told[name].get("answer"):
            speaker = year.speakers[name]
            screening.answer(clarification, by=speaker, at=calendar.IS_ANSWERED, words=words)


def pair(year: Year, told: Mapping[str, Any]) -> None:
    """The same group twice: somebody says so in words."""
    by, at = year.staff["coordinator"], calendar.ASKS
    for name, each in told.items():
        one, other = year.files[name], year.files[each["other"]]
        screening.pair(one, other, by=by, at=at, words=each["words"])


def withdraw(year: Year, told: Mapping[str, Any]) -> None:
    """The group takes back the one that was not its own."""
    for name, each in told.items():
        one, speaker = year.files[name], year.speakers[name]
        screening.withdraw(one, by=speaker, at=calendar.IS_ANSWERED, words=each["why"])


def conclude(year: Year, story: Mapping[str, Any]) -> None:
    coordinator, at = year.staff["coordinator"], calendar.CONCLUDES
    for name, each in story["eligible"].items():
        settle(year, name, {**story["waived"], **each.get("waive", {})})
        screening.pass_(of(year, name), by=coordinator, at=at, note=each.get("note", ""))
    for name, each in story["ineligible"].items():
        kept = set(each.get("confirmed", ()))
        settle(year, name, {k: v for k, v in story["waived"].items() if k not in kept})
        screening.fail(of(year, name), by=coordinator, at=at, note=each.get("note", ""))


def settle(year: Year, name: str, waived: Mapping[str, str]) -> None:
    """Every finding that waits for a person: set aside with these words, or confirmed."""
    at = calendar.CONCLUDES
    for check in queries.undecided(of(year, name)):
        if check.outcome == "fail" and check.rule in waived:
            screening.waive_check(check, by=year.staff["manager"], at=at, words=waived[check.rule])
        else:
            screening.confirm_check(check, by=year.staff["coordinator"], at=at)
