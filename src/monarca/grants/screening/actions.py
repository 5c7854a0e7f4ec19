"""Everything that can happen in screening: the rules run, a person decides, with reasons."""

from datetime import date, datetime

from django.db import transaction

from monarca.engines import eligibility
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status as Filed
from monarca.grants.calls import queries as calls
from monarca.grants.screening import policy, queries
from monarca.grants.screening.models import (
    Check,
    Clarification,
    Duplicate,
    Screening,
    Withdrawal,
)
from monarca.grants.screening.states import CHECK_MOVES, MOVES, SETTLED, Status
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move, one_at_a_time


class CallIsStillOpen(Refused):
    """Screening begins when the call has closed: until then the applicant may change the file."""


class NotSubmitted(Refused):
    """Only a submitted application is screened."""


class AlreadyBegun(Refused):
    """Somebody has begun to screen this file."""


class AlreadyConcluded(Refused):
    """The screening is concluded: its findings and questions stay as they are."""


class WasWithdrawn(Refused):
    """The applicant took the file back: nothing more is done with it."""


class NeedsAReason(Refused):
    """A waiver, a refusal, a pairing and a question are said in words."""


class DueTooEarly(Refused):
    """The applicant needs at least until tomorrow to answer."""


class AlreadyAnswered(Refused):
    """This question has its answer; it stays as it was given."""


class SomethingUndecided(Refused):
    """A finding waits for a person: confirm it, waive it with a reason, or ask."""


class ARuleForbids(Refused):
    """A blocking rule is not met and was not waived."""


class NothingForbids(Refused):
    """No confirmed finding makes this application ineligible."""


class NoSuchPair(Refused):
    """A file is paired with another file of the same call."""


class FileHasMovedOn(Refused):
    """The file has left screening: a later room records that it is taken back."""


@transaction.atomic
def begin(application: Application, *, by: User, at: datetime) -> Screening:
    """Run the call's rules on what was submitted; every finding waits for a person."""
    require(policy.may_screen(by, application, at=at))
    _held(application)
    if application.status != Filed.SUBMITTED:
        raise NotSubmitted
    if application.call.is_open(at):
        raise CallIsStillOpen(call=application.call.code)
    if queries.of(application):
        raise AlreadyBegun
    screening = Screening.objects.create(application=application, begun_at=at, begun_by=by)
    definition = calls.definition(application.form_id)
    findings = eligibility.check(definition, applications.facts_of(application, at=at))
    Check.objects.bulk_create(
        Check(
            screening=screening,
            rule=finding.rule,
            level=finding.level,
            outcome=finding.outcome,
            reason={"code": finding.reason.code, "values": dict(finding.reason.values)},
            at=at,
        )
        for finding in findings
    )
    failed = [f.rule for f in findings if f.outcome == "fail"]
    record("screening.begun", screening, by=by, at=at, file=application, failed=failed)
    return screening


@transaction.atomic
def confirm_check(check: Check, *, by: User, at: datetime) -> Check:
    """A person has looked and agrees: a failure is one, what was unknown is as it should be."""
    file = check.screening.application
    require(policy.may_screen(by, file, at=at))
    _open(check.screening)
    move(check, CHECK_MOVES, "confirm", by=by, at=at, words="")
    record("check.confirmed", check, by=by, at=at, file=file, rule=check.rule)
    return check


@transaction.atomic
def waive_check(check: Check, *, by: User, at: datetime, words: str) -> Check:
    """A manager sets a finding aside, and says why."""
    file = check.screening.application
    require(policy.may_waive(by, file, at=at))
    _open(check.screening)
    if not words.strip():
        raise NeedsAReason
    move(check, CHECK_MOVES, "waive", by=by, at=at, words=words.strip())
    record("check.waived", check, by=by, at=at, file=file, rule=check.rule)
    return check


@transaction.atomic
def refute_check(check: Check, *, by: User, at: datetime, words: str) -> Check:
    """A person found that the rule is not met, whatever could be read from the form."""
    file = check.screening.application
    require(policy.may_screen(by, file, at=at))
    _open(check.screening)
    if not words.strip():
        raise NeedsAReason
    move(check, CHECK_MOVES, "refute", by=by, at=at, words=words.strip())
    record("check.refuted", check, by=by, at=at, file=file, rule=check.rule)
    return check


