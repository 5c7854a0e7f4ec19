"""Policy markers derived from evidence, criterion by criterion: a score is never a guess.

Problem: a project is marked for gender equality (Global Affairs Canada's GE code, the OECD-DAC
gender marker) and for eleven other policy aims; peers find a quarter of self-scored markers
wrong. So the evidence is asked as yes or no, criterion by criterion, the score follows from it,
and blank ("not screened") is never nought ("screened, not targeted"). A person may override a
score with words. Constant time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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
    "marker.level_follows",
    "marker.level_not_screened",
    "marker.level_of_funds",
    "marker.overridden",
    "marker.override_ends",
    "marker.override_needs_words",
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


GE_CODE = "ge_code"
"""Global Affairs Canada's own code beside the twelve of the DAC."""

STATED = {"objective_stated": 1, "activities_linked": 1, "would_not_exist_otherwise": 2}
ADAPTATION = {"context_described": 1, **STATED}
DESERTIFICATION = {**STATED, "action_programme": 3}
LEVELS: Mapping[str, Mapping[str, int]] = {
    marker: {"7": ADAPTATION, "8": DESERTIFICATION}.get(marker, STATED)
    for marker in MARKERS
    if marker not in {"1", "9"}
}
"""The other DAC markers: each criterion and the lowest score that needs it.

Source: OECD-DAC, Converged Statistical Reporting Directives, annexes on policy markers: 1 when
the aim is stated and the activities serve it; 2 when the activity would not have been undertaken
without it. Adaptation also describes the context of vulnerability (Rio markers handbook); 3 is an
action programme under the Convention to Combat Desertification.
"""

RMNCH = ((Fraction(1, 4), 1), (Fraction(1, 2), 2), (Fraction(1), 4))
"""Marker 9 goes by the share of funds: a quarter, half, all of them.

The DAC's own scale has 3 for "most"; IATI's list keeps 3 for desertification, so most is 2.
"""


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


def level(marker: str, evidence: Mapping[str, bool | None]) -> Score:
    """The score of one of the other DAC markers, from its criteria in LEVELS.

    None while an answer that could change the score is missing. KeyError: the marker has no such
    criteria (gender has its own functions, RMNCH goes by money).
    """
    needed = LEVELS[marker]
    criteria = tuple(_criterion(code, evidence, lowest) for code, lowest in needed.items())
    value = 0
    for step in sorted(set(needed.values())):
        at_step = [each for each in criteria if each.needed_for == step]
        if any(each.met is False for each in at_step):
            break
        if missing := next((each for each in at_step if each.met is None), None):
            said: dict[str, Value] = {"marker": MARKERS[marker], "criterion": missing.code}
            return Score(None, Reason("marker.level_not_screened", said), criteria)
        value = step
    return Score(value, _level_follows(marker, value), criteria)


def rmnch(part_cents: int | None, whole_cents: int) -> Score:
    """Marker 9, reproductive, maternal, newborn and child health: 0, 1, 2 or 4 by share of funds.

    None when nobody has said how much is for it, or there are no funds. ValueError: a part below
    nothing or above the whole.
    """
    if part_cents is None or whole_cents == 0:
        said: dict[str, Value] = {"marker": MARKERS["9"], "criterion": "share_of_funds"}
        return Score(None, Reason("marker.level_not_screened", said), ())
    if not 0 <= part_cents <= whole_cents:
        raise ValueError("a part of the funds lies between nothing and all of them")
    share = Fraction(part_cents, whole_cents)
    value = max((score for least, score in RMNCH if share >= least), default=0)
    values: dict[str, Value] = {"score": value, "part_cents": part_cents}
    return Score(value, Reason("marker.level_of_funds", values | {"whole_cents": whole_cents}), ())


def override(marker: str, found: Score, *, wanted: int | None, words: str) -> Score | Reason:
    """A person's score in place of the derived one, or the reason why it cannot stand.

    `marker` is "ge_code" or one of MARKERS. Any score the marker knows is allowed, blank too, with
    words that say why; to the derived score one goes back without words, and the override ends.
    """
    if refused := refusal(marker, wanted):
        return refused
    if wanted == found.value:
        return Score(wanted, Reason("marker.override_ends", {"score": wanted}), found.criteria)
    if not words.strip():
        return Reason("marker.override_needs_words")
    values: dict[str, Value] = {"score": wanted, "derived": found.value}
    return Score(wanted, Reason("marker.overridden", values), found.criteria)


def significances(marker: str) -> tuple[int, ...]:
    """The scores a marker may have: 0, 1, 2, and more for three of them. KeyError: no marker."""
    if marker == GE_CODE:
        return tuple(sorted(FROM_GE))
    if marker not in MARKERS:
        raise KeyError(marker)
    return (0, 1, 2, *EXTRA.get(marker, ()))


def refusal(marker: str, significance: int | None) -> Reason | None:
    """Why a score cannot stand for a marker; None when it can. Blank is always allowed."""
    if marker not in MARKERS and marker != GE_CODE:
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


def _level_follows(marker: str, score: int) -> Reason:
    return Reason("marker.level_follows", {"marker": MARKERS[marker], "score": score})
