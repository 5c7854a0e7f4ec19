"""A year in which every page has something to show, made by the acts that people use.

The closed call of 2024 carries files to every stage; the open call has a draft and a submission.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monarca.grants.agreements import actions as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.queries import instalments_of
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import actions as decisions
from monarca.grants.decisions.models import Meeting
from monarca.grants.payments import actions as payments
from monarca.grants.payments.queries import unpaid_parts
from monarca.grants.reports import actions as reports
from monarca.grants.reports.models import Report
from monarca.grants.screening import actions as screening
from monarca.ground.codelists import actions as codelists
from monarca.ground.people import actions as people
from monarca.ground.people.models import Role, User
from tests import world
from tests import world_agreements as agreeing
from tests import world_decisions as deciding
from tests import world_disclosure as public
from tests import world_reports as reporting
from tests import world_results as results
from tests.world_reviews import make_declared, make_reviewed
from tests.world_screening import make_begun, make_officer, make_screened

ROLES = (
    "coordinator",
    "manager",
    "reviewer",
    "head_of_mission",
    "finance",
    "headquarters",
    "auditor",
)
GROUPS = [
    f"{what} de {where} A.C."
    for where in (
        "Yalálag",
        "Xochistlahuaca",
        "Tlacotepec",
        "San Cristóbal",
        "Nuevo Laredo",
        "Puebla",
    )
    for what in ("Tejedoras", "Guardianas del Agua", "Jóvenes", "Parteras", "Radio Comunitaria")
]


@dataclass(frozen=True)
class Year:
    """What the examples of pages begin with; everything else they find in the database."""

    call: Call
    open_call: Call
    draft: Application
    submitted: Application


def member(number: int) -> User:
    return people.join(
        f"group{number}@example.org", by=None, at=world.DAWN, name=f"Lupita {number}", language="es"
    )


def make_year(at: datetime) -> Year:
    """The year; `at` is the instant at which it is looked at, in the days of the open call."""
    codelists.load_places(by=None, at=world.DAWN)
    call = world.make_call()
    for role in ROLES:
        make_officer(role)
    files = iter(range(1, 99))

    def applied(**changes) -> Application:
        number = next(files)
        return world.make_submitted(call, member(number), name=GROUPS[number], **changes)

    waiting_files(applied)
    committee(applied)
    running(applied)
    now_open = world.make_call(at - timedelta(days=10), at + timedelta(days=20), at=at)
    draft = in_time(now_open, member(90), at=at, name="Colectiva Mar de Fondo")
    sent = in_time(now_open, member(91), at=at, name="Red de Parteras")
    applications.submit(sent, by=member(91), at=at)
    return Year(call, now_open, draft, sent)


def in_time(call: Call, user: User, *, at: datetime, name: str) -> Application:
    """A complete draft whose days and budget lie in the open call's own year."""
    starts_on, ends_on = (at + timedelta(days=90)).date(), (at + timedelta(days=120)).date()
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    month = f"{starts_on:%Y-%m}"
    plan = [{**row, "starts": month, "ends": month} for row in world.answers()["activities"]]
    draft = world.make_draft(call, user, at=at, name=name, activities=plan, **days)
    year = starts_on.year - (starts_on.month < 4)
    lines = [{**line, "fiscal_year": f"{year}-{year + 1}"} for line in world.budget()]
    applications.save_budget(draft, lines, by=user, at=at)
    applications.attach(draft, world.PNG, "taller.png", question="other_files", by=user, at=at)
    return draft


def waiting_files(applied) -> None:
    """Submitted only; in screening, with a question; out; eligible; being read; read to the end."""
    applied()
    asked = make_begun(applied())
    screening.ask(
        asked,
        by=make_officer(),
        at=asked.begun_at,
        question="¿La cuenta está a nombre de la organización?",
        due_on=date(2099, 1, 31),
    )
    make_begun(applied())
    make_screened(applied(), eligible=False)
    make_screened(applied())
    make_declared(applied())
    make_reviewed(applied())
    make_reviewed(applied(), points=3)


def committee(applied) -> None:
    """A meeting that ended with every kind of answer, and one that goes on."""
    for outcome in ("approved", "declined", "reserved"):
        file = applied()
        make_reviewed(file)
        deciding.make_confirmed(file, outcome, cents=1_000_000)
    decisions.end_meeting(
        Meeting.objects.get(), by=make_officer(), at=deciding.CONFIRMED, minutes="Quórum completo."
    )
    file = applied()
    make_reviewed(file)
    deciding.make_ruling(file, cents=1_000_000, at=deciding.CONFIRMED + timedelta(days=1))


def running(applied) -> None:
    """Agreements at every stage, and the money and the reports of those in force."""

    def read() -> Application:
        file = applied()
        make_reviewed(file)
        return file

    small = {"cents": 1_500_000}
    agreeing.make_draft_agreement(read(), **small)
    agreeing.make_sent(read(), **small)
    agreements.suspend(
        agreeing.make_active(read(), **small),
        by=make_officer("head_of_mission"),
        at=agreeing.SIGNED + timedelta(days=40),
        reason="Faltan los recibos.",
    )
    for steps in range(1, 4):
        pay(agreeing.make_active(read(), **small), steps)
    for ready in (writing, sent_report, accepted_report):
        ready(agreeing.make_active(read(), **small))
    settled(agreeing.make_active(read(), **small))
    for make in (public.make_prepared, public.make_approved, public.make_published):
        ended = agreeing.make_active(read(), **small)
        report = accepted_report(ended)
        measured(ended, report)
        make(ended)


def pay(agreement: Agreement, steps: int = 4) -> None:
    """The first instalment through so many of its four steps, each by somebody else."""
    at = agreeing.SIGNED
    part = instalments_of(agreement).get(number=1)
    request = payments.request(part, by=make_officer("coordinator"), at=at)
    if steps > 1:
        payments.certify(request, by=make_officer("manager", "second@example.org"), at=at)
    if steps > 2:
        payments.release(request, by=make_officer("finance"), at=at)
    if steps > 3:
        payments.record_paid(request, by=make_officer("finance"), at=at, paid_on=at.date())


def its_member(agreement: Agreement) -> User:
    return agreement.application.submissions.order_by("-pk")[0].by


def writing(agreement: Agreement) -> None:
    """Paid its first part; a report half written, with one receipt."""
    pay(agreement)
    report = reporting.make_report(agreement, at=agreeing.SIGNED)
    by = its_member(agreement)
    reporting.fill(report, by)
    reports.attach(report, world.PNG, "factura.png", by=by, at=reporting.MARCH)


def sent_report(agreement: Agreement) -> None:
    pay(agreement)
    reporting.make_submitted(agreement, its_member(agreement))


def accepted_report(agreement: Agreement) -> Report:
    pay(agreement)
    reader = make_officer("coordinator")
    spent = [reporting.row(20_000_000)]
    return reporting.make_accepted(agreement, its_member(agreement), reader, rows=spent)


def settled(agreement: Agreement) -> None:
    """Everything paid or cancelled, reported and accepted: its money may be closed."""
    accepted_report(agreement)
    for part in unpaid_parts(agreement):
        payments.cancel(part, by=make_officer(), at=public.APRIL, words="Costó menos.")


def measured(agreement: Agreement, report: Report) -> None:
    """Two indicators with their plan and what came of one of them."""
    indicator = results.make_indicator(agreement)
    results.make_own(agreement)
    results.make_verified(indicator, report)


def holder(role: str) -> User:
    """Somebody who holds the role."""
    return Role.objects.filter(role=role, until=None).order_by("pk")[0].user
