"""What the gender markers rest on: the readers' findings, the answers, and what is measured.

A criterion is met when every finished review that answered it says so and nothing on file
contradicts it. Ours, and strict on purpose, because gender markers are more often scored too high
than too low (domain dossier, 1.3): check with your programme.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monarca.engines import markers, questions
from monarca.engines.reasons import Reason
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.results.models import Indicator, Target
from monarca.grants.results.states import OUTCOMES, TOTAL
from monarca.grants.reviews.models import Assessment
from monarca.grants.reviews.states import Status

type Met = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Criterion -> met, not met, or (None) not answered; and why some were lowered."""

    met: Met
    reviews: int
    lowered: tuple[tuple[str, Reason], ...]


def evidence_of(agreement: Agreement) -> Evidence:
    """The evidence on one agreement, in a handful of queries."""
    rows = Assessment.objects.filter(
        assignment__application=agreement.application, assignment__status=Status.COMPLETE
    )
    found = list(rows.order_by("pk").values_list("booleans", flat=True))
    met: dict[str, bool | None] = {code: _agreed(code, found) for code in markers.BOOLEANS}
    lowered = tuple((code, reason) for code, reason in _contradictions(agreement) if met.get(code))
    met.update(dict.fromkeys((code for code, _reason in lowered), False))
    return Evidence(met, len(found), lowered)


def _agreed(code: str, reviews: list[Met]) -> bool | None:
    said = [value for one in reviews if (value := one.get(code)) is not None]
    return all(said) if said else None


def _contradictions(agreement: Agreement) -> Iterator[tuple[str, Reason]]:
    """Criteria that the file itself shows not to be met, whatever the readers found."""
    if blank := unanswered(agreement.application):
        yield "analysis_done", Reason("evidence.gba_unanswered", {"count": blank})
    measured = list(Indicator.objects.filter(agreement=agreement).order_by("number"))
    if not measured:
        return
    gender = [each for each in measured if each.is_gender_specific]
    if not gender:
        yield "equality_objective", Reason("evidence.no_gender_indicator")
    if not any(each.level in OUTCOMES for each in gender):
        yield "outcome_level", Reason("evidence.no_gender_outcome")
    split = Target.objects.filter(indicator__agreement=agreement).exclude(group=TOTAL)
    if not gender and not split.exists():
        yield "sex_disaggregated", Reason("evidence.nothing_split")


def unanswered(application: Application) -> int:
    """How many questions of the gender-based analysis were left blank."""
    answers = applications.answers_of(application)
    definition = calls.definition(application.form_id)
    return sum(
        bool(question.get("gba")) and questions.is_blank(answers.get(question["key"]))
        for section in definition["sections"]
        for question in section["questions"]
    )
