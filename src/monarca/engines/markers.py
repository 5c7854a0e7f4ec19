"""Policy markers derived from evidence, criterion by criterion: a score is never a guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from monarca.engines.reasons import Reason, Value

CODES = (
    "marker.met",
    "marker.not_met",
    "marker.not_answered",
    "marker.ge_follows",
    "marker.ge_not_answered",
    "marker.dac_follows",
    "marker.dac_lowered",
    "marker.dac_not_screened",
    "marker.unknown",
    "marker.significance_refused",
)

OUTCOMES = {3: "equality_is_main_aim", 2: "intermediate_outcome", 1: "immediate_outcome"}
"""GE code: the level of the results chain at which a change in gender equality is stated.

Source: Global Affairs Canada's gender equality coding (Tool 9 of its toolkit), domain notes 5.4. In
a project of this size: purpose, change in practice, change in knowledge or access.
"""

CHECKLIST = {
    "analysis_done": 0,
    "do_no_harm": 0,
    "shaped_design": 1,
    "equality_objective": 1,
    "sex_disaggregated": 1,
    "commitment_to_monitor": 1,
    "equality_is_main_aim": 2,
    "outcome_level": 2,
}
"""DAC gender marker: each minimum criterion and the lowest score that needs it.

Source: OECD-DAC, Handbook on the gender equality policy marker (2016), minimum criteria.
"""

BOOLEANS = tuple(dict.fromkeys((*CHECKLIST, *OUTCOMES.values())))
FROM_GE = {3: 2, 2: 1, 1: 1, 0: 0}

MARKERS = {
    "1": "gender-equality",
    "2": "environment",
    "3": "governance",
    "4": "trade",
    "5": "biodiversity",
    "6": "mitigation",
    "7": "adaptation",
    "8": "desertification",
    "9": "rmnch",
    "10": "disaster-risk",
    "11": "disability",
    "12": "nutrition",
}
"""IATI code list PolicyMarker, vocabulary 1 (OECD-DAC)."""

EXTRA = {"8": (3,), "9": (4,)}
"""IATI code list PolicySignificance: 3 is for desertification only, 4 for RMNCH only."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as it was found: met, not met, or (None) not answered."""

    code: str
    met: bool | None
    needed_for: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Score:
    """A derived score. None is "not screened", which is not the same as 0, "not targeted"."""

    value: int | None
    reason: Reason
    criteria: tuple[Criterion, ...]


def ge_code(evidence: Mapping[str, bool | None]) -> Score:
    """The GE code 0 to 3: the highest level of results that states a change in equality.

    None while a level that could raise the code has not been answered.
    """
    criteria = tuple(_criterion(code, evidence, level) for level, code in OUTCOMES.items())
    for each in criteria:
        if each.met is None:
            return Score(None, Reason("marker.ge_not_answered", {"criterion": each.code}), criteria)
        if each.met:
            return Score(each.needed_for, _follows("ge", each.needed_for), criteria)
    return Score(0, _follows("ge", 0), criteria)


def dac_gender(evidence: Mapping[str, bool | None], *, ge: int | None = None) -> Score:
    """The DAC gender marker: what the GE code proposes, lowered to what the checklist supports.

    `ge` is the code a person settled on; without one it is derived from the same evidence. None
    (blank) when there is no GE code, or when a criterion that every score needs (a gender analysis,
    used to avoid harm) is not met: the project has not been screened. KeyError: no such GE code.
    """
    criteria = tuple(_criterion(code, evidence, level) for code, level in CHECKLIST.items())
    code = ge_code(evidence).value if ge is None else ge
    missing = [each for each in criteria if not each.met]
    if code is None or any(each.needed_for == 0 for each in missing):
        return Score(None, Reason("marker.dac_not_screened"), criteria)
    target = FROM_GE[code]
    value = min([target, *(each.needed_for - 1 for each in missing)])
    if value < target:
        first = next(each.code for each in missing if each.needed_for == value + 1)
        values: dict[str, Value] = {"score": value, "proposed": target, "criterion": first}
        return Score(value, Reason("marker.dac_lowered", values), criteria)
    return Score(value, _follows("dac", value), criteria)


def significances(marker: str) -> tuple[int, ...]:
    """The scores a marker may have: 0, 1, 2, and for two markers one more. KeyError: no marker."""
    if marker not in MARKERS:
        raise KeyError(marker)
    return (0, 1, 2, *EXTRA.get(marker, ()))


def refusal(marker: str, significance: int | None) -> Reason | None:
    """Why a score cannot stand for a marker; None when it can. Blank is always allowed."""
    if marker not in MARKERS:
        return Reason("marker.unknown", {"marker": marker})
    if significance is None or significance in significances(marker):
        return None
    return Reason("marker.significance_refused", {"marker": marker, "significance": significance})


def _criterion(code: str, evidence: Mapping[str, bool | None], level: int) -> Criterion:
    met = evidence.get(code)
    said = {True: "marker.met", False: "marker.not_met", None: "marker.not_answered"}[met]
    return Criterion(code, met, level, Reason(said, {"criterion": code, "needed_for": level}))


def _follows(marker: str, score: int) -> Reason:
    return Reason(f"marker.{marker}_follows", {"score": score})
