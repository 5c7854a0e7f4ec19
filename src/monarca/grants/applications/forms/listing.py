"""What arrived, as rows of a list; a group that would be put at risk is never named in it."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines.reasons import Reason
from monarca.grants.applications.models import Intake
from monarca.grants.applications.states import IntakeStatus, Sensitivity, SetAside
from monarca.kit import formats, reasons
from monarca.kit.parts import Link, Noted, Status


def rows_of(found: Iterable[Intake]) -> list[tuple[Any, ...]]:
    """(what arrived, of whom, when, where it stands)"""
    return [(_what(one), _whose(one), _when(one), _standing(one)) for one in found]


def is_guarded(intake: Intake) -> bool:
    """Its group must not be named outside the arrival's own page."""
    made = intake.application
    return intake.at_risk or (made is not None and made.sensitivity != Sensitivity.OPEN)


def shown_name(intake: Intake) -> str:
    """What lists call it: the file's name, or its key where a name could put people at risk."""
    return intake.key if is_guarded(intake) else intake.name


def _what(intake: Intake) -> Link:
    url = reverse("applications:intake", args=[intake.key])
    return Link(shown_name(intake), url, intake.call.code)


def _whose(intake: Intake) -> Any:
    if is_guarded(intake):
        return Status(_("Restricted: not named in lists"), "ink")
    return Noted(intake.group or "—")


def _when(intake: Intake) -> Noted:
    local = intake.received_at.astimezone(ZoneInfo(intake.call.time_zone))
    day = formats.day(local.date(), style="medium")
    late = intake.received_at >= intake.call.closes_at
    return Noted(day, _("After the call had closed") if late else "")


def _standing(intake: Intake) -> Any:
    if intake.status == IntakeStatus.CONFIRMED and intake.application:
        return Noted(intake.application.reference)
    if intake.status == IntakeStatus.REFUSED:
        return Noted(str(SetAside(intake.refused_for).label) if intake.refused_for else "—")
    if intake.problem:
        return Status(reasons.sentence(Reason(intake.problem)), "warn")
    if intake.twin_id:
        return Status(_("Perhaps the group wrote twice"), "warn")
    if not intake.doubts:
        return Status(_("Nothing was in doubt"), "ok")
    said = ngettext("%(n)s answer to look at", "%(n)s answers to look at", intake.doubts)
    return Status(said % {"n": formats.number(intake.doubts)}, "info")
