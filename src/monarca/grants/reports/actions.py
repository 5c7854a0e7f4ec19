"""Everything that can happen to a report: asked for, written, sent, returned, accepted, late."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from monarca.engines import sealing
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.calls import queries as calls
from monarca.grants.reports import policy, queries
from monarca.grants.reports.models import Expense, Receipt, Reminder, Report
from monarca.grants.reports.states import MOVES, OPEN, Kind
from monarca.ground.files import actions as files
from monarca.ground.files.queries import LIMIT_COUNT
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.partners import actions as partners
from monarca.ground.partners.states import Facts
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move

TO_MEND = timedelta(days=14)
MOST_ROWS = 300


class AgreementNotInForce(Refused):
    """Reports are asked for while the agreement is in force."""


class PeriodOutOfOrder(Refused):
    """A period begins before it ends, and a report is due when its period is over."""


class DueInThePast(Refused):
    """A report that is returned is due again today or later."""


class FinalAlreadyAsked(Refused):
    """An agreement has one final report."""


class AlreadySent(Refused):
    """The report was sent; it changes again only if it is returned."""


class NotComplete(Refused):
    """Something is still missing or cannot be read; the page says what."""


class NotCertified(Refused):
    """The representative certifies the report with name and position."""


class TooManyReceipts(Refused):
    """Ten files a report."""


class WordsNeeded(Refused):
    """A report is returned with words that say what is missing."""


@transaction.atomic
def request(  # noqa: PLR0913
    agreement: Agreement,
    *,
    by: User | None,
    at: datetime,
    kind: str,
    due_on: date,
    from_on: date,
    until_on: date,
) -> Report:
    """Ask the recipient for a report on [from_on, until_on], both days included."""
    file = agreement.application
    require(policy.may_request(by, file, at=at))
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.status not in {Standing.ACTIVE, Standing.SUSPENDED}:
        raise AgreementNotInForce(number=held.number)
    if not from_on <= until_on <= due_on:
        raise PeriodOutOfOrder
    if kind == Kind.FINAL and queries.of(held).filter(kind=Kind.FINAL).exists():
        raise FinalAlreadyAsked(number=held.number)
    report = Report.objects.create(
        agreement=held,
        application=file,
        number=queries.number_after(held),
        kind=kind,
        due_on=due_on,
        from_on=from_on,
        until_on=until_on,
        language=file.language,
        requested_at=at,
    )
    record(
        "report.requested", report, by=by, at=at, file=file, kind=kind, due_on=due_on.isoformat()
    )
    _tell(report, "report.due", by=by, at=at)
    _tick_off(report, at=at)
    return report


@transaction.atomic
def save_story(
    report: Report, *, by: User, at: datetime, language: str = "", **parts: Any
) -> Report:
    """Keep what was typed, right or wrong: `narrative`, `actuals`, `people`, `money`.

    Only the parts given change; inside `narrative` and `money` only the keys given. Not an act.
    """
    held = _held_for_writing(report, by=by, at=at)
    for name in ("narrative", "money"):
        if name in parts:
            merged = {**getattr(held, name), **parts[name]}
            setattr(held, name, {key: value for key, value in merged.items() if value is not None})
    for name in ("actuals", "people"):
        if name in parts:
            setattr(held, name, parts[name])
    held.language, held.saved_at = language or held.language, at
    held.save(update_fields=["narrative", "actuals", "people", "money", "language", "saved_at"])
    report.refresh_from_db()
    return report


@transaction.atomic
def save_expenses(
    report: Report, rows: Sequence[Mapping[str, Any]], *, by: User, at: datetime
) -> Report:
    """Keep every row as it was typed, and an `Expense` for each that can be counted. Not an act."""
    held = _held_for_writing(report, by=by, at=at)
    held.rows, held.saved_at = [dict(row) for row in rows[:MOST_ROWS]], at
    held.save(update_fields=["rows", "saved_at"])
    _count(held)
    report.refresh_from_db()
    return report


def _count(report: Report) -> None:
    """The rows without a fault, as money that sums and pages can trust."""
    papers = {row.number: row.file for row in queries.receipts_of(report)}
    Expense.objects.filter(report=report).delete()
    Expense.objects.bulk_create(
        Expense(
            report=report,
            position=place,
            spent_on=date.fromisoformat(row["spent_on"]),
            category=row["category"],
            description=row["description"][:300],
            supplier=row["supplier"][:200],
            folio=str(row.get("folio") or "")[:80],
            cents=row["cents"],
            currency=report.application.call.local_currency,
            receipt=papers.get(row.get("receipt")),
        )
        for place, row in enumerate(report.rows, 1)
        if not any(queries.faults_of(row, report))
    )


@transaction.atomic
def attach(report: Report, data: bytes, name: str, *, by: User, at: datetime) -> Receipt:
    """Add one receipt, ten at most. Raises `files.actions.FileRefused` with the reason."""
    held = _held_for_writing(report, by=by, at=at)
    if queries.receipts_of(held).count() >= LIMIT_COUNT:
        raise TooManyReceipts(most=LIMIT_COUNT)
    file = files.keep(data, name, by=by, at=at)
    last = Receipt.objects.filter(report=held).order_by("-number").first()
    made = Receipt.objects.create(
        report=held, number=(last.number if last else 0) + 1, file=file, at=at, by=by
    )
    record("receipt.attached", made, by=by, at=at, file=held.application, sha256=file.sha256)
    return made


@transaction.atomic
def detach(receipt: Receipt, *, by: User, at: datetime) -> Receipt:
    """Take a receipt away; its rows stay, without a paper."""
    report = _held_for_writing(receipt.report, by=by, at=at)
    receipt.removed_at = at
    receipt.save(update_fields=["removed_at"])
    kept = [
        {**row, "receipt": None} if row.get("receipt") == receipt.number else row
        for row in report.rows
    ]
    save_expenses(report, kept, by=by, at=at)
    record("receipt.detached", receipt, by=by, at=at, file=report.application)
    return receipt


def _held_for_writing(report: Report, *, by: User, at: datetime) -> Report:
    """The report's row, locked, if this person may write in it and it was not sent."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.status not in OPEN:
        raise AlreadySent(number=held.number)
    require(policy.may_write(by, held, at=at))
    return held


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime, name: str, title: str) -> Report:
    """Send it to the embassy, certified by the representative who is named.

    Raises `NotComplete` while `queries.problems_of` finds anything, `NotCertified` without a name.
    """
    require(policy.may_submit(by, report, at=at))
    held = Report.objects.select_for_update().get(pk=report.pk)
    if not (name.strip() and title.strip()):
        raise NotCertified
    wrong = queries.problems_of(held)
    if wrong:
        raise NotComplete(count=len(wrong))
    move(
        held,
        MOVES,
        "submit",
        submitted_at=at,
        submitted_by=by,
        certified_name=name.strip()[:200],
        certified_title=title.strip()[:200],
    )
    digest = sealing.sha256(queries.content_of(held))
    record("report.submitted", held, by=by, at=at, file=held.application, sha256=digest)
    report.refresh_from_db()
    return report


