"""Drafting: starting, saving what was typed (valid or not), budget lines, files.

Saving is not an act of the journal: every earlier value stays as a revision instead.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from monarca.engines import money, references
from monarca.engines.documents.stored import cents as cents_in
from monarca.engines.documents.stored import day as day_in
from monarca.engines.documents.stored import words as words_in
from monarca.grants.applications import policy, queries
from monarca.grants.applications.models import (
    Answer,
    Application,
    Attachment,
    BudgetLine,
    Place,
    Revision,
)
from monarca.grants.applications.states import Sensitivity
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.files import actions as files
from monarca.ground.files import queries as kept
from monarca.ground.journal.actions import record
from monarca.ground.partners import actions as partners
from monarca.ground.partners.models import Organisation
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require

BUDGET = "budget"
_COLUMNS = Application._meta.concrete_fields


class CallIsNotOpen(Refused):
    """The call does not take new applications now."""


class TooManyFiles(Refused):
    """An application holds ten files at most."""


@transaction.atomic
def start(
    call: Call,
    *,
    by: User,
    at: datetime,
    organisation: Organisation | None = None,
    legal_name: str = "",
    language: str = "es",
) -> Application:
    """Begin a draft for an organisation one speaks for, or for a new one.

    Raises `CallIsNotOpen` before opening and from closing on.
    """
    require(policy.may_start(by, organisation, at=at))
    if not call.is_open(at):
        raise CallIsNotOpen(call=call.code)
    if organisation is None:
        organisation = partners.found(legal_name, by=by, at=at, language=language)
        partners.admit(by, by=by, at=at, organisation=organisation)
    return begin(call, organisation, by=by, at=at, language=language)


@transaction.atomic
def begin(
    call: Call, organisation: Organisation, *, by: User | None, at: datetime, language: str
) -> Application:
    """The draft's row with a reference that no one can guess or count."""
    require(by is None or by.is_active)
    for _attempt in range(5):
        try:
            with transaction.atomic():
                application = Application.objects.create(
                    call=call,
                    form=calls.form_of(call),
                    applicant=organisation,
                    reference=references.make(call.code),
                    language=language,
                    started_at=at,
                    started_by=by,
                )
            break
        except IntegrityError:
            continue
    record("application.started", application, by=by, at=at, file=application)
    return application


@transaction.atomic
def save_answers(
    application: Application, values: Mapping[str, Any], *, by: User, at: datetime
) -> Application:
    """Keep these answers, valid or not; only the ones given change.

    A value that could not be read is kept as {"raw": as typed}. Typed columns follow the
    questions whose `maps_to` names them; the answer "would put us at risk" restricts the file.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    require(policy.may_edit(by, held, at=at))
    keep(held, values, by=by, at=at)
    project(held)
    return _as_kept(application, held)


def _as_kept(application: Application, held: Application) -> Application:
    """The caller's row as it was written just now, without asking for it once more."""
    for name, value in _columns(held).items():
        setattr(application, name, value)
    return application


def keep(
    application: Application, values: Mapping[str, Any], *, by: User | None, at: datetime
) -> None:
    """Write the answers that changed, and a revision of each one that said something before."""
    known = {answer.question: answer for answer in application.answers.filter(question__in=values)}
    for question, value in values.items():
        answer = known.get(question)
        if answer is None:
            if value is not None:
                Answer.objects.create(
                    application=application,
                    question=question,
                    value=value,
                    language=application.language,
                    by=by,
                    at=at,
                )
        elif answer.value != value:
            Revision.objects.create(
                answer=answer,
                revision=answer.revision,
                value=answer.value,
                by=answer.by,
                at=answer.at,
            )
            answer.value, answer.by, answer.at = value, by, at
            answer.revision += 1
            answer.save(update_fields=["value", "by", "at", "revision"])


def project(application: Application) -> None:
    """Fill the typed columns from the answers: what rules, lists and money need."""
    before = _columns(application)
    answers = queries.answers_of(application)
    definition = calls.definition(application.form_id)
    mapped = {
        question["maps_to"]: answers.get(key)
        for key, question in calls.questions(definition).items()
        if question.get("maps_to")
    }
    application.title = words_in(mapped.get("title"))[:200]
    application.requested_cents = cents_in(mapped.get("requested_cents"))
    application.priority = words_in(mapped.get("priority"))[:10]
    application.starts_on = day_in(mapped.get("starts_on"))
    application.ends_on = day_in(mapped.get("ends_on"))
    application.registered = words_in(mapped.get("registered"))[:10]
    if mapped.get("language") in {"es", "en", "fr"}:
        application.language = str(mapped["language"])
    if application.registered == "at_risk" and application.sensitivity == Sensitivity.OPEN:
        application.sensitivity = Sensitivity.RESTRICTED
        application.alias = application.reference
    if _columns(application) != before:
        application.save()
    _place(application, mapped.get("states"))


