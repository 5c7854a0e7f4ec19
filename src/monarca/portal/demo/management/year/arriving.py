"""Second chapter: the inbox is really read, and a person confirms what was read."""

from collections.abc import Mapping
from typing import Any

from monarca.grants.applications import actions as applications
from monarca.grants.applications import queries
from monarca.grants.applications.models import Application, Intake
from monarca.grants.applications.states import SetAside
from monarca.ground.partners import actions as partners
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

STAYS_ON_THE_DESK = "recicladoras"
"""One form was read and waits for a person to confirm it: whoever visits the demo may."""


def arrive(year: Year) -> None:
    """Read every file of the inbox, confirm each application, set aside what is none."""
    story, by_hand = stage.told("inbox")["files"], stage.told("confirmed")
    arrived = applications.read_in(
        [stage.INBOX],
        call=year.call,
        by=year.staff["coordinator"],
        at=calendar.READS_THE_INBOX,
        received_at=calendar.BY_HAND,
    )
    for each in arrived:
        if each.intake is None:
            continue
        name = name_of(each.intake, story)
        if name == STAYS_ON_THE_DESK:
            continue
        if name:
            year.files[name] = confirm(year, each.intake, by_hand.get(name, {}))
            year.speakers[name] = let_speak(year, name)
        else:
            set_aside(year, each.intake)
    year.say(f"{len(arrived)} things arrived; {len(year.files)} applications confirmed")


def name_of(intake: Intake, story: Mapping[str, str]) -> str | None:
    """The story's short name, by how the organisation's name begins; None for no application."""
    said = str(queries.answers_in(intake.read).get("legal_name") or "")
    return next((name for name, begins in story.items() if said.startswith(begins)), None)


def confirm(year: Year, intake: Intake, by_hand: Mapping[str, Any]) -> Application:
    """The person's look at document and reading: what stands on the paper and was not read."""
    return applications.confirm(
        intake,
        by=year.staff["coordinator"],
        at=calendar.CONFIRMS_WHAT_WAS_READ,
        answers={"fiscal_years": "one", **queries.answers_read(intake), **by_hand},
        budget=queries.budget_read(intake),
    )


def set_aside(year: Year, intake: Intake) -> None:
    applications.refuse(
        intake,
        by=year.staff["coordinator"],
        at=calendar.CONFIRMS_WHAT_WAS_READ,
        reason=SetAside.UNREADABLE,
        note="Se pidió otra copia por teléfono; nunca llegó.",
    )


def let_speak(year: Year, name: str) -> User:
    """Whom the form names as contact may speak for the organisation from now on."""
    file, at = year.files[name], calendar.CONFIRMS_WHAT_WAS_READ
    said = queries.answers_of(file)
    email = str(said.get("contact_email") or said.get("email") or f"{name}@correo.example")
    who = str(said.get("contact_name") or "")
    user = people.join(email, by=None, at=at, name=who, language=file.language)
    partners.admit(user, by=year.staff["coordinator"], at=at, organisation=file.applicant)
    return user
