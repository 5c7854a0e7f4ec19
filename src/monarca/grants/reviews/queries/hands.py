"""Who may not read which of many files: who had a hand in them, and who is barred."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from monarca.grants.applications.models import Answer, Application, Revision, Submission
from monarca.grants.reviews.models import ConflictDeclaration
from monarca.ground.partners.models import Membership
from monarca.ground.people.models import Access
from monarca.ground.people.states import Effects

type Hand = tuple[int, int]
"""A file and a person, by their keys."""


def workers(files: Collection[Application]) -> frozenset[Hand]:
    """Everybody who may not score one of these files because they had a hand in it.

    Who began or wrote or submitted the application, and who ever spoke for the organisation: the
    two-person rule "advise and score". Two questions, however many files.
    """
    keys = [file.pk for file in files]
    written: QuerySet[Answer, tuple[int, int | None]]
    written = Answer.objects.filter(application__in=keys).values_list("application", "by")
    again = Revision.objects.filter(answer__application__in=keys)
    sent = Submission.objects.filter(application__in=keys)
    found = written.union(
        again.values_list("answer__application", "by"), sent.values_list("application", "by")
    )
    groups = {file.applicant_id for file in files}
    members: dict[int, set[int]] = {}
    for group, person in Membership.objects.filter(organisation__in=groups).values_list(
        "organisation", "user"
    ):
        members.setdefault(group, set()).add(person)
    speakers = {(file.pk, one) for file in files for one in members.get(file.applicant_id, ())}
    began = {(file.pk, file.started_by_id or 0) for file in files}
    return frozenset({(file, one) for file, one in found if one} | speakers | began)


def barred(files: Collection[Application], *, at: datetime) -> frozenset[Hand]:
    """Who is barred from which of these files now; one question."""
    rows = Access.objects.in_force(at).filter(
        kind=Application._meta.label_lower,
        subject_id__in=[file.pk for file in files],
        effect=Effects.BARRED,
    )
    return frozenset(rows.values_list("subject_id", "user"))


def declared(files: Collection[Application]) -> dict[Hand, str]:
    """The level of the latest declaration of each person on each of these files; one question."""
    rows = ConflictDeclaration.objects.filter(application__in=[file.pk for file in files])
    told = rows.order_by("at", "pk").values_list("application", "user", "level")
    return {(file, person): level for file, person, level in told}
