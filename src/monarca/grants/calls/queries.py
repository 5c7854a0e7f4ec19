"""Questions about calls: which are open, and the frozen definition each is answered with."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from monarca.grants.calls.models import Call, Form
from monarca.grants.calls.states import Status
from monarca.ground.people import queries as people
from monarca.ground.people.models import User


def announced() -> QuerySet[Call]:
    """Every call the public may read, newest closing first."""
    shown = (Status.PUBLISHED, Status.CLOSED)
    return Call.objects.filter(status__in=shown).order_by("-closes_at", "-pk")


def open_at(at: datetime) -> QuerySet[Call]:
    """Calls that take applications now, the next to close first."""
    rows = Call.objects.filter(status=Status.PUBLISHED, opens_at__lte=at, closes_at__gt=at)
    return rows.order_by("closes_at", "pk")


def visible_to(user: User, *, at: datetime) -> QuerySet[Call]:
    """The calls of the missions this person serves, drafts included."""
    ours = people.missions_of(user, at=at).order_by().values("pk")
    return Call.objects.filter(mission__in=ours).order_by("-closes_at", "-pk")


def to_close(at: datetime) -> QuerySet[Call]:
    """Published calls whose deadline has passed; `tick` closes them."""
    return Call.objects.filter(status=Status.PUBLISHED, closes_at__lte=at).order_by("pk")


def form_of(call: Call) -> Form:
    """The call's latest form, without its definition (ask `definition` for that)."""
    return Form.objects.filter(call=call).defer("definition").latest("version")


@lru_cache(maxsize=16)
def _definition(form_id: int, sha256: str) -> Mapping[str, Any]:  # noqa: ARG001
    found: Mapping[str, Any] = Form.objects.values_list("definition", flat=True).get(pk=form_id)
    return found


def definition(form_id: int) -> Mapping[str, Any]:
    """The frozen definition of a form: never change what this returns.

    Kept in memory by its hash, because a published form never changes.
    """
    return _definition(form_id, Form.objects.values_list("sha256", flat=True).get(pk=form_id))


def definition_of(call: Call) -> Mapping[str, Any]:
    """The definition that new applications of this call are answered with."""
    return definition_in(form_of(call))


def definition_in(form: Form) -> Mapping[str, Any]:
    """The definition of a form that was loaded without it."""
    return _definition(form.pk, form.sha256)


def questions(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every top-level question of a definition by its key, in order."""
    return {
        question["key"]: question
        for section in definition["sections"]
        for question in section["questions"]
    }
