"""Questions about applications. `visible_to` is the one gate of every file, everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.engines import budgets, calendar, eligibility, likeness, questions
from monarca.engines.documents import stored
from monarca.grants.applications import gate
from monarca.grants.applications.models import (
    Application,
    Attachment,
    BudgetLine,
    Intake,
    IntakePart,
    Place,
    Submission,
)
from monarca.grants.applications.states import IntakeStatus, Sensitivity, Status
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.codelists import queries as codelists
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import Facts as Standings
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox
from monarca.kit.record import keys

MOST_ALIKE = 20
SCREENERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})

STATES = tuple(
    {"code": state.code, "label": dict.fromkeys(("es", "en", "fr"), state.name)}
    for state in codelists.states()
)


def visible_to(user: User, *, at: datetime) -> QuerySet[Application]:
    """The applications this person may see at this instant; everything else does not exist.

    Members see their organisation's files; staff see what was submitted to their missions
    unless it is sealed; named readers see theirs; a barred person sees nothing of the file,
    whatever else they hold. A barred member still sees their own organisation's file never.
    """
    return Application.objects.filter(gate.seen(user, at=at)).order_by("-submitted_at", "-pk")


def served(user: User, *, roles: frozenset[str], at: datetime) -> QuerySet[Application]:
    """What `visible_to` shows, of the missions where the person holds one of these roles."""
    rows = Application.objects.filter(gate.served(user, roles=roles, at=at))
    return rows.order_by("-submitted_at", "-pk")


def owned_by(user: User, *, at: datetime) -> QuerySet[Application]:
    """The applicant's own files: what `visible_to` shows of the organisations they speak for.

    Said directly, because every applicant page asks it; a property test holds the two together.
    """
    barred = keys(people.closed_to(user, Application, at=at), "subject_id")
    rows = Application.objects.filter(gate.speaking(user, at=at), ~Q(pk__in=barred))
    rows = rows.select_related("call__rate", "applicant", "form").defer("form__definition")
    return rows.order_by("-submitted_at", "-pk")


def drafts_of(user: User, call: Call, *, at: datetime) -> QuerySet[Application]:
    """What this person already began for this call, newest first."""
    rows = owned_by(user, at=at).filter(call=call).exclude(status=Status.WITHDRAWN)
    return rows.order_by("-started_at", "-pk")


def answers_of(application: Application) -> dict[str, Any]:
    """The latest answer to every question, as JSON."""
    return dict(application.answers.order_by("question").values_list("question", "value"))


def attached_to(application: Application) -> QuerySet[Attachment]:
    """The files that belong to it now, in the order they came."""
    rows = Attachment.objects.filter(application=application, removed_at=None)
    return rows.select_related("file").order_by("question", "at", "pk")


def lines_of(application: Application) -> tuple[budgets.Line, ...]:
    """The budget as the engine reads it, in the currency of its lines."""
    rows = BudgetLine.objects.filter(application=application).order_by("position")
    return tuple(line_of(row) for row in rows)


def line_of(row: BudgetLine) -> budgets.Line:
    return budgets.Line(
        key=f"r{row.position}",
        activity=row.activity,
        category=row.category,
        description=row.description,
        unit=row.unit,
        quantity=Decimal(row.quantity_e2).scaleb(-2) if row.quantity_e2 else None,
        unit_cents=row.unit_cents or None,
        total_cents=row.total_cents,
        fund_cents=row.fund_cents,
        own_cents=row.own_cents,
        in_kind_cents=row.in_kind_cents,
        other_cents=row.other_cents,
        other_donor=row.other_donor,
        fiscal_year=row.fiscal_year,
    )


def context_of(
    application: Application, definition: Mapping[str, Any], attached: Iterable[str] | None = None
) -> questions.Context:
    """What the form's questions stand on: lists, states, and which questions have files."""
    if attached is None:
        attached = attached_to(application).values_list("question", flat=True)
    return questions.Context(definition, STATES, frozenset(attached))


def budget_context(
    application: Application, answers: Mapping[str, Any], currency: str
) -> budgets.Context:
    """What the budget is held against: the call's rate, the plan's activities, the dates."""
    rate = application.call.rate
    years: tuple[str, ...] = ()
    starts, ends = application.starts_on, application.ends_on
    if starts and ends and starts <= ends:
        years = calendar.fiscal_years(starts, ends)
    return budgets.Context(
        currency=currency,
        rate=rate.cad if rate and rate.currency == currency else None,
        activities=activities_in(answers),
        years=years,
        requested_cents=application.requested_cents,
        language=application.language,
        tolerance_cents=100,
    )


