"""A fault in a pack is named with its file, its key and its line."""

import shutil
from pathlib import Path

import pytest

import monarca
from monarca.engines import packs
from monarca.engines.packs.finding import SENTENCES

HERE = Path(monarca.__file__).parent / "packs" / "cfli-mexico"


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(HERE, tmp_path / "pack"))


def swap(place, old, new):
    """Change the first `old`; the line on which it began."""
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def seen(pack):
    return [
        (each.reason.code, each.file, each.key, each.line) for each in packs.read(pack).findings
    ]


CASES = [
    ("call.toml", "years = 2", "yeers = 2", "pack_key_misspelt", "yeers"),
    ("call.toml", "years = 2", 'years = "2"', "pack_type_wrong", "years"),
    ("call.toml", "years = 2", "years = true", "pack_type_wrong", "years"),
    ("call.toml", "years = 2", "years = 2.0", "pack_type_wrong", "years"),
    ("call.toml", "years = 2", "years = 9", "pack_number_out_of_range", "years"),
    (
        "call.toml",
        "variance_percent = 10",
        "variance_percent = 101",
        "pack_number_out_of_range",
        "variance_percent",
    ),
    (
        "call.toml",
        'activities_end = "02-28"',
        'activities_end = "02-29"',
        "pack_not_a_day",
        "activities_end",
    ),
    (
        "call.toml",
        'activities_end = "02-28"',
        'activities_end = "٠٢-٢٨"',
        "pack_form_wrong",
        "activities_end",
    ),
    (
        "call.toml",
        "closes_at = 2024-04-21T23:59:00",
        "closes_at = 2024-03-01T00:00:00",
        "pack_dates_order",
        "closes_at",
    ),
    (
        "call.toml",
        "closes_at = 2024-04-21T23:59:00",
        "closes_at = 2024-04-21",
        "pack_type_wrong",
        "closes_at",
    ),
    (
        "call.toml",
        "opens_at = 2024-03-04T09:00:00",
        "opens_at = 2022-04-03T02:30:00",
        "pack_time_uncertain",
        "opens_at",
    ),
    (
        "call.toml",
        "max_cents = 100_000_00",
        "max_cents = 1_000_00",
        "pack_order_wrong",
        "average_cents",
    ),
    ("call.toml", '{fiscal_year}"', '{year}"', "pack_placeholder_unknown", "title.es"),
    ("call.toml", '{fiscal_year}"', '{fiscal_year"', "pack_braces_broken", "title.es"),
    ("mission.toml", "America/Mexico_City", "America/Mexico", "pack_zone_unknown", "time_zone"),
    ("mission.toml", "America/Mexico_City", "../../etc/passwd", "pack_zone_unknown", "time_zone"),
    ("mission.toml", "fondocanada@example.org", "fondocanada", "pack_form_wrong", "email"),
    (
        "mission.toml",
        'name.fr = "Ambassade du Canada au Mexique"\n',
        "",
        "pack_language_missing",
        "name.fr",
    ),
    (
        "mission.toml",
        '"Ambassade du Canada au Mexique"',
        '"  "',
        "pack_language_missing",
        "name.fr",
    ),
    (
        "mission.toml",
        '"Ambassade du Canada au Mexique"',
        '"a\\u0000b"',
        "pack_text_has_control",
        "name.fr",
    ),
    ("criteria.toml", "weight = 15", "weight = 16", "pack_sum_wrong", "criteria"),
    ("instalments.toml", "percent = 60", "percent = 50", "pack_sum_wrong", "instalments"),
    ("instalments.toml", "number = 2", "number = 3", "pack_number_order", "instalments[1].number"),
    (
        "instalments.toml",
        'kind = "advance"',
        'kind = "final"',
        "pack_final_not_last",
        "instalments[0].kind",
    ),
    (
        "form/1-project.toml",
        'kind = "text"',
        'kind = "txt"',
        "pack_value_unknown",
        "questions[0].kind",
    ),
    (
        "form/1-project.toml",
        'key = "title"\nkind',
        'key = "summary"\nkind',
        "pack_duplicate",
        "questions[12].key",
    ),
    (
        "form/1-project.toml",
        'list = "focus"',
        'list = "foci"',
        "pack_value_unknown",
        "questions[7].list",
    ),
    ("form/1-project.toml", 'list = "focus"\n', "", "pack_needs", "questions[7]"),
    (
        "form/1-project.toml",
        "length = 120",
        "words = 120",
        "pack_does_not_take",
        "questions[0].words",
    ),
    (
        "form/1-project.toml",
        'maps_to = "title"',
        'maps_to = "titel"',
        "pack_value_unknown",
        "questions[0].maps_to",
    ),
    (
        "form/1-project.toml",
        'maps_to = "title"',
        'maps_to = "starts_on"',
        "pack_maps_to_kind",
        "questions[0].maps_to",
    ),
    (
        "form/2-organisation.toml",
        'question = "registered"',
        'question = "regstered"',
        "pack_when_nowhere",
        "questions[4].when",
    ),
    (
        "form/2-organisation.toml",
        'is = ["yes"]',
        'is = ["maybe"]',
        "pack_when_option",
        "questions[4].when",
    ),
    (
        "form/2-organisation.toml",
        'question = "registered"',
        'question = "legal_name"',
        "pack_when_not_a_choice",
        "questions[4].when",
    ),
    (
        "form/2-organisation.toml",
        'key = "legal_name"',
        'key = "title"',
        "pack_duplicate",
        "questions[0].key",
    ),
    (
        "form/2-organisation.toml",
        'label.es = "Proyecto"',
        'label.sp = "Proyecto"',
        "pack_language_missing",
        "questions[26].fields[1].label.es",
    ),
    (
        "rules.toml",
        'kind = "amount_at_most"',
        'kind = "amount_under"',
        "pack_value_unknown",
        "rules[12].kind",
    ),
    (
        "rules.toml",
        "params = { percent = 50 }",
        "params = { percent = 500 }",
        "pack_number_out_of_range",
        "rules[13].params.percent",
    ),
    (
        "rules.toml",
        "params = { percent = 50 }",
        "params = { cent = 50 }",
        "pack_param_unknown",
        "rules[13].params.cent",
    ),
    ("rules.toml", "params = { percent = 50 }\n", "", "pack_param_missing", "rules[13].params"),
    (
        "rules.toml",
        "params = { percent = 50 }",
        "params = 50",
        "pack_type_wrong",
        "rules[13].params",
    ),
    (
        "rules.toml",
        'costs = ["alcohol"]',
        'costs = ["alcool"]',
        "pack_value_unknown",
        "rules[19].params.costs[0]",
    ),
    (
        "rules.toml",
        'categories = ["equipment"]',
        'categories = ["gear"]',
        "pack_value_unknown",
        "rules[18].params.categories[0]",
    ),
    (
        "rules.toml",
        'kinds = ["local_nonprofit"',
        'kinds = ["club"',
        "pack_value_unknown",
        "rules[4].params.kinds[0]",
    ),
    (
        "rules.toml",
        'states = ["02"',
        'states = ["33"',
        "pack_value_unknown",
        "rules[10].params.states[0]",
    ),
    ("rules.toml", 'id = "E02"', 'id = "E01"', "pack_duplicate", "rules[1].id"),
    (
        "priorities.toml",
        '"IG-D-2"',
        '"GE"',
        "pack_duplicate",
        "priorities[1].children[0].focus[1].code",
    ),
    ("priorities.toml", '"15170"', "15170", "pack_type_wrong", "priorities[0].sectors[0]"),
    ("budget.toml", 'kind = "overhead"', 'kind = "direct"', "pack_overhead_category", "categories"),
    ("gba.toml", 'code = "barrier"', 'code = "need"', "pack_duplicate", "kinds[2].code"),
    ("agreement.toml", '"aml"', '"amlo"', "pack_check_nowhere", "check[19]"),
    ("pack.toml", '"mission.email"', '"mission.mail"', "pack_check_nowhere", "checks[0]"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "key"), CASES)