@transaction.atomic
def ask(
    screening: Screening, *, by: User, at: datetime, question: str, due_on: date
) -> Clarification:
    """Ask the applicant; the submitted application itself never changes."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    _open(screening)
    if not question.strip():
        raise NeedsAReason
    if due_on <= at.date():
        raise DueTooEarly
    move(screening, MOVES, "ask")
    asked = Clarification.objects.create(
        screening=screening, question=question.strip(), asked_at=at, asked_by=by, due_on=due_on
    )
    record("clarification.asked", asked, by=by, at=at, file=file, due_on=due_on.isoformat())
    letters.write(
        "clarification.asked",
        to=file.applicant,
        by=by,
        at=at,
        about=asked,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        reference=file.reference,
        due_on=due_on,
        address=f"/applications/{file.reference}/clarification/",
    )
    return asked


@transaction.atomic
def answer(clarification: Clarification, *, by: User, at: datetime, words: str) -> Clarification:
    """The applicant answers, late or in time, while the screening is not concluded."""
    screening = clarification.screening
    require(policy.may_answer(by, screening.application, at=at))
    _open(screening)
    if not words.strip():
        raise NeedsAReason
    won = Clarification.objects.filter(pk=clarification.pk, answered_at=None).update(
        answer=words.strip(), answered_at=at, answered_by=by
    )
    if not won:
        raise AlreadyAnswered
    clarification.refresh_from_db()
    if screening.status == Status.AWAITING_APPLICANT:
        move(screening, MOVES, "hear")
    record("clarification.answered", clarification, by=by, at=at, file=screening.application)
    return clarification


@transaction.atomic
def stop_waiting(screening: Screening, *, by: User, at: datetime) -> Screening:
    """Go on without the answer; the applicant may still send it until the screening concludes."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    _open(screening)
    move(screening, MOVES, "hear")
    record("screening.resumed", screening, by=by, at=at, file=file)
    return screening


@transaction.atomic
def pass_(screening: Screening, *, by: User, at: datetime, note: str = "") -> Screening:
    """Eligible: every finding is settled and no blocking rule stands in the way."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    _open(screening)
    forbidding = queries.standing_in_the_way(screening).first()
    if queries.undecided(screening).exists():
        raise SomethingUndecided
    if forbidding:
        raise ARuleForbids(rule=forbidding.rule)
    move(screening, MOVES, "pass", concluded_at=at, concluded_by=by, note=note.strip())
    record("screening.passed", screening, by=by, at=at, file=file)
    return screening


@transaction.atomic
def fail(screening: Screening, *, by: User, at: datetime, note: str = "") -> Screening:
    """Ineligible: at least one blocking finding is confirmed; the letter says which."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    _open(screening)
    rules = list(queries.not_met(screening).values_list("rule", flat=True))
    if not rules:
        raise NothingForbids
    move(screening, MOVES, "fail", concluded_at=at, concluded_by=by, note=note.strip())
    record("screening.failed", screening, by=by, at=at, file=file, rules=rules)
    letters.write(
        "screening.ineligible",
        to=file.applicant,
        by=by,
        at=at,
        about=screening,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        reference=file.reference,
        reason=queries.letter_reason(screening),
        address=f"/applications/{file.reference}/requirements/",
    )
    return screening


@transaction.atomic
def pair(
    application: Application, other: Application, *, by: User, at: datetime, words: str
) -> Duplicate:
    """Say that two applications come from the same group, or are the same project."""
    require(policy.may_screen(by, application, at=at))
    if application.pk == other.pk or application.call_id != other.call_id:
        raise NoSuchPair
    if not words.strip():
        raise NeedsAReason
    made, new = Duplicate.objects.get_or_create(
        application=application,
        other=other,
        defaults={"by": by, "at": at, "words": words.strip()},
    )
    if new:
        record("duplicate.paired", made, by=by, at=at, file=application, other=other.pk)
    return made


@transaction.atomic
def withdraw(application: Application, *, by: User, at: datetime, words: str = "") -> Withdrawal:
    """The applicant takes the file back after the call has closed, while screening holds it.

    While the call is open it is taken back in `applications`; once it was found eligible, by a
    decision for the reason "withdrawn".
    """
    require(policy.may_withdraw(by, application, at=at))
    _held(application)
    if application.status != Filed.SUBMITTED:
        raise NotSubmitted
    if application.call.is_open(at):
        raise CallIsStillOpen(call=application.call.code)
    screening = queries.of(application)
    if screening and screening.status in SETTLED:
        raise FileHasMovedOn
    made = Withdrawal.objects.create(application=application, by=by, at=at, words=words.strip())
    record("withdrawal.recorded", made, by=by, at=at, file=application)
    return made


def _held(application: Application) -> None:
    """Nobody else concludes or withdraws this file meanwhile, and it was not taken back."""
    one_at_a_time(f"screening:{application.pk}")
    if queries.withdrawal_of(application):
        raise WasWithdrawn


def _open(screening: Screening) -> None:
    _held(screening.application)
    screening.refresh_from_db(fields=["status"])
    if screening.status in SETTLED:
        raise AlreadyConcluded
