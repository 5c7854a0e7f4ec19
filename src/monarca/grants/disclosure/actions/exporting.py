"""A public file leaves the house: which, when, how many records, and its SHA-256."""

from datetime import datetime

from django.db import transaction

from monarca.engines.publishing.findings import is_valid
from monarca.grants.disclosure import policy
from monarca.grants.disclosure.models import Export
from monarca.grants.disclosure.queries import PublicFile
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require


class NotValid(Refused):
    """A file that breaks the rules of those who read it is not published."""


@transaction.atomic
def export(file: PublicFile, *, by: User | None, at: datetime) -> Export:
    """Write down that this file (`queries.file_of`) was published. Raises `NotValid`."""
    require(policy.may_export(by))
    if not is_valid(file.findings):
        raise NotValid(count=len(file.findings))
    made = Export.objects.create(kind=file.kind, at=at, by=by, count=file.count, sha256=file.sha256)
    record(
        "disclosure.exported",
        made,
        by=by,
        at=at,
        command="publish",
        kind=file.kind,
        count=file.count,
        sha256=file.sha256,
    )
    return made
