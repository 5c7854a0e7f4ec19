"""What a reader may see of one commitment's history: words, wordings, evidence, news of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import QuerySet

from monarca.ground.commitments.models import Commitment, Progress, Wording
from monarca.ground.commitments.queries.finding import inside, shown, wordings_of
from monarca.ground.people.models import User

NEWS = 50
"""How many news a feed carries."""


@dataclass(frozen=True, slots=True)
class News:
    """Something everybody may hear: a commitment was made public, worded anew, or reported on."""

    kind: str
    at: datetime
    commitment: Commitment
    key: str
    progress: Progress | None = None
    wording: Wording | None = None


def is_inside(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """Does the person read more than everybody: its mission's staff, its owners, its readers?"""
    if user is None or not user.is_authenticated:
        return False
    return inside(user, at=at).filter(pk=commitment.pk).exists()


def progress_of(commitment: Commitment, *, whole: bool) -> QuerySet[Progress]:
    """Its history, the latest first; without `whole` only what everybody reads."""
    rows = Progress.objects.filter(commitment=commitment)
    rows = rows if whole else shown(rows)
    return rows.select_related("evidence", "by", "taken_back").order_by("-at", "-pk")


def wordings_told(commitment: Commitment, *, whole: bool) -> Sequence[Wording]:
    """Its wordings, the first one first; everybody reads those since it was made public.

    What was worded before nobody saw it stays with those who keep the register.
    """
    found = list(wordings_of(commitment))
    since = commitment.published_at
    if whole or since is None:
        return found
    return [one for one, then in pairwise(found) if then.at > since] + found[-1:]


def news(rows: QuerySet[Commitment]) -> Sequence[News]:
    """The latest news of these public commitments: three questions, the newest first."""
    public = rows.filter(is_public=True, published_at__isnull=False)
    pks = public.order_by().values("pk")
    told = shown(Progress.objects.filter(commitment__in=pks)).select_related("commitment")
    worded = Wording.objects.filter(commitment__in=pks, number__gt=0).select_related("commitment")
    found = [
        *(
            News("made", _since(one), one, "made")
            for one in public.order_by("-published_at", "-pk")[:NEWS]
        ),
        *(_reported(one) for one in told.order_by("-shown_at", "-pk")[:NEWS]),
        *(_worded(one) for one in worded.order_by("-at", "-pk")[:NEWS] if _is_public(one)),
    ]
    return sorted(found, key=lambda one: (one.at, one.commitment.pk, one.key), reverse=True)[:NEWS]


def _since(commitment: Commitment) -> datetime:
    return commitment.published_at or commitment.made_at


def _reported(progress: Progress) -> News:
    at = progress.shown_at or progress.at
    return News("reported", at, progress.commitment, f"progress-{progress.pk}", progress=progress)


def _worded(wording: Wording) -> News:
    key = f"wording-{wording.number}"
    return News("worded", wording.at, wording.commitment, key, wording=wording)


def _is_public(wording: Wording) -> bool:
    """Was it worded while everybody could read it?"""
    since = wording.commitment.published_at
    return since is not None and wording.at > since
