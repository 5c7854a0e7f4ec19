"""One example of each page of screening: who looks, and with which parts of the address."""

from django.utils import timezone

from monarca.grants.applications.models import Application
from monarca.grants.screening import actions, queries
from monarca.grants.screening.models import Screening
from monarca.ground.partners import queries as partners
from tests.world_screening import make_begun, make_officer


def screened():
    """A file whose screening is open, begun now if there is none."""
    found = Screening.objects.filter(status__in=("open", "awaiting_applicant")).first()
    if found is None:
        begun = Screening.objects.values("application")
        rows = Application.objects.filter(status="submitted").exclude(pk__in=begun)
        found = make_begun(rows.order_by("pk")[0], at=timezone.now())
    return found


def of_file(_world):
    return make_officer(), {"ref": screened().application.reference}


def of_rule(world):
    user, given = of_file(world)
    return user, {**given, "rule": "E25"}


def of_pair(world):
    user, given = of_file(world)
    same = Application.objects.exclude(reference=given["ref"]).exclude(submitted_at=None).first()
    return user, {**given, "other": same.reference if same else given["ref"]}


def of_question(world):
    """The applicant, before a question that waits."""
    now, screening = timezone.now(), screened()
    if not queries.clarifications_of(screening.application).filter(answered_at=None).exists():
        due_on = now.date().replace(year=now.year + 1, day=1)
        words = "¿La cuenta está a nombre de la organización?"
        actions.ask(screening, by=make_officer(), at=now, question=words, due_on=due_on)
    return of_applicant(world)


def of_applicant(_world):
    file = screened().application
    return partners.people_of(file.applicant, at=timezone.now())[0], {"ref": file.reference}


EXAMPLES = {
    "screening:list": lambda _world: (make_officer(), {}),
    "screening:file": of_file,
    "screening:rule": of_rule,
    "screening:question": of_file,
    "screening:resume": of_file,
    "screening:pass": of_file,
    "screening:fail": of_file,
    "screening:pair": of_pair,
    "screening:clarification": of_question,
    "screening:requirements": of_applicant,
    "screening:withdrawal": of_applicant,
}
