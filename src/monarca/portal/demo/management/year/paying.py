"""Seventh chapter: money asked for, certified, released and recorded, each by another person."""

from collections.abc import Iterable
from datetime import date, datetime

from monarca.grants.agreements.queries import instalments_of
from monarca.grants.payments import actions as payments
from monarca.grants.payments import queries
from monarca.grants.payments.models import PaymentRequest
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.agreeing import of
from monarca.portal.demo.management.year.stage import Year

RELEASED_ONLY = "jornaleras"
"""The bank has it and nobody has written down the day: it waits on the desk of finance."""

REPORT_IS_BEING_READ = "sordos"


def advance(year: Year) -> None:
    """The first instalment, on signature; one request is refused in words, and asked again."""
    story = stage.told("agreements")
    names = story["signed"]["files"]
    asked = ask(year, names, number=1, at=calendar.ASKS_FOR_THE_ADVANCE)
    for name, told in story["refused"].items():
        deputy = year.staff["deputy"]
        payments.refuse(asked[name], by=deputy, at=calendar.REFUSES_ONE, words=told["words"])
        asked |= ask(year, [name], number=1, at=calendar.ASKS_AGAIN)
    certify(year, asked.values(), at=calendar.CERTIFIES)
    release(year, asked.values(), at=calendar.RELEASES)
    for request in asked.values():
        write_down(year, request, calendar.ADVANCE_IS_PAID, at=calendar.RECORDS_THE_ADVANCE)
    year.say(f"{len(asked)} advances paid")


def rest(year: Year) -> None:
    """The second, once the report is accepted; what is left comes back and the money closes."""
    story = stage.told("agreements")
    names = [name for name in story["signed"]["files"] if name != REPORT_IS_BEING_READ]
    asked = ask(year, names, number=2, at=calendar.ASKS_FOR_THE_REST)
    certify(year, asked.values(), at=calendar.CERTIFIES_THE_REST)
    release(year, asked.values(), at=calendar.RELEASES_THE_REST)
    for name, request in asked.items():
        if name != RELEASED_ONLY:
            write_down(year, request, calendar.REST_IS_PAID, at=calendar.RECORDS_THE_REST)
    for name, told in story["returned_money"].items():
        give_back(year, name, told["words"])
    close(year, [name for name in names if name != RELEASED_ONLY])


def ask(
    year: Year, names: Iterable[str], *, number: int, at: datetime
) -> dict[str, PaymentRequest]:
    return {
        name: payments.request(
            instalments_of(of(year, name)).get(number=number), by=year.staff["coordinator"], at=at
        )
        for name in names
    }


def certify(year: Year, asked: Iterable[PaymentRequest], *, at: datetime) -> None:
    """By the manager who did not approve the projects (FAA, s. 34)."""
    for request in asked:
        payments.certify(request, by=year.staff["deputy"], at=at)


def release(year: Year, asked: Iterable[PaymentRequest], *, at: datetime) -> None:
    """By finance (FAA, s. 33)."""
    for request in asked:
        payments.release(request, by=year.staff["finance"], at=at)


def write_down(year: Year, request: PaymentRequest, paid_on: date, *, at: datetime) -> None:
    payments.record_paid(request, by=year.staff["finance"], at=at, paid_on=paid_on)


def give_back(year: Year, name: str, words: str) -> None:
    held = of(year, name)
    payments.recover(
        held,
        by=year.staff["finance"],
        at=calendar.RECORDS_WHAT_CAME_BACK,
        cents=queries.owed_cents(held),
        reason="unspent",
        received_on=calendar.MONEY_COMES_BACK,
        words=words,
    )


def close(year: Year, names: Iterable[str]) -> None:
    done = [
        payments.close(of(year, name), by=year.staff["deputy"], at=calendar.CLOSES_THE_MONEY)
        for name in names
    ]
    year.say(f"{len(done)} agreements paid, reported and closed")
