"""What was promised to a people is shown as far as they permit, by the act that heard them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from monarca.ground.commitments import policy
from monarca.ground.commitments.models import Commitment
from monarca.ground.journal.actions import label, record
from monarca.ground.people.models import User
from monarca.kit.guard import require


@transaction.atomic
def lend(source: Model, *, public: bool, by: User | None, at: datetime) -> int:
    """Show or take back what this record deposited; sealed ones stay sealed. How many changed.

    Another room's act calls this when the people give or take back their permission. The
    register itself never shows what came out of a consultation.
    """
    require(policy.may_deposit(by))
    rows = Commitment.objects.select_for_update().filter(source=label(source), is_sealed=False)
    changed = list(rows.exclude(is_public=public).order_by("pk"))
    for held in changed:
        held.is_public, held.published_at = public, at if public else held.published_at
        held.save(update_fields=["is_public", "published_at"])
        verb = "commitment.published" if public else "commitment.withheld"
        record(verb, held, by=by, at=at)
    return len(changed)
