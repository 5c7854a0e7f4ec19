"""Load code lists: the shared aims, a pack's priorities and markers, INEGI's places."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.ground.codelists import policy, queries
from monarca.ground.codelists.models import Code
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import require


@transaction.atomic
def load(name: str, entries: Iterable[dict[str, Any]], *, by: User | None, at: datetime) -> int:
    """Bring one list up to date; a code that is no longer there is withdrawn, never deleted.

    Each entry: code, label {es, en, fr}, and optionally parent, official. Returns how many.
    """
    require(policy.may_load(by))
    rows = [
        Code(
            list=name,
            code=entry["code"],
            parent=entry.get("parent", ""),
            label=entry["label"],
            official=entry.get("official", []),
            position=position,
        )
        for position, entry in enumerate(entries)
    ]
    Code.objects.filter(list=name).exclude(code__in=[row.code for row in rows]).update(
        is_active=False
    )
    loaded = Code.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["list", "code"],
        update_fields=["parent", "label", "official", "position", "is_active"],
        batch_size=500,
    )
    if loaded:
        first = Code.objects.filter(list=name).earliest("pk")
        record("codelist.loaded", first, by=by, at=at, list=name, count=len(rows))
    return len(rows)


@transaction.atomic
def load_places(*, by: User | None, at: datetime) -> int:
    """INEGI's states and municipalities, as they come with the package."""
    require(policy.may_load(by))
    states = [{"code": state.code, "label": _same(state.name)} for state in queries.states()]
    towns = [
        {"code": town.code, "parent": town.state, "label": _same(town.name)}
        for town in queries.municipalities()
    ]
    count = load("state", states, by=by, at=at) + load("municipality", towns, by=by, at=at)
    record("codelist.loaded", Code.objects.earliest("pk"), by=by, at=at, list="places", count=count)
    return count


def _same(name: str) -> dict[str, str]:
    return {"es": name, "en": name, "fr": name}
