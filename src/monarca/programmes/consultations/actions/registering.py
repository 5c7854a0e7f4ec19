"""What Canada's register of consultations asks beyond the record is written down."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import require
from monarca.programmes.consultations import policy
from monarca.programmes.consultations.models import Consultation, Entry


@dataclass(frozen=True, slots=True)
class Registering:
    """The columns of the register that the record does not answer; codes as in its lists."""

    publishable: bool = False
    partners: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    start_on: date | None = None
    end_on: date | None = None
    status: str = ""
    report_en: str = ""
    report_fr: str = ""
    contact_email: str = ""
    lead_email: str = ""
    remarks_en: str = ""
    remarks_fr: str = ""
    is_high_profile: bool = False
    rationale: tuple[str, ...] = ()


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
