"""Markers: no score without evidence, no evidence without its reason."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import markers
from monarca.engines.reasons import Reason

evidences = st.fixed_dictionaries(
    dict.fromkeys(markers.BOOLEANS, st.sampled_from([True, False, None]))
)
EVERYTHING = dict.fromkeys(markers.BOOLEANS, True)
NO_OUTCOME = dict.fromkeys(markers.OUTCOMES.values(), False)


@pytest.mark.parametrize(
    ("outcomes", "code", "dac"),
    [
        ({"equality_is_main_aim": True}, 3, 2),
        ({"intermediate_outcome": True}, 2, 1),
        ({"immediate_outcome": True}, 1, 1),
        ({}, 0, 0),
    ],
)
def test_the_codes_agree_when_the_checklist_is_whole(outcomes, code, dac):
    evidence = {**EVERYTHING, **NO_OUTCOME, **outcomes}
    assert (markers.ge_code(evidence).value, markers.dac_gender(evidence).value) == (code, dac)


def test_nothing_answered_is_blank_and_not_zero():
    ge, dac = markers.ge_code({}), markers.dac_gender({})
    assert (ge.value, dac.value) == (None, None)
    assert (ge.reason.code, dac.reason.code) == (
        "marker.ge_not_answered",
        "marker.dac_not_screened",
    )
    assert {each.reason.code for each in dac.criteria} == {"marker.not_answered"}


def test_a_higher_level_left_open_keeps_the_code_open():
    assert markers.ge_code({"intermediate_outcome": True}).value is None
    assert markers.ge_code({"equality_is_main_aim": False, "intermediate_outcome": True}).value == 2


@pytest.mark.parametrize("code", ["analysis_done", "do_no_harm"])
def test_without_an_analysis_that_avoids_harm_nothing_is_scored(code):
    for missing in (False, None):
        assert markers.dac_gender({**EVERYTHING, code: missing}).value is None


def test_a_score_falls_to_what_the_checklist_supports_and_says_why():
    score = markers.dac_gender({**EVERYTHING, "outcome_level": False})
    assert score.value == 1
    assert score.reason.code == "marker.dac_lowered"
    assert score.reason.values == {"score": 1, "proposed": 2, "criterion": "outcome_level"}
    score = markers.dac_gender({**EVERYTHING, "equality_objective": None, "outcome_level": False})
    assert (score.value, score.reason.values["criterion"]) == (0, "equality_objective")


@given(evidences)
def test_a_score_stands_on_every_criterion_it_needs(evidence):
    ge, dac = markers.ge_code(evidence), markers.dac_gender(evidence)
    if dac.value is None:
        assert ge.value is None or not (evidence["analysis_done"] and evidence["do_no_harm"])
        return
    assert ge.value is not None
    assert dac.value <= markers.FROM_GE[ge.value]
    for each in dac.criteria:
        assert each.needed_for > dac.value or each.met is True
        assert each.met == evidence[each.code]
    if dac.value < markers.FROM_GE[ge.value]:
        assert any(each.needed_for == dac.value + 1 and not each.met for each in dac.criteria)


@given(evidences, st.sampled_from(markers.BOOLEANS))
def test_more_evidence_never_lowers_a_score(evidence, code):
    if evidence[code] is False:
        more = {**evidence, code: True}
        for derive in (markers.ge_code, markers.dac_gender):
            before, after = derive(evidence).value, derive(more).value
            assert before is None or after is not None
            assert before is None or after >= before


@given(evidences)
def test_every_reason_has_a_known_code(evidence):
    for score in (markers.ge_code(evidence), markers.dac_gender(evidence)):
        assert score.reason.code in markers.CODES
        assert {each.reason.code for each in score.criteria} <= set(markers.CODES)


def test_the_code_a_person_settled_on_stands_before_the_derived_one():
    assert markers.dac_gender(EVERYTHING, ge=1).value == 1
    assert markers.dac_gender({**EVERYTHING, "intermediate_outcome": None}, ge=0).value == 0
    with pytest.raises(KeyError):
        markers.dac_gender(EVERYTHING, ge=4)


def test_three_is_for_desertification_and_four_for_rmnch_only():
    for marker in markers.MARKERS:
        assert markers.refusal(marker, None) is None
        allowed = [n for n in range(-1, 6) if markers.refusal(marker, n) is None]
        assert allowed == {"8": [0, 1, 2, 3], "9": [0, 1, 2, 4]}.get(marker, [0, 1, 2])
        assert tuple(allowed) == markers.significances(marker)
    refused = markers.refusal("1", 3)
    assert refused is not None
    assert refused.values == {"marker": "1", "significance": 3}


others = st.sampled_from(sorted(markers.LEVELS))
answered = st.sampled_from([True, False, None])


@pytest.mark.parametrize(
    ("marker", "evidence", "score"),
    [
        ("2", {}, None),
        ("2", {"objective_stated": False}, 0),
        ("2", {"objective_stated": True, "activities_linked": True}, None),
        ("6", {"objective_stated": True, "activities_linked": False}, 0),
        ("6", dict.fromkeys(markers.STATED, True) | {"would_not_exist_otherwise": False}, 1),
        ("6", dict.fromkeys(markers.STATED, True), 2),
        ("7", dict.fromkeys(markers.STATED, True), None),
        ("7", dict.fromkeys(markers.ADAPTATION, True), 2),
        ("7", dict.fromkeys(markers.ADAPTATION, True) | {"context_described": False}, 0),
        ("8", dict.fromkeys(markers.DESERTIFICATION, True), 3),
        ("8", dict.fromkeys(markers.DESERTIFICATION, True) | {"action_programme": False}, 2),
    ],
)
def test_another_marker_reaches_the_level_its_criteria_reach(marker, evidence, score):
    found = markers.level(marker, evidence)
    assert found.value == score
    assert {each.code for each in found.criteria} == set(markers.LEVELS[marker])


@given(others, st.data())
def test_a_blank_is_never_nought_and_an_answer_never_raises_what_it_denies(marker, data):
    evidence = {code: data.draw(answered) for code in markers.LEVELS[marker]}
    found = markers.level(marker, evidence)
    if found.value is not None:
        assert found.value in markers.significances(marker)
        for code in evidence:
            lower = markers.level(marker, {**evidence, code: False}).value
            assert lower is not None
            assert lower <= found.value
    if found.value == 0:
        assert False in evidence.values()


@pytest.mark.parametrize(
    ("part", "score"), [(None, None), (0, 0), (24, 0), (25, 1), (49, 1), (50, 2), (99, 2), (100, 4)]
)
def test_rmnch_goes_by_the_share_of_funds(part, score):
    found = markers.rmnch(part, 100)
    assert found.value == score
    assert markers.refusal("9", found.value) is None
    assert markers.rmnch(part, 0).value is None


@pytest.mark.parametrize("part", [-1, 101])
def test_more_than_all_the_funds_is_no_share(part):
    with pytest.raises(ValueError, match="part"):
        markers.rmnch(part, 100)


def test_a_person_overrides_with_words_and_goes_back_without():
    found = markers.dac_gender(EVERYTHING)
    assert found.value == 2
    assert markers.override("1", found, wanted=1, words=" ") == Reason(
        "marker.override_needs_words"
    )
    settled = markers.override("1", found, wanted=1, words="La meta cambió.")
    assert isinstance(settled, markers.Score)
    assert (settled.value, settled.criteria) == (1, found.criteria)
    assert settled.reason == Reason("marker.overridden", {"score": 1, "derived": 2})
    blank = markers.override("1", found, wanted=None, words="No se examinó.")
    assert isinstance(blank, markers.Score)
    assert blank.value is None
    back = markers.override("1", found, wanted=2, words="")
    assert isinstance(back, markers.Score)
    assert back.reason.code == "marker.override_ends"


@pytest.mark.parametrize(("marker", "wanted"), [("1", 3), ("ge_code", 4), ("9", 3), ("13", 0)])
def test_no_words_bring_a_score_that_the_marker_does_not_know(marker, wanted):
    refused = markers.override(marker, markers.ge_code({}), wanted=wanted, words="Porque sí.")
    assert isinstance(refused, Reason)
    assert refused.code in {"marker.significance_refused", "marker.unknown"}


def test_the_ge_code_goes_from_nought_to_three():
    assert markers.significances(markers.GE_CODE) == (0, 1, 2, 3)


def test_youth_is_no_dac_marker():
    refused = markers.refusal("13", 0)
    assert refused is not None
    assert refused.code == "marker.unknown"
    with pytest.raises(KeyError):
        markers.significances("13")


def test_the_pack_asks_for_exactly_the_evidence_the_markers_need():
    text = files("monarca").joinpath("packs/cfli-mexico/gba.toml").read_text(encoding="utf-8")
    asked = [each["code"] for each in tomllib.loads(text)["booleans"]]
    assert sorted(asked) == sorted(markers.BOOLEANS)
