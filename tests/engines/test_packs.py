"""The pack cfli-mexico: sound, whole, in three languages, and always the same."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monarca
from monarca.engines import packs
from monarca.engines.packs.kinds import LANGUAGES, LETTERS, MUST_MAP, RULE_KINDS

HERE = Path(monarca.__file__).parent / "packs" / "cfli-mexico"
PACK = packs.read(HERE)
CFLI: dict[str, Any] = PACK.definition


def questions() -> Iterator[dict[str, Any]]:
    for section in CFLI["sections"]:
        for question in section["questions"]:
            yield question
            yield from question.get("fields", ())


def trilingual(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            yield value
        else:
            for inner in value.values():
                yield from trilingual(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from trilingual(inner)


def test_the_fund_of_mexico_has_no_fault():
    assert [(each.file, each.line, each.text) for each in PACK.findings] == []
    assert PACK.is_sound


def test_reading_twice_and_elsewhere_gives_the_same_hash(tmp_path):
    shutil.copytree(HERE, tmp_path / "copy")
    expected = packs.definition_sha256(CFLI)
    assert re.fullmatch("[0-9a-f]{64}", expected)
    assert packs.definition_sha256(packs.read(HERE).definition) == expected
    assert packs.definition_sha256(packs.read(tmp_path / "copy").definition) == expected


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    shutil.copytree(HERE, tmp_path / "copy")
    for place in (tmp_path / "copy").rglob("*.*"):
        place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n"))
    pack = packs.read(tmp_path / "copy")
    assert pack.findings == ()
    assert packs.definition_sha256(pack.definition) == packs.definition_sha256(CFLI)


def test_one_changed_letter_changes_the_hash(tmp_path):
    shutil.copytree(HERE, tmp_path / "copy")
    letter = tmp_path / "copy/letters/report.due.fr.md"
    letter.write_text(letter.read_text("utf-8").replace("Bonjour", "Bonsoir"), "utf-8")
    changed = packs.read(tmp_path / "copy").definition
    assert changed["letters"]["report.due"]["body"]["fr"].startswith("Bonsoir")
    assert packs.definition_sha256(changed) != packs.definition_sha256(CFLI)


def test_the_definition_is_plain_json():
    assert json.loads(packs.canonical(CFLI)) == CFLI
    assert packs.canonical({"b": "é", "a": 1}) == '{"a":1,"b":"é"}'.encode()


def test_every_text_stands_in_three_languages_and_long_ones_are_translated():
    texts = list(trilingual(CFLI))
    assert len(texts) > 400
    for text in texts:
        assert all(text[language].strip() for language in LANGUAGES)
        if len(text["en"]) > 25:
            assert len(set(text.values())) == 3, text


def test_the_shared_aims_are_the_six_of_the_mission_page():
    assert [aim["code"] for aim in CFLI["aims"]] == [
        "gender-equality",
        "marginalized-communities",
        "human-rights",
        "climate-change",
        "root-causes-of-migration",
        "economies-for-everyone",
    ]


def test_every_with_a_focus_on_of_the_mission_page_is_a_second_level():
    below = {}
    for priority in CFLI["priorities"]:
        below[priority["code"]] = [each["label"]["en"] for each in priority["focus"]]
        for child in priority["children"]:
            below[child["code"]] = [each["label"]["en"] for each in child["focus"]]
    assert below == {
        "GE": [],
        "IG": [],
        "IG-D": ["Indigenous population", "LGBT persons", "Migrants/refugees"],
        "IG-H": [
            "Forced displacements",
            "Human rights defenders",
            "Forced disappearances",
            "Journalists and freedom of expression",
        ],
        "IG-L": ["Transparency", "Anti-corruption"],
        "PS": [
            "Conflict prevention",
            "Youths and crime",
            "Crime reduction",
            "Professionalization of police forces",
        ],
        "GR": [
            "Women's economic rights",
            "Decent jobs and entrepreneurship",
            "Investing in the poorest and most vulnerable",
            "Safeguarding economic gains",
        ],
        "HD": ["Health", "Education", "Nutrition"],
        "EC": ["Adaptation", "Mitigation", "Water management"],
    }


def test_french_priorities_are_marked_as_ours_and_english_ones_as_official():
    marks = [priority["sourced"] for priority in CFLI["priorities"]]
    assert marks == [{"es": True, "en": True, "fr": False}] * 6


def test_not_registered_because_of_risk_is_an_answer_of_its_own():
    (registered,) = [each for each in questions() if each.get("maps_to") == "registered"]
    assert [option["code"] for option in registered["options"]] == ["yes", "no", "at_risk"]
    assert registered["options"][2]["label"]["en"] == "No: registering would put us at risk"


def test_every_question_of_the_gender_section_must_be_answered():
    (section,) = [each for each in CFLI["sections"] if each["key"] == "gba"]
    assert len(section["questions"]) == 12
    assert all(each["required"] and each["gba"] for each in section["questions"])


def test_the_columns_that_rooms_need_are_each_filled_by_one_question():
    mapped = [each["maps_to"] for each in questions() if "maps_to" in each]
    assert sorted(mapped) == sorted({*MUST_MAP, "summary"})


def test_the_twenty_five_rules_use_kinds_that_exist():
    assert [rule["id"] for rule in CFLI["rules"]] == [f"E{number:02d}" for number in range(1, 26)]
    assert {rule["kind"] for rule in CFLI["rules"]} <= set(RULE_KINDS)
    levels = {rule["id"]: rule["level"] for rule in CFLI["rules"]}
    assert levels["E07"] == "flag"
    assert levels["E11"] == "info"
    assert [code for code, level in levels.items() if level == "block"] == [
        *("E01", "E02", "E03", "E04", "E05", "E09", "E10", "E12"),
        *("E13", "E15", "E16", "E17", "E20", "E25"),
    ]


def test_weights_and_instalments_add_up_to_a_hundred():
    weights = {each["code"]: each["weight"] for each in CFLI["criteria"]}
    assert sum(weights.values()) == 100
    assert weights["gba"] == 20
    assert {each["code"] for each in CFLI["criteria"] if each["minimum"]} == {"gba", "budget"}
    assert sum(each["percent"] for each in CFLI["instalments"]) == 100


def test_no_letter_names_a_title_or_an_organisation():
    assert set(CFLI["letters"]) == set(LETTERS)
    for letter in CFLI["letters"].values():
        for text in (*letter["subject"].values(), *letter["body"].values()):
            assert "{title}" not in text
            assert "{organisation}" not in text


def test_every_letter_gives_its_reference_and_the_page_to_open_in_each_language():
    for key, letter in CFLI["letters"].items():
        for language in LANGUAGES:
            whole = letter["subject"][language] + letter["body"][language]
            assert set(re.findall(r"{([a-z0-9_]+)}", whole)) == LETTERS[key], (key, language)


def test_every_default_of_ours_is_listed_to_be_checked():
    assert {"rules.E14", "criteria", "instalments", "agreement.articles.aml"} <= set(CFLI["checks"])


def test_the_sample_call_closes_on_21_april_2024_in_mexico_city():
    assert CFLI["call"]["opens_at"] == "2024-03-04T15:00:00Z"
    assert CFLI["call"]["closes_at"] == "2024-04-22T05:59:00Z"
    assert packs.call_code(CFLI) == "CFLI-MX-2024"
    assert packs.fiscal_year(CFLI) == "2024-2025"
    assert packs.activities_end(CFLI) == date(2025, 2, 28)
    assert packs.activities_end(CFLI, years=2) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("closes_at", "code", "year", "end"),
    [
        ("2024-01-01T05:59:00+00:00", "CFLI-MX-2023", "2023-2024", date(2024, 2, 28)),
        ("2024-01-01T06:00:00+00:00", "CFLI-MX-2024", "2023-2024", date(2024, 2, 28)),
        ("2024-03-18T12:00:00+00:00", "CFLI-MX-2024", "2024-2025", date(2025, 2, 28)),
        ("2024-04-01T12:00:00+00:00", "CFLI-MX-2024", "2024-2025", date(2025, 2, 28)),
        ("2027-12-31T12:00:00+00:00", "CFLI-MX-2027", "2027-2028", date(2028, 2, 28)),
    ],
)
def test_code_and_fiscal_year_follow_the_day_of_closing_at_the_mission(closes_at, code, year, end):
    closing = datetime.fromisoformat(closes_at)
    call = packs.for_window(CFLI, opens_at=closing - timedelta(days=30), closes_at=closing)
    assert (packs.call_code(call), packs.fiscal_year(call)) == (code, year)
    assert packs.activities_end(call) == end


@given(st.integers(0, 36_500 * 24))
def test_activities_always_end_on_28_february_within_a_year_after_closing(hours):
    closes_at = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    call = packs.for_window(CFLI, opens_at=closes_at - timedelta(days=1), closes_at=closes_at)
    end = packs.activities_end(call)
    assert (end.month, end.day) == (2, 28)
    assert packs.fiscal_year(call) == f"{end.year - 1}-{end.year}"
    assert 0 < (end - closes_at.date()).days + 1 <= 367


def test_another_window_leaves_the_first_definition_alone():
    before = packs.definition_sha256(CFLI)
    opens_at = datetime(2026, 11, 1, 18, tzinfo=UTC)
    call = packs.for_window(CFLI, opens_at=opens_at, closes_at=opens_at + timedelta(days=30))
    assert call["call"]["opens_at"] == "2026-11-01T18:00:00Z"
    assert call["call"]["closes_at"] == "2026-12-01T18:00:00Z"
    assert packs.definition_sha256(CFLI) == before
    assert packs.definition_sha256(call) != before


def test_a_window_without_zone_or_backwards_is_refused():
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        packs.for_window(CFLI, opens_at=noon.replace(tzinfo=None), closes_at=noon)
    with pytest.raises(ValueError, match="after"):
        packs.for_window(CFLI, opens_at=noon, closes_at=noon)
