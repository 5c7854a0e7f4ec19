"""An agreement is drafted from a confirmed yes, revised, and sent for signature."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from monarca.engines.documents.writing import docx, pdf
from monarca.grants.agreements import policy, queries
from monarca.grants.agreements.actions.telling import tell
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import MOVES
from monarca.grants.calls import queries as calls
from monarca.grants.decisions import queries as decisions
from monarca.grants.decisions.models import Decision
from monarca.ground.files import actions as files
from monarca.ground.files.models import File
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move, one_at_a_time

SIGN_WITHIN = timedelta(days=14)


class NotApproved(Refused):
    """An agreement is made of a yes that the head of mission confirmed and nobody took back."""


class AlreadyDrafted(Refused):
    """The file has its agreement."""


class NoEnvelope(Refused):
    """The call has no envelope: there is no money to promise."""


class DatesOutOfOrder(Refused):
    """Activities begin before they end, and end by the call's last day."""


@transaction.atomic
def draft(decision: Decision, *, by: User, at: datetime, starts_on: date) -> Agreement:
    """The next number of the series, the decision's amount, the call's instalments.

    Activities end when the project does, at most on the call's last day; the agreement ends on
    31 March of its fiscal year (Financial Administration Act, section 2).
    """
    file = decision.application
    require(policy.may_draft(by, file, at=at))
    if not decisions.approved().filter(pk=decision.pk).exists():
        raise NotApproved(reference=file.reference)
    plan = queries.planned(file, starts_on)
    _check(plan)
    one_at_a_time(f"agreements.number:{queries.series_of(file)}")
    if queries.of(file):
        raise AlreadyDrafted(reference=file.reference)
    agreement = _made(decision, plan, by=by, at=at)
    _lay_out(agreement)
    facts: dict[str, Any] = {"number": agreement.number, "cents": agreement.amount_cents}
    record("agreement.drafted", agreement, by=by, at=at, file=file, **facts)
    return agreement


def _made(decision: Decision, plan: queries.Plan, *, by: User, at: datetime) -> Agreement:
    """The row: what the decision gave, what the plan says, what the call's terms are."""
    file = decision.application
    if file.call.envelope is None:
        raise NoEnvelope
    return Agreement.objects.create(
        decision=decision,
        application=file,
        recipient=file.applicant,
        envelope=file.call.envelope,
        number=queries.next_number(file),
        language=file.language,
        title=file.title,
        amount_cents=decision.amount_cents,
        starts_on=plan.starts_on,
        activities_end_on=plan.activities_end_on,
        ends_on=plan.ends_on,
        terms_version=calls.definition(file.form_id)["agreement"]["terms_version"],
        conditions=decision.conditions,
        drafted_at=at,
        drafted_by=by,
    )


@transaction.atomic
def revise(
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    starts_on: date,
    activities_end_on: date,
    conditions: str,
) -> Agreement:
    """Other dates or conditions, before it is sent; the articles stay those of the call.

    Raises `DatesOutOfOrder`.
    """
    file = agreement.application
    require(policy.may_draft(by, file, at=at))
    latest = min(file.call.activities_end_on, agreement.ends_on)
    if activities_end_on > latest:
        raise DatesOutOfOrder(latest_on=latest.isoformat())
    plan = queries.Plan(starts_on, activities_end_on, agreement.ends_on)
    _check(plan)
    move(
        agreement,
        MOVES,
        "revise",
        starts_on=starts_on,
        activities_end_on=activities_end_on,
        conditions=conditions.strip(),
    )
    _lay_out(agreement)
    record("agreement.revised", agreement, by=by, at=at, file=file, number=agreement.number)
    return agreement


@transaction.atomic
def send(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Freeze the text, write it as Word and tagged PDF, keep both, and tell the recipient.

    Raises `NotApproved` when the file was taken back meanwhile.
    """
    file = agreement.application
    require(policy.may_draft(by, file, at=at))
    if not decisions.approved().filter(pk=agreement.decision_id).exists():
        raise NotApproved(reference=file.reference)
    papers = _papers(agreement, by=by, at=at)
    move(agreement, MOVES, "send", sent_at=at, **papers)
    record(
        "agreement.sent",
        agreement,
        by=by,
        at=at,
        file=file,
        number=agreement.number,
        sha256={name: paper.sha256 for name, paper in papers.items()},
    )
    due_on = queries.local_day(file, at) + SIGN_WITHIN
    tell(agreement, "agreement.sent", by=by, at=at, due_on=due_on)
    return agreement


def _check(plan: queries.Plan) -> None:
    if not plan.starts_on <= plan.activities_end_on <= plan.ends_on:
        raise DatesOutOfOrder(latest_on=plan.activities_end_on.isoformat())


def _lay_out(agreement: Agreement) -> None:
    """The instalments of the plan, and the text they stand in."""
    definition = calls.definition(agreement.application.form_id)
    plan = queries.Plan(agreement.starts_on, agreement.activities_end_on, agreement.ends_on)
    Instalment.objects.filter(agreement=agreement).delete()
    Instalment.objects.bulk_create(
        Instalment(
            agreement=agreement,
            number=part.number,
            kind=part.kind,
            condition=part.condition,
            cents=part.cents,
            due_on=part.due_on,
            fiscal_year=part.fiscal_year,
        )
        for part in queries.parts(definition, agreement.amount_cents, plan)
    )
    agreement.text = queries.text_of(agreement)
    agreement.save(update_fields=["text"])


def _papers(agreement: Agreement, *, by: User, at: datetime) -> dict[str, File]:
    document = queries.document_of(agreement)
    written = {"docx": docx.write(document, at=at), "pdf": pdf.write(document, at=at)}
    return {
        kind: files.keep(data, f"{agreement.number}.{kind}", by=by, at=at)
        for kind, data in written.items()
    }
