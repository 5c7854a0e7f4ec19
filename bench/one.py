"""The one file that goes down the river by the acts themselves, beside the crowd."""

from datetime import UTC, date, datetime

from tests import world, world_agreements, world_reports, world_reviews
from tests.world_screening import AFTER, make_begun, make_officer

from monarca.grants.agreements import actions as agreements
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import actions as decisions
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import Ruling
from monarca.grants.payments import actions as payments
from monarca.grants.payments.models import PaymentRequest
from monarca.grants.reports import actions as reports
from monarca.grants.reports.models import Report
from monarca.grants.reviews import actions as reviews
from monarca.grants.reviews.models import Assignment
from monarca.grants.screening import actions as screening
from monarca.grants.screening import queries as screened
from monarca.grants.screening.models import Screening
from monarca.ground.people import actions as people
from monarca.ground.people.models import User

ROLES = (
    "manager",
    "coordinator",
    "reviewer",
    "head_of_mission",
    "finance",
    "headquarters",
    "auditor",
)
CENTS = 4_000_000
MAY = datetime(2024, 5, 6, 15, 0, tzinfo=UTC)
JUNE = datetime(2024, 6, 20, 16, 0, tzinfo=UTC)
JULY = datetime(2024, 7, 10, 16, 0, tzinfo=UTC)
MARCH = datetime(2025, 3, 3, 18, 0, tzinfo=UTC)


def criteria() -> list[str]:
    """The codes of the call's criteria."""
    return [each["code"] for each in world.definition()["criteria"]]


def submit() -> tuple[Call, Application, dict[str, User]]:
    """A call that has closed, an application to it, and everybody at work."""
    call = world.make_call()
    applicant = people.join("lupita@example.org", by=None, at=world.DAWN, name="Lupita")
    file = world.make_submitted(call, applicant)
    known = {role: make_officer(role) for role in ROLES}
    certifier = make_officer("manager", "certifier@example.org")
    return call, file, {**known, "certifier": certifier, "applicant": applicant}


def begin(file: Application) -> None:
    make_begun(file)


def ask(file: Application) -> None:
    of = Screening.objects.get(application=file)
    screening.ask(of, by=make_officer(), at=AFTER, question="¿Dónde?", due_on=date(2024, 5, 20))


def conclude(file: Application) -> None:
    of = Screening.objects.get(application=file)
    by = make_officer()
    screening.stop_waiting(of, by=by, at=AFTER)
    for check in screened.undecided(of):
        if check.outcome == "fail":
            screening.waive_check(check, by=by, at=AFTER, words="Se aceptó por escrito.")
        else:
            screening.confirm_check(check, by=by, at=AFTER)
    screening.pass_(of, by=by, at=AFTER)


def assign(file: Application) -> None:
    world_reviews.make_declared(file, make_officer("reviewer"), at=MAY)


def review(file: Application) -> None:
    assignment = Assignment.objects.get(application=file)
    by = assignment.reviewer
    reviews.score(
        assignment,
        by=by,
        at=MAY,
        scores=world_reviews.scores(),
        booleans=world_reviews.booleans(),
        ge_code=2,
        ge_words="Cambia quién decide.",
        overall="strong",
    )
    reviews.recommend(assignment, by=by, at=MAY, advice="approve", words="Conviene apoyarlo.")


def convene(file: Application) -> None:
    """The meeting that will treat the file; the crowd's files come before it too."""
    by = make_officer()
    decisions.convene(file.call, by=by, at=JUNE, held_at=JUNE, chair=by, place="Sala 3")


def decide(file: Application) -> None:
    meeting = Meeting.objects.get(call=file.call)
    yes = Ruling(outcome="approved", amount_cents=CENTS)
    decisions.decide(file, by=make_officer(), at=JUNE, meeting=meeting, ruling=yes)


def confirm(file: Application) -> None:
    decision = Decision.objects.get(application=file)
    decisions.confirm(decision, by=make_officer("head_of_mission"), at=JUNE)


def draft(file: Application) -> None:
    decision = Decision.objects.get(application=file)
    starts_on = world_agreements.STARTS
    agreements.draft(decision, by=make_officer("coordinator"), at=JUNE, starts_on=starts_on)


def agreement_of(file: Application) -> Agreement:
    return Agreement.objects.get(application=file)


def send(file: Application) -> None:
    agreements.send(agreement_of(file), by=make_officer("coordinator"), at=JUNE)


def sign(file: Application) -> None:
    for party in ("recipient", "canada"):
        world_agreements.sign(agreement_of(file), party, on=JULY.date(), at=JULY)


def ask_to_report(file: Application) -> None:
    world_reports.make_report(agreement_of(file), at=JULY)


def report(file: Application) -> None:
    found = world_reports.fill(Report.objects.get(application=file), applicant(), at=MARCH)
    reports.submit(found, by=applicant(), at=MARCH, name="Lupita Cruz", title="Presidenta")


def applicant() -> User:
    return User.objects.get(email="lupita@example.org")


def accept(file: Application) -> None:
    found = Report.objects.get(application=file)
    reports.accept(found, by=make_officer("coordinator"), at=MARCH)


def request(file: Application) -> None:
    part = Instalment.objects.get(agreement=agreement_of(file), number=1)
    payments.request(part, by=make_officer("coordinator"), at=MARCH)


def asked(file: Application) -> PaymentRequest:
    return PaymentRequest.objects.get(application=file)


def certify(file: Application) -> None:
    certifier = make_officer("manager", "certifier@example.org")
    payments.certify(asked(file), by=certifier, at=MARCH)


def release(file: Application) -> None:
    payments.release(asked(file), by=make_officer("finance"), at=MARCH)


def pay(file: Application) -> None:
    payments.record_paid(
        asked(file), by=make_officer("finance"), at=MARCH, paid_on=date(2025, 3, 3)
    )
