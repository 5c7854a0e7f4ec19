"""One example of each page of an application: who looks, and with which parts of the address."""

from django.utils import timezone

from monarca.grants.applications import actions, queries
from monarca.grants.applications.models import Application, Attachment, Submission
from monarca.grants.calls.models import Call
from monarca.ground.partners import queries as partners
from tests import world


def member_of(application):
    """Somebody who may submit for its organisation."""
    at = timezone.now()
    return partners.people_of(application.applicant, at=at).order_by("pk")[0]


def a_draft(world_given):
    """A draft of the open call, with one file; begun now if there is none."""
    at = timezone.now()
    drafts = Application.objects.filter(status="draft", call__closes_at__gt=at)
    found = drafts.order_by("pk").first()
    if found is None:
        user = member_of(world_given.submitted)
        found = actions.start(open_call(), by=user, at=at, legal_name="Tejedoras")
    return found


def open_call():
    at = timezone.now()
    return Call.objects.filter(status="published", opens_at__lte=at, closes_at__gt=at)[0]


def proved():
    """Somebody who submitted to a call that has closed, and their reference."""
    sent = Submission.objects.filter(application__call__code=closed_call()).order_by("pk")
    found = next(each.application for each in sent if people_of(each.application))
    return member_of(found), {"ref": found.reference}


def people_of(application):
    return partners.people_of(application.applicant, at=timezone.now())


def closed_call():
    """The code of a call that has closed and to which something was submitted."""
    sent = Submission.objects.filter(application__call__closes_at__lte=timezone.now())
    public = sent.filter(application__call__status__in=("published", "closed"))
    return public.order_by("pk")[0].application.call.code


def drafted(world_given, **more):
    draft = a_draft(world_given)
    return member_of(draft), {"ref": draft.reference, **more}


def submitted(world_given):
    return member_of(world_given.submitted), {"ref": world_given.submitted.reference}


def with_a_file(world_given):
    draft = a_draft(world_given)
    user = member_of(draft)
    if not queries.attached_to(draft).exists():
        actions.attach(
            draft, world.PNG, "photo.png", question="other_files", by=user, at=timezone.now()
        )
    row = Attachment.objects.filter(application=draft).select_related("file")[0]
    return user, {"ref": draft.reference, "digest": row.file.sha256[:16]}


EXAMPLES = {
    "applications:start": lambda given: (
        member_of(given.submitted),
        {"code": open_call().code},
    ),
    "applications:detail": drafted,
    "applications:section": lambda given: drafted(given, section="organisation"),
    "applications:budget": drafted,
    "applications:check": drafted,
    "applications:submit": drafted,
    "applications:reopen": submitted,
    "applications:withdraw": drafted,
    "applications:receipt": submitted,
    "applications:receipt-pdf": submitted,
    "applications:receipt-json": submitted,
    "applications:file": with_a_file,
    "applications:seal": lambda given: (member_of(given.submitted), {"code": closed_call()}),
    "applications:checkpoint": lambda given: (member_of(given.submitted), {"code": closed_call()}),
    "applications:verifier": lambda given: (member_of(given.submitted), {}),
    "applications:proof": lambda _world: proved(),
}
