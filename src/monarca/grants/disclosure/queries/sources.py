"""What the official texts are made from: the project's own words, with the hash of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from monarca.engines import sealing
from monarca.grants.applications.models import Answer, Application
from monarca.grants.calls import queries as calls
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.states import Field

QUESTIONS = ("summary", "purpose", "results")


@dataclass(frozen=True, slots=True)
class Source:
    """One text as the project itself says it; `sha256` changes when it does."""

    text: str
    language: str

    @property
    def sha256(self) -> str:
        return sealing.sha256([self.language, self.text])


def sources_of(disclosure: Disclosure) -> dict[str, Source]:
    """Title, description and expected results in the project's own words."""
    return sources_by_file([disclosure])[disclosure.application_id]


def sources_by_file(rows: Iterable[Disclosure]) -> dict[int, dict[str, Source]]:
    """{application's key: {field: source}}, in one query for all."""
    several = tuple(rows)
    said: dict[int, dict[str, Any]] = {one.application_id: {} for one in several}
    answers = Answer.objects.filter(application__in=list(said), question__in=QUESTIONS)
    for file_id, question, value in answers.values_list("application", "question", "value"):
        said[file_id][question] = value
    return {one.application_id: _sources(one, said[one.application_id]) for one in several}


def _sources(row: Disclosure, said: Mapping[str, Any]) -> dict[str, Source]:
    texts = {
        Field.TITLE: row.agreement.title,
        Field.DESCRIPTION: str(said.get("summary") or said.get("purpose") or ""),
        Field.RESULTS: _expected(said.get("results")),
    }
    language = row.application.language
    return {field.value: Source(text.strip(), language) for field, text in texts.items()}


def _expected(rows: Any) -> str:
    """The changes the project promised, one a line."""
    if not isinstance(rows, list):
        return ""
    words = (str(row.get("result") or "").strip() for row in rows if isinstance(row, dict))
    return "\n".join(each for each in words if each)


def sectors_for(file: Application) -> tuple[str, ...]:
    """The OECD-DAC purpose codes that the fund proposes for the file's priority, first first."""
    definition = calls.definition_in(file.form)
    proposed = (
        tuple(node.get("sectors") or ())
        for node in definition["priorities"]
        if file.priority.split("-")[0] == node["code"]
    )
    return next(proposed, ()) or ("15150",)