@transaction.atomic
def return_(
    report: Report, *, by: User, at: datetime, words: str, due_on: date | None = None
) -> Report:
    """Give it back with words on what is missing, and a day: two weeks unless one is named."""
    file = report.application
    require(policy.may_read(by, file, at=at))
    if not words.strip():
        raise WordsNeeded
    today = queries.local_day(file, at)
    due = due_on or max(report.due_on, today + TO_MEND)
    if due < today:
        raise DueInThePast
    move(report, MOVES, "return", words=words.strip(), due_on=due, closed_at=at, closed_by=by)
    record("report.returned", report, by=by, at=at, file=file, due_on=due.isoformat())
    _tell(report, "report.returned", by=by, at=at)
    _tick_off(report, at=at)
    return report


@transaction.atomic
def accept(report: Report, *, by: User, at: datetime) -> Report:
    """Accept it: its expenses count, and an overdue note about it is lifted."""
    file = report.application
    require(policy.may_read(by, file, at=at))
    move(report, MOVES, "accept", closed_at=at, closed_by=by)
    cents = sum(Expense.objects.filter(report=report).values_list("cents", flat=True))
    record("report.accepted", report, by=by, at=at, file=file, kind=report.kind, local_cents=cents)
    partners.lift(Facts.REPORT_OVERDUE, by=by, at=at, source=report)
    _tell(report, "report.accepted", by=by, at=at)
    return report


@transaction.atomic
def remind(report: Report, *, by: None, at: datetime) -> bool:
    """Write the letter of the last step of the ladder that has come, once; was there one?"""
    require(policy.may_keep_time(by))
    held = Report.objects.select_for_update().get(pk=report.pk)
    step = queries.reached(held, at=at)
    if held.status not in OPEN or step is None or queries.reminded(held, step):
        return False
    _tick_off(held, at=at)
    record("report.reminded", held, by=by, at=at, file=held.application, step=step, command="tick")
    _tell(held, "report.due", by=by, at=at)
    return True


@transaction.atomic
def note_overdue(report: Report, *, by: None, at: datetime) -> bool:
    """Deposit the fact that this report is overdue, once; was it new?"""
    require(policy.may_keep_time(by))
    held = Report.objects.select_for_update().get(pk=report.pk)
    if not queries.is_overdue(held, at=at) or queries.noted(held, at=at):
        return False
    organisation = held.agreement.recipient
    partners.deposit(organisation, Facts.REPORT_OVERDUE, by=by, at=at, source=held)
    record("report.overdue", held, by=by, at=at, file=held.application, command="tick")
    return True


def _tick_off(report: Report, *, at: datetime) -> None:
    """A letter about this due day has gone out: no reminder for the step that has come."""
    step = queries.reached(report, at=at)
    if step is not None:
        Reminder.objects.get_or_create(
            report=report, due_on=report.due_on, step=step, defaults={"at": at}
        )


def _tell(report: Report, key: str, *, by: User | None, at: datetime) -> None:
    file = report.application
    letters.write(
        key,
        to=report.agreement.recipient,
        by=by,
        at=at,
        about=report,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        number=report.agreement.number,
        reference=file.reference,
        due_on=report.due_on,
        address=f"/es/applications/{file.reference}/reports/{report.number}/",
    )
