"""Languages are known by ISO 639-3, written in `lang` by their shortest tag, named in three ways."""

import re

import pytest

from monarca.programmes.consultations import queries


def test_each_language_has_a_code_a_tag_and_three_names():
    known = queries.languages()
    assert len(known) == 178
    for code, one in known.items():
        assert re.fullmatch("[a-z]{3}", code)
        assert one.tag == code or len(one.tag) == 2
        assert one.country in {"MX", "CA"}
        assert set(one.names) == {"es", "en", "fr"}
        assert all(one.names.values())


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("iku", "iu"),
        ("cre", "cr"),
        ("oji", "oj"),
        ("yua", "yua"),
        ("nah", "nah"),
        ("es", "es-MX"),
        ("zz", "und"),
    ],
)
def test_the_shortest_tag_is_the_one_for_pages(code, tag):
    assert queries.tag(code) == tag


def test_the_languages_the_issue_names_are_there():
    named = "nhn nch ncx nhx yua mim mig mxv zai zab zav tzh tzo ote tsz mau iku cre oji mic den"
    assert set(named.split()) <= set(queries.languages())


def test_a_language_is_called_by_the_readers_name_and_its_own():
    assert queries.called("zai", "fr") == "zapotèque de l’Isthme (Diidxazá)"
    assert queries.called("hch", "en") == "Huichol (Wixárika)"
    assert queries.called("nhn", "es") == "náhuatl central"
    assert queries.called("crg", "en") == "Michif"


def test_every_state_province_and_territory_is_there():
    codes = list(queries.regions())
    assert sum(code.startswith("MX-") for code in codes) == 32
    assert sum(code.startswith("CA-") for code in codes) == 13
    assert queries.region("CA-QC", "fr") == "Québec"