def activities_in(answers: Mapping[str, Any]) -> dict[str, str] | None:
    rows = answers.get("activities")
    if not isinstance(rows, list):
        return None
    named = {str(r.get("id")): str(r.get("activity") or "") for r in rows if isinstance(r, dict)}
    return {key: name for key, name in named.items() if name} or None


class Sheet:
    """One application and what hangs on it; each thing is loaded once, when it is first asked.

    `known` is what need not be asked, because it is not kept yet.
    """

    def __init__(self, application: Application, **known: Any) -> None:
        self.application = application
        self.__dict__.update(known)

    @cached_property
    def definition(self) -> Mapping[str, Any]:
        return calls.definition_in(self.application.form)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """Every answer by its question, as JSON."""
        return {question: value for question, value, _at in self._answered}

    @cached_property
    def saved_at(self) -> datetime | None:
        return max((at for _question, _value, at in self._answered), default=None)

    @cached_property
    def attached(self) -> tuple[Attachment, ...]:
        return tuple(attached_to(self.application))

    @cached_property
    def lines(self) -> tuple[budgets.Line, ...]:
        return tuple(line_of(row) for row in self._rows)

    @cached_property
    def currency(self) -> str:
        return self._rows[0].currency if self._rows else self.application.call.local_currency

    @cached_property
    def offer(self) -> questions.Context:
        """What its questions offer; whether a file was attached is not asked."""
        return context_of(self.application, self.definition, ())

    @cached_property
    def context(self) -> questions.Context:
        held = [row.question for row in self.attached]
        return context_of(self.application, self.definition, held)

    @property
    def budget(self) -> budgets.Context:
        return budget_context(self.application, self.answers, self.currency)

    @cached_property
    def _answered(self) -> Sequence[tuple[str, Any, datetime]]:
        rows = self.application.answers.order_by("question")
        return list(rows.values_list("question", "value", "at"))

    @cached_property
    def _rows(self) -> Sequence[BudgetLine]:
        return list(BudgetLine.objects.filter(application=self.application).order_by("position"))


def sheet_of(application: Application) -> Sheet:
    """What the pages and the rules of one application need."""
    return Sheet(application)


def facts_of(
    application: Application, *, at: datetime, sheet: Sheet | None = None
) -> eligibility.Facts:
    """Everything the rules of a call need to know of one application.

    `received_at` is the submission's instant, or `at` for a draft that would be submitted now.
    """
    sheet = sheet or sheet_of(application)
    standing = list(
        partners.standing_of(application.applicant, at=at).values_list("fact", flat=True)
    )
    return eligibility.Facts(
        received_at=application.submitted_at or at,
        opens_at=application.call.opens_at,
        closes_at=application.call.closes_at,
        answers=sheet.answers,
        language=application.language,
        lines=sheet.lines,
        budget=sheet.budget,
        states=STATES,
        attached=sheet.context.attached,
        other_applications=others_of(application).count(),
        overdue_reports=standing.count(Standings.REPORT_OVERDUE),
        debt_cents=standing.count(Standings.DEBT),
    )


def currency_of(application: Application) -> str:
    first = BudgetLine.objects.filter(application=application).order_by("position").first()
    return first.currency if first else application.call.local_currency


def others_of(application: Application) -> QuerySet[Application]:
    """The same organisation's other live applications; a submitted one tells of no sealed one."""
    rows = Application.objects.filter(
        call=application.call_id, applicant=application.applicant_id, status=Status.SUBMITTED
    )
    if application.status == Status.SUBMITTED and application.sensitivity != Sensitivity.SEALED:
        rows = rows.exclude(sensitivity=Sensitivity.SEALED)
    return rows.exclude(pk=application.pk).order_by("submitted_at", "pk")


def last_submission(application: Application) -> Submission | None:
    return Submission.objects.filter(application=application).order_by("-number").first()


def intakes_of(user: User, *, at: datetime) -> QuerySet[Intake]:
    """What arrived by mail for the missions where this person screens or manages.

    Only who may see the application finds what became one, or is perhaps of the same group.
    """
    rows = Intake.objects.filter(gate.serving(user, at=at, roles=SCREENERS))
    rows = rows.exclude(_kept_from(user.pk, at))
    return rows.select_related("call").order_by("received_at", "pk")


@lru_cache(maxsize=32)
def _kept_from(pk: int, at: datetime) -> Q:
    """Mail of a file this person may not see, or of the same group: a question without rows."""
    seen = gate.seen(User(pk=pk), at=at, path="application__")
    hidden = Intake.objects.exclude(application=None).exclude(seen)
    same = Q()
    for found in (keys(hidden), keys(hidden.exclude(twin=None), "twin")):
        same |= Q(pk__in=found) | Q(twin__in=found, twin__isnull=False)
    return same