def test_a_fault_is_found_where_it_is(pack, file, old, new, code, key):
    swap(pack / file, old, new)
    read = packs.read(pack)
    found = [each for each in read.findings if (each.reason.code, each.key) == (code, key)]
    assert [each.file for each in found] == [file], [each.text for each in read.findings]
    assert read.definition == {}
    assert not read.is_sound


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        case[:3]
        for case in CASES
        if case[4]
        and case[2]
        and "\n" not in case[1] + case[2]
        and case[3]
        not in {
            "pack_order_wrong",
            "pack_sum_wrong",
            "pack_overhead_category",
            "pack_number_order",
            "pack_language_missing",
        }
    ],
)
def test_the_line_is_the_one_that_was_changed(pack, file, old, new):
    line = swap(pack / file, old, new)
    assert line in {each.line for each in packs.read(pack).findings if each.file == file}


def test_a_missing_translation_points_at_its_text(pack):
    place = pack / "form/2-organisation.toml"
    line = swap(place, 'label.fr = "Nom de l\'organisation"\n', "")
    (finding,) = packs.read(pack).findings
    assert finding.key == "questions[0].label.fr"
    assert finding.line == line - 2
    assert finding.text == "The text in the language fr is missing."


def test_a_fault_of_syntax_names_its_line(pack):
    line = swap(pack / "costs.toml", 'code = "legal"', "code = legal")
    (finding,) = [each for each in packs.read(pack).findings if each.file == "costs.toml"]
    assert (finding.reason.code, finding.line) == ("pack_toml_syntax", line)


def test_two_faults_in_two_files_are_both_told(pack):
    swap(pack / "criteria.toml", "weight = 15", "weight = 14")
    swap(pack / "mission.toml", 'code = "MEXICO"', "")
    assert [each[:2] for each in seen(pack)] == [
        ("pack_sum_wrong", "criteria.toml"),
        ("pack_key_missing", "mission.toml"),
    ]


def test_every_sentence_is_filled_with_its_values(pack):
    for file, old, new, *_ in CASES[::3]:
        if old in (pack / file).read_text("utf-8"):
            swap(pack / file, old, new)
    texts = [each.text for each in packs.read(pack).findings]
    assert len(texts) > 10
    assert not [text for text in texts if "{" in text and "brace" not in text]
    assert all(
        sentence.endswith((".", "?")) or "{allowed}" in sentence for sentence in SENTENCES.values()
    )
