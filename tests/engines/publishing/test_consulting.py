"""The register of consultations: every fault said, no faulty or unpublished row in a public file."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.publishing import consulting
from monarca.engines.publishing.consulting import COLUMNS, Consulted
from monarca.kit import reasons

WHOLE = Consulted(
    number="C-7K3QF9A",
    publishable=True,
    partners=("D64",),
    subjects=("IP", "EN"),
    title={"en": "A path", "fr": "Un sentier"},
    description={"en": "What is asked", "fr": "Ce qui est demandé"},
    audience=("IP", "IB"),
    start_on=date(2024, 3, 4),
    end_on=date(2024, 6, 10),
    status="CR",
    profile={"en": "https://m.example/en/", "fr": "https://m.example/fr/"},
    report={"en": "https://m.example/en/r", "fr": "https://m.example/fr/r"},
    contact_email="a@m.example",
    remarks={},
    is_high_profile=True,
    rationale=("LC",),
)


def read(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def faults(**changes):
    return [(column, why.code) for column, why in consulting.check(replace(WHOLE, **changes))]


def test_a_whole_row_has_every_column_of_the_template():
    assert consulting.check(WHOLE) == ()
    [row] = read(consulting.write([WHOLE], public=False))
    assert tuple(row) == COLUMNS
    assert row["subjects"] == "IP,EN"
    assert (row["status"], row["publishable"], row["report_available_online"]) == ("CR", "Y", "Y")


def test_the_public_file_is_what_canadas_own_filter_leaves():
    [row] = read(consulting.write([WHOLE], public=True))
    assert tuple(row) == (
        "registration_number",
        "partner_departments",
        "subjects",
        "title_en",
        "title_fr",
        "description_en",
        "description_fr",
        "start_date",
        "end_date",
        "status",
        "profile_page_en",
        "profile_page_fr",
        "report_available_online",
        "report_link_en",
        "report_link_fr",
    )
    assert row["status"] == "C"
    assert read(consulting.write([replace(WHOLE, publishable=False)], public=True)) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": {"en": "A path"}}, [("title_fr", "register.missing-fr")]),
        ({"title": {"fr": "Un sentier", "en": " "}}, [("title_en", "register.missing-en")]),
        (
            {"description": {}},
            [("description_en", "register.missing-en"), ("description_fr", "register.missing-fr")],
        ),
        ({"remarks": {"en": "x"}}, [("remarks_fr", "register.missing-fr")]),
        ({"report": {"fr": "https://m.example/r"}}, [("report_link_en", "register.missing-en")]),
        ({"subjects": ()}, [("subjects", "register.missing")]),
        ({"audience": ()}, [("target_participants_and_audience", "register.missing")]),
        ({"start_on": None}, [("start_date", "register.missing")]),
        ({"end_on": date(2024, 3, 3)}, [("end_date", "register.order")]),
        ({"status": ""}, [("status", "register.missing")]),
        ({"status": "NF"}, [("publishable", "register.not-going")]),
        ({"status": "XX"}, [("status", "register.code")]),
        ({"report": {}}, [("report_link_en", "register.report")]),
        ({"subjects": ("ZZ",)}, [("subjects", "register.code")]),
        ({"partners": ("GAC",)}, [("partner_departments", "register.code")]),
        ({"rationale": ()}, [("rationale", "register.rationale")]),
        ({"number": "7"}, [("registration_number", "register.number")]),
        ({"number": "C-1,2345"}, [("registration_number", "register.number")]),
        ({"contact_email": "nobody"}, [("contact_email", "register.mailbox")]),
        (
            {"profile": {"en": "javascript:x", "fr": "https://m.example"}},
            [("profile_page_en", "register.address")],
        ),
    ],
)
def test_each_fault_is_said_once_and_its_row_is_in_no_file(changes, found):
    assert faults(**changes) == found
    assert read(consulting.write([replace(WHOLE, **changes)], public=False)) == []


def test_what_french_lacks_is_said_in_three_languages():
    [(_column, why)] = consulting.check(replace(WHOLE, title={"en": "A path"}))
    assert reasons.sentence(why, "en").startswith("title_fr needs a French text")
    assert reasons.sentence(why, "es").startswith("title_fr necesita un texto en francés")
    assert reasons.sentence(why, "fr").startswith("title_fr doit avoir un texte en français")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_no_words_break_the_file_or_compute_in_a_spreadsheet(words):
    told = replace(WHOLE, title={"en": f"x{words}", "fr": "=1+1"})
    [row] = read(consulting.write([told], public=True))
    assert row["title_fr"] == "'=1+1"
    assert row["registration_number"] == WHOLE.number


def test_every_code_has_words_in_three_languages():
    for codes in consulting.choices().values():
        assert all(
            set(words) == {"es", "en", "fr"} and all(words.values()) for words in codes.values()
        )
