"""Makers for reports: an agreement in force with two instalments, and a report ready to send."""

from datetime import UTC, date, datetime

from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import Status
from monarca.grants.decisions.models import Decision
from monarca.grants.reports import actions
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes.states import Kinds
from monarca.ground.people import actions as people

JULY = datetime(2024, 7, 1, 18, 0, tzinfo=UTC)
MARCH = datetime(2025, 3, 3, 18, 0, tzinfo=UTC)
FROM, UNTIL, DUE = date(2024, 7, 2), date(2025, 2, 28), date(2025, 3, 15)
PARTS = (
    ("signature", 2_700_000, date(2024, 7, 15)),
    ("report:final", 1_800_000, date(2025, 3, 28)),
)


def somebody(email, role, mission):
    """A person with this role; made once."""
    user = people.join(
        email, by=None, at=datetime(2024, 1, 2, tzinfo=UTC), name=email, language="en"
    )
    if role:
        people.give_role(
            user, by=None, at=datetime(2024, 1, 2, tzinfo=UTC), mission=mission, role=role
        )
    return user


def make_agreement(
    application, *, parts=PARTS, status=Status.ACTIVE, at=JULY, number="CFLI-MX-2024-25-001"
):
    """An agreement on the application, signed on 1 July 2024, its whole amount committed."""
    mission = application.call.mission
    approver = somebody("approver@example.org", "manager", mission)
    amount = sum(cents for _, cents, _ in parts)
    decision = Decision.objects.create(
        application=application,
        status="confirmed",
        outcome="approved",
        amount_cents=amount,
        proposed_at=at,
        proposed_by=approver,
        settled_at=at,
        settled_by=approver,
        confirmed_at=at,
        confirmed_by=approver,
    )
    agreement = Agreement.objects.create(
        decision=decision,
        application=application,
        recipient=application.applicant,
        envelope=application.call.envelope,
        number=number,
        language="es",
        title=application.title,
        amount_cents=amount,
        starts_on=FROM,
        activities_end_on=UNTIL,
        ends_on=date(2025, 3, 31),
        terms_version="2024",
        status=status,
        drafted_at=at,
        drafted_by=approver,
        sent_at=at,
        signed_on=at.date(),
    )
    for place, (condition, cents, due_on) in enumerate(parts, 1):
        Instalment.objects.create(
            agreement=agreement,
            number=place,
            kind="advance" if condition == "signature" else "final",
            condition=condition,
            cents=cents,
            due_on=due_on,
            fiscal_year="2024-2025",
        )
    envelopes.deposit(
        agreement.envelope,
        Kinds.COMMITTED,
        amount,
        subject=agreement,
        by=approver,
        at=at,
        file=application,
    )
    return agreement


def make_report(agreement, *, kind="final", at=JULY, due_on=DUE, from_on=FROM, until_on=UNTIL):
    return actions.request(
        agreement, by=None, at=at, kind=kind, due_on=due_on, from_on=from_on, until_on=until_on
    )


NARRATIVE = {
    "activities": "Hicimos los doce talleres del plan.",
    "results": "Hay agua limpia en tres barrios.",
    "gender": "Doce mujeres deciden ahora en el comité.",
    "harm": False,
    "risks": "La sequía: sembramos más tarde.",
    "lessons": "Empezar antes de las lluvias.",
    "sustainability": "El comité sigue y cobra una cuota.",
    "assets": "Tres filtros, los guarda el comité.",
}
ACTUALS = [{"indicator": "plan-r1", "group": "", "value": 41, "words": "Lista de asistencia"}]
PEOPLE = {"direct": {"women": 120, "men": 40}, "indirect": {"women": 500}}


def row(cents, category="training", *, key="r1", spent_on="2024-09-10", folio="A1", receipt=None):
    return {
        "id": key,
        "spent_on": spent_on,
        "category": category,
        "description": "Taller de filtros",
        "supplier": "Ferretería Yalálag",
        "folio": folio,
        "cents": cents,
        "receipt": receipt,
    }


def fill(report, by, *, at=MARCH, rows=None, why=""):
    """Everything a final report must say; `why` explains every category."""
    codes = ("training", "supplies", "overhead")
    actions.save_story(
        report,
        by=by,
        at=at,
        narrative=NARRATIVE,
        actuals=[{**each, "indicator": outcome(report)} for each in ACTUALS],
        people=PEOPLE,
        money={"interest": 0, "why": dict.fromkeys(codes, why or "Costó distinto.")},
    )
    actions.save_expenses(report, rows or [row(10_000_000)], by=by, at=at)
    return report


def outcome(report):
    """An indicator of the fund's list that measures a change."""
    from monarca.grants.reports import queries

    return next(each.key for each in queries.measures_of(report) if each.is_outcome)


def make_submitted(agreement, by, *, at=MARCH, rows=None, **asked):
    report = fill(make_report(agreement, **asked), by, at=at, rows=rows)
    return actions.submit(report, by=by, at=at, name="Lupita Cruz", title="Presidenta")


def make_accepted(agreement, by, reader, *, at=MARCH, rows=None, **asked):
    return actions.accept(
        make_submitted(agreement, by, at=at, rows=rows, **asked), by=reader, at=at
    )
