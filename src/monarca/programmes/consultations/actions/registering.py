"""What Canada's register of consultations asks beyond the record is written down."""

from datetime import datetime

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import require
from monarca.programmes.consultations import policy
from monarca.programmes.consultations.models import Consultation, Entry
from monarca.programmes.consultations.queries.telling import Registering


@transaction.atomic
def register(
    consultation: Consultation, given: Registering, *, by: User | None, at: datetime
) -> Entry:
    """Keep the entry, faults and all: what is faulty or not permitted is in no file."""
    require(policy.may_run(by, consultation, at=at))
    columns = {name: getattr(given, name) for name in Registering.__dataclass_fields__}
    kept = {name: list(one) if isinstance(one, tuple) else one for name, one in columns.items()}
    entry, _made = Entry.objects.update_or_create(
        consultation=consultation, defaults={**kept, "by": by, "at": at}
    )
    record("consultation.registered", consultation, by=by, at=at, publishable=given.publishable)
    return entry
