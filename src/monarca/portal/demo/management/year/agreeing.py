"""Sixth chapter: agreements on paper, signed by both, and one that is changed on the way."""

from collections.abc import Iterable
from datetime import date, datetime

from monarca.grants.agreements import actions as agreements
from monarca.grants.agreements import queries
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Party
from monarca.grants.applications import queries as applications
from monarca.grants.decisions.models import Decision
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

HEAD_OF_MISSION = "Ambassador of Canada to Mexico"


def agree(year: Year) -> None:
    """Drafted in series, sent as Word and PDF, signed there and then here."""
    signed = stage.told("agreements")["signed"]["files"]
    draft(year, signed, at=calendar.DRAFTS)
    for name in signed:
        send(year, name, at=calendar.SENDS)
    for name in signed:
        sign(year, name, Party.RECIPIENT, on=calendar.RECIPIENT_SIGNS)
    for name in signed:
        sign(year, name, Party.CANADA, on=calendar.CANADA_SIGNS)
    year.say(f"{len(signed)} agreements in force")


def change(year: Year) -> None:
    """In December: one more is sent, one grows by an amendment."""
    story = stage.told("agreements")
    draft(year, story["sent"]["files"], at=calendar.HEAD_CONFIRMS_AGAIN)
    for name in story["sent"]["files"]:
        send(year, name, at=calendar.SENDS_ONE_MORE)
        sign(year, name, Party.RECIPIENT, on=calendar.AMENDS.date(), at=calendar.AMENDS)
    for name, told in story["amended"].items():
        held = of(year, name)
        agreements.amend(
            held,
            by=year.staff["head-of-mission"],
            at=calendar.AMENDS,
            amount_cents=held.amount_cents + told["more"] * 100,
            ends_on=held.ends_on,
            reason=told["reason"],
        )


def of(year: Year, name: str) -> Agreement:
    rows = Agreement.objects.select_related("application__call", "recipient")
    return rows.get(application=year.files[name])


def draft(year: Year, names: Iterable[str], *, at: datetime) -> None:
    for name in names:
        file = year.reload(name)
        decision = Decision.objects.get(application=file)
        starts_on = file.starts_on or queries.planned(file, at.date()).starts_on
        coordinator = year.staff["coordinator"]
        agreements.draft(decision, by=coordinator, at=at, starts_on=starts_on)


def send(year: Year, name: str, *, at: datetime) -> None:
    agreements.send(of(year, name), by=year.staff["coordinator"], at=at)


def sign(
    year: Year, name: str, party: str, *, on: date, at: datetime = calendar.RECORDS_SIGNATURES
) -> None:
    """A signature on paper is recorded: the head of mission's by herself."""
    ours = party == Party.CANADA
    who, title = (
        (year.staff["head-of-mission"].name, HEAD_OF_MISSION) if ours else spokesperson(year, name)
    )
    agreements.record_signature(
        of(year, name),
        by=year.staff["head-of-mission" if ours else "coordinator"],
        at=at,
        party=party,
        name=who,
        title=title,
        signed_on=on,
    )


def spokesperson(year: Year, name: str) -> tuple[str, str]:
    """Who signs for the group, as its own form says; a group at risk signs without a name."""
    said = applications.answers_of(year.files[name])
    if year.files[name].registered == "at_risk":
        return "—", "—"
    who = said.get("representative_name") or said.get("declared_name") or said.get("contact_name")
    title = said.get("representative_title") or said.get("declared_title")
    return str(who or "—"), str(title or "—")
