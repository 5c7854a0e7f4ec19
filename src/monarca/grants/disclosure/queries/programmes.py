"""Who publishes, and each mission's year of the fund as its agreements' parent."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from monarca.engines import calendar
from monarca.engines.publishing.disclosure import DEMO_PUBLISHER, Programme, Publisher, Sector
from monarca.grants.agreements import queries as agreements
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls

DEPARTMENT = "GAC"
"""How Canada's reference numbers begin; check with your programme."""

SEVERAL_SECTORS = "43010"
IMPLEMENTING, FINALISING = "2", "3"


def publisher_of(file: Application) -> Publisher:
    """The department under the installation's IATI id, or the demonstration's invented one.

    The department's name is the one in the frozen form of `file`'s call; the mailbox is the
    mission's, never a person's.
    """
    mailbox = file.call.mission.email
    ref = settings.IATI_ORGANISATION
    if ref == DEMO_PUBLISHER.ref:
        return replace(DEMO_PUBLISHER, mailbox=mailbox)
    names = calls.definition_in(file.form)["fund"]["department"]
    return Publisher(ref=ref, names=names, mailbox=mailbox)


def programme_key(file: Application) -> str:
    """The mission's year, as its agreements' numbers begin: CFLI-MX-2024-25."""
    return agreements.series_of(file).rstrip("-")


def programme_of(file: Application, *, updated_at: datetime, at: datetime) -> Programme:
    """The fund at one mission in one fiscal year; `updated_at` is its latest agreement's."""
    definition, call = calls.definition_in(file.form), file.call
    fund, mission = definition["fund"], call.mission
    year = calendar.labelled(call.fiscal_year) or calendar.fiscal_year_of(call.activities_end_on)
    titles = {
        code: f"{name} · {mission.name.get(code, mission.code)} · {call.fiscal_year}"
        for code, name in fund["short"].items()
    }
    return Programme(
        identifier=programme_key(file),
        name=fund["name"],
        purpose=fund["purpose"],
        title=titles,
        country=(mission.countries or ["MX"])[0],
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        updated_at=updated_at,
        sectors=(Sector(code=SEVERAL_SECTORS),),
        status=IMPLEMENTING if at.date() <= year.ends_on else FINALISING,
    )