def to_confirm(user: User, *, at: datetime) -> QuerySet[Intake]:
    return intakes_of(user, at=at).filter(status=IntakeStatus.READ, problem="")


def unreadable(user: User, *, at: datetime) -> QuerySet[Intake]:
    """What arrived and could not be read, and nobody has set aside yet."""
    return intakes_of(user, at=at).filter(status=IntakeStatus.READ).exclude(problem="")


def arrived_before(call: Call, sha256: str, parts: Iterable[str]) -> Intake | None:
    """The arrival that holds every one of these parts (by SHA-256), or is this very file."""
    wanted = {part for part in parts if part}
    if not wanted:
        return Intake.objects.filter(call=call, sha256=sha256).first()
    rows = IntakePart.objects.filter(intake__call=call, file__original_sha256__in=wanted)
    count = Count("file__original_sha256", distinct=True)
    held = rows.values("intake").annotate(held=count).filter(held=len(wanted)).order_by("intake")
    return Intake.objects.filter(pk__in=held.values("intake")).order_by("pk").first()


def perhaps_the_same(call: Call, marks: likeness.Marks) -> list[Intake]:
    """Arrivals of the call that are perhaps of the group with these marks, the first first."""
    rows = Intake.objects.filter(call=call).exclude(marks={}).order_by("pk")
    alike = [
        pk
        for pk, stored in rows.values_list("pk", "marks").iterator()
        if likeness.same_group(marks, likeness.marks_from(stored))
    ]
    found = Intake.objects.filter(pk__in=alike[:MOST_ALIKE]).select_related("call", "application")
    return list(found.defer("read", "corrected").order_by("pk"))


def answers_in(read: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were read, by question; those that were not understood are left out."""
    return stored.answers(read)


def answers_read(intake: Intake) -> dict[str, Any]:
    """The answers to confirm: as a person left them, else as they were read."""
    if "answers" in intake.corrected:
        return dict(intake.corrected["answers"])
    language = intake.read.get("language") or ""
    said = {"language": language} if language else {}
    return said | answers_in(intake.read)


def budget_read(intake: Intake) -> list[dict[str, Any]]:
    """The budget's rows to confirm, as `confirm` takes them."""
    if "budget" in intake.corrected:
        return [dict(row) for row in intake.corrected["budget"]]
    return stored.budget_rows(intake.read, intake.call.local_currency)


def parts_of(intake: Intake) -> QuerySet[IntakePart]:
    """The files that arrived, the form first."""
    return IntakePart.objects.filter(intake=intake).select_related("file").order_by("pk")


def may_open_the_mail(user: User, *, at: datetime) -> bool:
    """Does this person screen or manage at any mission?"""
    return bool(people.held(user, at=at) & SCREENERS)


def alike_of(intake: Intake, user: User, *, at: datetime) -> list[Intake]:
    """Other arrivals of the call that are perhaps of the same group, of those one may see."""
    found = perhaps_the_same(intake.call, likeness.marks_from(intake.marks))
    seen = intakes_of(user, at=at).filter(pk__in=[one.pk for one in found if one != intake])
    return list(seen.select_related("application").defer("read", "corrected"))


def known_groups(
    intake: Intake, answers: Mapping[str, Any], user: User, *, at: datetime
) -> list[Application]:
    """Open files of the same mission whose group has this name or address: one for each group."""
    name, short = (stored.words(answers.get(key)) for key in ("legal_name", "short_name"))
    email = stored.words(answers.get("email"))
    same = Q(applicant__legal_name__iexact=name) if name else Q(pk__in=())
    same |= Q(applicant__short_name__iexact=short) if short else Q(pk__in=())
    same |= Q(applicant__email__iexact=email) if email else Q(pk__in=())
    rows = visible_to(user, at=at).filter(
        same, call__mission=intake.call.mission_id, sensitivity=Sensitivity.OPEN
    )
    found = rows.select_related("applicant")[:MOST_ALIKE]
    return list({one.applicant_id: one for one in found}.values())


def places_of(application: Application) -> list[str]:
    """Where the project happens, in words: town, municipality, state."""
    towns, states = codelists.municipality_names(), codelists.state_names()
    return [
        ", ".join(
            part
            for part in (row.locality, towns.get(row.municipality), states.get(row.state))
            if part
        )
        for row in Place.objects.filter(application=application).order_by("pk")
    ]


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What arrived by mail and waits for a person: to confirm, or to see why it was not read."""
    if not may_open_the_mail(user, at=at):
        return ()
    url = reverse("applications:intake-list")
    return (
        Inbox("to-confirm", _("To confirm: arrived by mail"), to_confirm(user, at=at), url),
        Inbox(
            "unread",
            _("Arrived by mail, could not be read"),
            unreadable(user, at=at),
            f"{url}?view=unread",
        ),
    )
