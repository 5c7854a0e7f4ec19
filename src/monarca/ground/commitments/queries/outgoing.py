"""Commitments as they leave the house: each with what its asker may read of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from monarca.ground.commitments.models import Aim, Commitment, Owner, Progress
from monarca.ground.commitments.queries.finding import inside
from monarca.ground.people.models import User

MOST = 20_000
"""Rows of one file: the register of a generation."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One commitment for a file; `last` is the latest report that the asker may read."""

    row: Commitment
    aims: Sequence[str]
    owners: Mapping[str, Sequence[str]]
    last: Progress | None
    is_inside: bool


def exported(rows: QuerySet[Commitment], user: User | None, *, at: datetime) -> Iterator[Exported]:
    """These rows, in five questions however many they are."""
    now = Prefetch("owners", Owner.objects.in_force(at).order_by("pk"), to_attr="held")
    aims = Prefetch("aims", Aim.objects.order_by("aim"), to_attr="served")
    said = Progress.objects.select_related("taken_back").order_by("-at", "-pk")
    told = Prefetch("progress", said, to_attr="told")
    own = set(inside(user, at=at).values_list("pk", flat=True)) if user else set()
    for row in rows.prefetch_related(now, aims, told)[:MOST]:
        yield _exported(row, is_inside=row.pk in own)


def _exported(row: Commitment, *, is_inside: bool) -> Exported:
    owners: dict[str, list[str]] = {}
    for owner in row.held:  # type: ignore[attr-defined]
        owners.setdefault(owner.side, []).append(owner.name)
    told = row.told  # type: ignore[attr-defined]
    readable = (one for one in told if is_inside or _is_shown(one))
    aims = [one.aim for one in row.served]  # type: ignore[attr-defined]
    return Exported(row, aims, owners, next(readable, None), is_inside)


def _is_shown(said: Progress) -> bool:
    return said.shown_at is not None and not hasattr(said, "taken_back")
