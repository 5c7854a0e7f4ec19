"""Everything that can happen in screening: the rules run, a person decides, with reasons."""

from datetime import date, datetime

from django.db import transaction

from monarca.engines import eligibility
from monarca.engines.reasons import Reason
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
from monarca.grants.screening.states import CHECK_MOVES, MOVES
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class CallIsStillOpen(Refused):
    """Screening begins when the call has closed: until then the applicant may change the file."""


class NotSubmitted(Refused):
    """Only a submitted application is screened."""


class NeedsAReason(Refused):
    """A waiver, a refusal and a question are said in words."""


class SomethingUndecided(Refused):
    """A finding waits for a person: confirm it, waive it with a reason, or ask."""


class ARuleForbids(Refused):
    """A blocking rule failed and was not waived."""


class NothingForbids(Refused):
    """No confirmed finding makes this application ineligible."""


@transaction.atomic
def begin(application: Application, *, by: User, at: datetime) -> Screening:
    """Run the call's rules on what was submitted; every finding waits for a person."""
    require(policy.may_screen(by, application, at=at))
    if application.status != Filed.SUBMITTED:
        raise NotSubmitted
    if application.call.is_open(at):
        raise CallIsStillOpen(call=application.call.code)
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
    """A person has looked and agrees with what the rule found."""
    file = check.screening.application
    require(policy.may_screen(by, file, at=at))
    move(check, CHECK_MOVES, "confirm", by=by, at=at, words="")
    record("check.confirmed", check, by=by, at=at, file=file, rule=check.rule)
    return check


@transaction.atomic
def waive_check(check: Check, *, by: User, at: datetime, words: str) -> Check:
    """A manager sets a finding aside, and says why."""
    file = check.screening.application
    require(policy.may_waive(by, file, at=at))
    if not words.strip():
        raise NeedsAReason
    move(check, CHECK_MOVES, "waive", by=by, at=at, words=words.strip())
    record("check.waived", check, by=by, at=at, file=file, rule=check.rule)
    return check


@transaction.atomic
def ask(
    screening: Screening, *, by: User, at: datetime, question: str, due_on: date
) -> Clarification:
    """Ask the applicant; the submitted application itself never changes."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    if not question.strip() or due_on <= at.date():
        raise NeedsAReason
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
        address=f"/applications/{file.reference}/",
    )
    return asked


@transaction.atomic
def answer(clarification: Clarification, *, by: User, at: datetime, words: str) -> Clarification:
    """The applicant answers; the file is open for screening again."""
    screening = clarification.screening
    require(policy.may_answer(by, screening.application, at=at))
    if not words.strip():
        raise NeedsAReason
    move(screening, MOVES, "hear")
    clarification.answer, clarification.answered_at = words.strip(), at
    clarification.answered_by = by
    clarification.save(update_fields=["answer", "answered_at", "answered_by"])
    record("clarification.answered", clarification, by=by, at=at, file=screening.application)
    return clarification


@transaction.atomic
def pass_(screening: Screening, *, by: User, at: datetime, note: str = "") -> Screening:
    """Eligible: every finding is settled and no blocking rule stands in the way."""
    file = screening.application
    require(policy.may_screen(by, file, at=at))
    if queries.undecided(screening).exists():
        raise SomethingUndecided
    forbidding = queries.standing_in_the_way(screening).first()
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
    reasons = confirmed_reasons(screening)
    if not reasons:
        raise NothingForbids
    move(screening, MOVES, "fail", concluded_at=at, concluded_by=by, note=note.strip())
    record("screening.failed", screening, by=by, at=at, file=file, rules=sorted(reasons))
    letters.write(
        "screening.ineligible",
        to=file.applicant,
        by=by,
        at=at,
        about=screening,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        reference=file.reference,
        reason=reasons[min(reasons)],
        address=f"/applications/{file.reference}/",
    )
    return screening


def confirmed_reasons(screening: Screening) -> dict[str, Reason]:
    """Rule -> reason of every blocking failure that a person has confirmed."""
    rows = Check.objects.filter(
        screening=screening, level="block", outcome="fail", status="confirmed"
    ).order_by("rule")
    return {row.rule: Reason(row.reason["code"], row.reason["values"]) for row in rows}


@transaction.atomic
def pair(
    application: Application, other: Application, *, by: User, at: datetime, words: str
) -> Duplicate:
    """Say that two applications come from the same group, or are the same project."""
    require(policy.may_screen(by, application, at=at))
    if not words.strip() or application.pk == other.pk:
        raise NeedsAReason
    made, _new = Duplicate.objects.get_or_create(
        application=application,
        other=other,
        defaults={"by": by, "at": at, "words": words.strip()},
    )
    record("duplicate.paired", made, by=by, at=at, file=application, other=other.pk)
    return made


@transaction.atomic
def withdraw(application: Application, *, by: User, at: datetime, words: str = "") -> Withdrawal:
    """The applicant takes the file back after the call has closed."""
    require(policy.may_withdraw(by, application, at=at))
    made = Withdrawal.objects.create(application=application, by=by, at=at, words=words.strip())
    record("withdrawal.recorded", made, by=by, at=at, file=application)
    return made
