"""What the river holds of a call, as the tables that the commands on files read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from monarca.engines.matching import Problem
from monarca.engines.reasons import Reason
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity, Status
from monarca.grants.calls.models import Call
from monarca.grants.decisions import queries as decisions
from monarca.grants.decisions.queries import planning
from monarca.grants.reviews import queries as reviews
from monarca.ground.people.models import User
from monarca.kit.command import now

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which files of a call are told, to whom (None: to whoever runs the machine), and when."""

    call: Call
    files: QuerySet[Application]
    user: User | None
    at: datetime


class NotTold(Exception):
    """There is no such call, or no such person, in this installation."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


def told(table: str, code: str, *, asker: str = "") -> list[Cells]:
    """The rows of one of TABLES for a call. Raises NotTold."""
    return list(TABLES[table](asked(code, asker=asker)))


def problem(code: str, *, each: int, asker: str = "") -> Problem:
    """The problem that a plan of a call's readers solves, as its page puts it. Raises NotTold."""
    given = asked(code, asker=asker)
    found = reviews.problem_of(given.call, each=each, at=given.at, user=given.user)
    if not found.applications or not found.reviewers:
        raise NotTold("shell.nothing_yet")
    return found


def asked(code: str, *, asker: str = "") -> Asked:
    """The submitted files of a call that this person may see; without a person, the open ones."""
    at = now()
    call = Call.objects.filter(code=code).first()
    if call is None:
        raise NotTold("shell.no_such_call")
    user = User.objects.filter(email__iexact=asker).first() if asker else None
    if asker and user is None:
        raise NotTold("shell.no_such_person", asker=asker)
    rows = Application.objects.filter(sensitivity=Sensitivity.OPEN)
    if user:
        rows = applications.visible_to(user, at=at)
    files = rows.filter(call=call, status=Status.SUBMITTED).order_by("reference")
    return Asked(call, files.select_related("applicant", "form"), user, at)


def scores(asked: Asked) -> Iterator[Cells]:
    """application, reviewer, criterion, score, weight: the points of complete reviews.

    Of a file that somebody still reads nothing is told: `reviews.queries.points_told`.
    """
    for row in reviews.points_told(asked.files, user=asked.user, at=asked.at):
        yield {
            "application": row.file,
            "reviewer": row.email,
            "criterion": row.criterion,
            "score": row.points,
            "weight": row.weight,
        }


def projects(asked: Asked) -> Iterator[Cells]:
    """What the committee may choose from, with what its readers found, as its page weighs it.

    project, title, organisation, score, standard_error, asked (dollars; what was approved already,
    or the most that may be), theme, region, first_time, gender_code (the lowest of its readers).
    """
    found = _candidates(asked)
    files = [each.file for each in found.each.values()]
    findings = decisions.findings_of(files)
    for name, each in found.each.items():
        file, codes = each.file, findings[each.file.pk].ge_codes
        yield {
            "project": name,
            "title": file.shown_title,
            "organisation": str(file.applicant_id),
            "score": each.score,
            "standard_error": "" if each.error is None else each.error,
            "asked": Decimal(each.asked_cents) / 100,
            "theme": file.priority,
            "region": applications.answers_of(file).get("state", ""),
            "first_time": not answers_of(file, "previous_canada"),
            "gender_code": min(codes, default=""),
        }


def limits(asked: Asked) -> Iterator[Cells]:
    """The rules where nobody wrote any: what is left of the envelope with what was approved.

    One project an organisation; what the committee has approved is kept.
    """
    found = _candidates(asked)
    yield {
        "envelope": Decimal(found.envelope_cents) / 100,
        "one_per_organisation": True,
        "pins": [{"project": name, "fund": True} for name in found.kept],
        "firm": [f"pin:{name}" for name in found.kept],
    }


def _candidates(asked: Asked) -> planning.Candidates:
    """The files that a plan of this person weighs; without a person, those open to the team."""
    if asked.user:
        return planning.candidates(asked.user, asked.call, at=asked.at)
    rows = planning.open_to_the_team()
    return planning.weighed(asked.call, rows, user=None, at=asked.at)


def groups(asked: Asked) -> Iterator[Cells]:
    """id, name, acronym, representative, rfc, clabe, phone, email, municipality, state."""
    for file in asked.files:
        answers = applications.answers_of(file)
        cells = {column: answers.get(question, "") for column, question in GROUP.items()}
        yield {"id": file.reference, "name": file.applicant.legal_name, **cells}


def texts(asked: Asked) -> Iterator[Cells]:
    """id, text: everything that was written in sentences, to be held against the others."""
    for file in asked.files:
        answers = applications.answers_of(file)
        said = [each for each in answers.values() if isinstance(each, str) and " " in each]
        yield {"id": file.reference, "text": "\n\n".join(said)}


def answers_of(file: Application, *keys: str) -> list[str]:
    """The answers to these questions, several choices one by one."""
    answers = applications.answers_of(file)
    found: list[Any] = []
    for key in keys:
        value = answers.get(key)
        found += value if isinstance(value, list) else [value]
    return [str(each) for each in found if each]


GROUP = {
    "acronym": "short_name",
    "representative": "representative_name",
    "rfc": "rfc",
    "phone": "phone",
    "email": "email",
    "state": "state",
}
"""Column of `monarca link` -> question of the form."""

TABLES: Mapping[str, Callable[[Asked], Iterator[Cells]]] = {
    "scores": scores,
    "projects": projects,
    "limits": limits,
    "groups": groups,
    "texts": texts,
}
"""Every table that can be told of a call."""