def _columns(application: Application) -> dict[str, Any]:
    return {each.attname: getattr(application, each.attname) for each in _COLUMNS}


def _place(application: Application, rows: Any) -> None:
    wanted = []
    for row in rows if isinstance(rows, list) else ():
        place = row.get("place") if isinstance(row, dict) else None
        if isinstance(place, dict) and words_in(place.get("state")):
            wanted.append(
                (
                    words_in(place["state"])[:2],
                    words_in(place.get("municipality"))[:5],
                    words_in(place.get("locality"))[:120],
                )
            )
    held = application.places.order_by("pk")
    if list(held.values_list("state", "municipality", "locality")) != wanted:
        held.delete()
        Place.objects.bulk_create(
            Place(application=application, state=state, municipality=town, locality=locality)
            for state, town, locality in wanted
        )


@transaction.atomic
def save_budget(
    application: Application, rows: Sequence[Mapping[str, Any]], *, by: User, at: datetime
) -> Application:
    """Keep the whole budget table. Each row: the columns of `BudgetLine` as JSON.

    Money is `*_cents`, quantity is text; a cell that could not be read is {"raw": as typed}
    and counts as nothing. The table as it was stays as a revision.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    require(policy.may_edit(by, held, at=at))
    write_budget(held, rows, by=by, at=at)
    return _as_kept(application, held)


def write_budget(
    application: Application, rows: Sequence[Mapping[str, Any]], *, by: User | None, at: datetime
) -> None:
    keep(application, {BUDGET: [dict(row) for row in rows]}, by=by, at=at)
    BudgetLine.objects.filter(application=application).delete()
    BudgetLine.objects.bulk_create(
        line(application, position, row) for position, row in enumerate(rows, 1)
    )


def line(application: Application, position: int, row: Mapping[str, Any]) -> BudgetLine:
    """One row of the table as a typed line; the fund's share also in CAD at the call's rate."""
    currency = words_in(row.get("currency")) or application.call.local_currency
    made = BudgetLine(application=application, position=position, currency=currency[:3])
    for name, most in (
        ("activity", 200),
        ("category", 30),
        ("description", 300),
        ("unit", 60),
        ("other_donor", 120),
        ("fiscal_year", 9),
        ("note", 300),
    ):
        setattr(made, name, words_in(row.get(name))[:most])
    for name in ("unit", "total", "fund", "own", "in_kind", "other"):
        setattr(made, f"{name}_cents", whole(row.get(f"{name}_cents")))
    made.quantity_e2 = hundredths(row.get("quantity"))
    made.cad_cents = in_cad(application.call, made.fund_cents, currency)
    return made


def whole(value: Any) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15
    return value if fits else 0


def hundredths(value: Any) -> int:
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return 0
    return int(round(number, 2).scaleb(2)) if number.is_finite() and abs(number) < 10**12 else 0


def in_cad(call: Call, cents: int, currency: str) -> int:
    """Cents of `currency` in CAD cents at the call's rate; 0 when that is not known."""
    if currency == call.currency:
        return cents
    return money.scaled(cents, call.rate.cad) if call.rate else 0


@transaction.atomic
def attach(
    application: Application, data: bytes, name: str, *, question: str, by: User, at: datetime
) -> Attachment:
    """Keep one more file with the draft; ten at most.

    Raises `TooManyFiles`, and `files.actions.FileRefused` with what is wrong with it.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    require(policy.may_edit(by, held, at=at))
    if queries.attached_to(held).count() >= kept.LIMIT_COUNT:
        raise TooManyFiles(most=kept.LIMIT_COUNT)
    file = files.keep(data, name, by=by, at=at)
    made = Attachment.objects.create(application=held, file=file, question=question, at=at)
    record("attachment.added", made, by=by, at=at, file=held, question=question, sha256=file.sha256)
    return made


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> Attachment:
    """Take a file out of the draft; the file itself and the fact stay."""
    require(policy.may_edit(by, attachment.application, at=at))
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    record("attachment.removed", attachment, by=by, at=at, file=attachment.application)
    return attachment
