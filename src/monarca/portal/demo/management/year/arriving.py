"""Second chapter: the inbox is really read, and a person confirms what was read."""

import hashlib
from collections.abc import Mapping
from typing import Any

from monarca.engines.documents import intake as engine
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application, Intake
from monarca.grants.calls import queries as calls
from monarca.ground.codelists import queries as codelists
from monarca.ground.partners import actions as partners
from monarca.ground.people import actions as people
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year


def arrive(year: Year) -> None:
    """Read every file of the inbox, confirm each application, refuse what is none."""
    names = {start: name for name, start in stage.told("inbox")["files"].items()}
    by_hand = stage.told("confirmed")
    for intake in read_all(year):
        name = name_of(intake, names)
        if name is None:
            refuse(year, intake)
        elif name not in LEFT_ON_THE_DESK:
            year.files[name] = confirm(year, intake, by_hand.get(name, {}))
            year.speakers[name] = let_speak(year, name)
    year.say(f"{len(year.files)} applications confirmed")


LEFT_ON_THE_DESK: frozenset[str] = frozenset()


def read_all(year: Year) -> list[Intake]:
    definition = calls.definition_of(year.call)
    readings = engine.read_all(
        [stage.INBOX], definition, municipalities=codelists.municipality_names()
    )
    bytes_of = {
        hashlib.sha256(data).hexdigest(): (path.name, data)
        for path in sorted(stage.INBOX.rglob("*"))
        if path.is_file()
        for data in (path.read_bytes(),)
    }
    found = []
    for reading in readings:
        plain = reading.as_json()
        parts = [
            applications.Part(*bytes_of[one.sha256], role=one.role)
            for one in reading.attachments
            if one.sha256 in bytes_of
        ]
        arrival = applications.Arrival(
            name=reading.name,
            sha256=reading.sha256,
            received_at=reading.received_at or calendar.BY_HAND,
            read={key: plain[key] for key in ("fields", "budget", "language")},
            parts=parts,
            sender=reading.sender,
            problem=reading.problems[0].code if reading.problems and not reading.fields else "",
        )
        found.append(
            applications.receive(
                year.call, arrival, by=year.staff["coordinator"], at=calendar.READS_THE_INBOX
            )
        )
    return found


def name_of(intake: Intake, names: dict[str, str]) -> str | None:
    said = next((f["value"] for f in intake.read["fields"] if f["key"] == "legal_name"), None)
    return next((name for start, name in names.items() if str(said or "").startswith(start)), None)


def confirm(year: Year, intake: Intake, by_hand: Mapping[str, Any]) -> Application:
    read: dict[str, Any] = intake.read
    answers = {each["key"]: each["value"] for each in read["fields"] if each["value"] is not None}
    answers = {"fiscal_years": "one", "language": read["language"] or "es", **answers, **by_hand}
    budget = read["budget"] or {"lines": [], "currency": "MXN"}
    rows = [{**line, "currency": budget["currency"]} for line in budget["lines"]]
    return applications.confirm(
        intake,
        by=year.staff["coordinator"],
        at=calendar.CONFIRMS_WHAT_WAS_READ,
        answers=answers,
        budget=rows,
    )


def refuse(year: Year, intake: Intake) -> None:
    applications.refuse(
        intake,
        by=year.staff["coordinator"],
        at=calendar.CONFIRMS_WHAT_WAS_READ,
        reason=intake.problem or "not_an_application",
    )


def let_speak(year: Year, name: str) -> Any:
    """Whom the form names as contact may speak for the organisation from now on."""
    file = year.files[name]
    said = dict(file.answers.values_list("question", "value"))
    email = said.get("contact_email") or said.get("email") or f"{name}@correo.example"
    at = calendar.CONFIRMS_WHAT_WAS_READ
    user = people.join(
        email, by=None, at=at, name=str(said.get("contact_name") or ""), language=file.language
    )
    partners.admit(user, by=year.staff["coordinator"], at=at, organisation=file.applicant)
    return user
