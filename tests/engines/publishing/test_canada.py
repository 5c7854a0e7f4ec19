"""Canada's file as it is written: columns, rows, safe cells, nil return."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from monarca.engines.calendar import Quarter
from monarca.engines.publishing import check_canada
from monarca.engines.publishing.canada import (
    Layout,
    NoProgramme,
    columns,
    nothing_to_report,
    proactive_disclosure,
)
from monarca.engines.publishing.disclosure import Amendment, Disclosure, Recipient, Redaction
from tests.engines.publishing.samples import DISCLOSURE, PROGRAMME, RECIPIENT, told


def rows(*disclosures: Disclosure, layout: Layout = Layout.BY_REFERENCE) -> list[dict[str, str]]:
    data = proactive_disclosure(disclosures, programmes=[PROGRAMME], layout=layout)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_file_has_the_36_published_columns_in_order() -> None:
    assert len(columns()) == 36
    assert list(rows(DISCLOSURE)[0]) == list(columns())
    assert columns()[:3] == ("ref_number", "amendment_number", "amendment_date")
    assert "record_created" not in columns()


def test_the_layout_of_may_2026_begins_with_the_agreement() -> None:
    names = columns(Layout.BY_AGREEMENT)
    assert names[:6] == (
        "agreement_number",
        "amendment_number",
        "amendment_date",
        "agreement_type",
        "agreement_title_en",
        "agreement_title_fr",
    )
    assert len(names) == len(set(names)) == 37
    place = names.index("agreement_termination_date")
    assert names[place - 1 : place + 2] == (
        "agreement_end_date",
        "agreement_termination_date",
        "coverage",
    )


def test_every_amendment_has_a_row_with_the_total_in_dollars() -> None:
    told_rows = rows(DISCLOSURE)
    assert [
        (row["amendment_number"], row["amendment_date"], row["agreement_value"])
        for row in told_rows
    ] == [
        ("0", "", "30000.00"),
        ("1", "2024-11-04", "31500.00"),
        ("2", "2025-01-09", "31000.00"),
    ]
    assert [row["agreement_end_date"] for row in told_rows] == [
        "2025-02-28",
        "2025-03-31",
        "2025-03-31",
    ]
    assert {row["agreement_start_date"] for row in told_rows} == {"2024-07-10"}


def test_a_row_says_what_the_agreement_is() -> None:
    row = rows(DISCLOSURE)[1]
    assert {name: cell for name, cell in row.items() if cell} == {
        "ref_number": "052-2024-2025-Q2-00007",
        "amendment_number": "1",
        "amendment_date": "2024-11-04",
        "agreement_type": "C",
        "recipient_type": "N",
        "recipient_legal_name": "Agua Clara Ejemplo A.C.",
        "recipient_operating_name": "ACE",
        "recipient_country": "MX",
        "recipient_city": "Oaxaca de Juárez",
        "prog_name_en": "Canada Fund for Local Initiatives",
        "prog_name_fr": "Fonds canadien d'initiatives locales",
        "prog_purpose_en": "Small projects by local partners.",
        "prog_purpose_fr": "Petits projets locaux.",
        "agreement_title_en": "Community water monitoring",
        "agreement_title_fr": "Surveillance communautaire de l'eau",
        "agreement_number": "CFLI-2024-MEX-0007",
        "agreement_value": "31500.00",
        "agreement_start_date": "2024-07-10",
        "agreement_end_date": "2025-03-31",
        "coverage": "Oaxaca; State of Mexico|État de Mexico",
        "description_en": "Agua Clara trains young women to test wells in San Pedro.",
        "description_fr": "Agua Clara forme des jeunes femmes à analyser les puits de San Pedro.",
        "naics_identifier": "813",
        "expected_results_en": "60 women trained.",
        "expected_results_fr": "60 femmes formées.",
        "additional_information_en": "Adds test kits.",
        "additional_information_fr": "Ajoute des trousses.",
    }


def test_what_only_canada_has_stays_empty_for_mexico() -> None:
    empty = {
        "recipient_business_number",
        "recipient_province",
        "recipient_postal_code",
        "federal_riding_name_en",
        "federal_riding_name_fr",
        "federal_riding_number",
        "foreign_currency_type",
        "foreign_currency_value",
    }
    assert {row[name] for row in rows(DISCLOSURE) for name in empty} == {""}


def test_our_own_file_passes_our_own_check() -> None:
    for layout in Layout:
        data = proactive_disclosure([DISCLOSURE], programmes=[PROGRAMME], layout=layout)
        assert check_canada.problems_of(data) == ()


def test_a_spreadsheet_opens_it_as_text_with_accents() -> None:
    data = proactive_disclosure([DISCLOSURE], programmes=[PROGRAMME])
    assert data.startswith(b"\xef\xbb\xbfref_number,")
    assert data.count(b"\r\n") == 4


def test_a_name_s_bar_and_semicolon_do_not_split_it() -> None:
    recipient = Recipient(
        names={"en": "Water|Life; South", "fr": "Eau|Vie; Sud"},
        letter="N",
        kind="24",
        city={"es": "Juchitán; centro"},
        country="MX",
    )
    row = rows(told(recipient=recipient))[0]
    assert row["recipient_legal_name"] == "Water/Life, South|Eau/Vie, Sud"
    assert row["recipient_city"] == "Juchitán, centro"


@pytest.mark.parametrize(
    "start", ["=1+1", "+52 951", "-2+3", "@SUM(A1)", "\t=1+1", "  =1+1", "\r=1", "\uff1d1"]
)
def test_a_free_text_never_starts_a_formula(start: str) -> None:
    disclosure = told(summary={"en": start, "fr": start}, title={"en": start, "fr": f"{start} fr"})
    for row in rows(disclosure):
        assert row["description_en"].startswith("'")
        assert row["agreement_title_fr"].startswith("'")


def test_an_amount_below_zero_stays_a_number() -> None:
    refund = Amendment(
        number=0, signed_on=date(2024, 7, 10), total_cents=-5, ends_on=date(2025, 1, 1)
    )
    assert rows(told(amendments=(refund,))) == []
    data = proactive_disclosure(
        [told(amendments=(refund,))], programmes=[PROGRAMME], threshold_cents=-100
    )
    assert b",-0.05," in data


def test_a_termination_says_so_in_both_languages() -> None:
    last = Amendment(
        number=3,
        signed_on=date(2025, 2, 1),
        total_cents=2_400_000,
        ends_on=date(2025, 2, 1),
        is_termination=True,
    )
    ended = told(amendments=(*DISCLOSURE.amendments, last))
    row = rows(ended)[3]
    assert row["additional_information_en"] == "Agreement terminated on 2025-02-01."
    assert row["additional_information_fr"] == "Entente résiliée le 2025-02-01."
    assert rows(ended, layout=Layout.BY_AGREEMENT)[3]["agreement_termination_date"] == "2025-02-01"


def test_an_agreement_without_a_title_shows_its_number() -> None:
    row = rows(told(title={}))[0]
    assert row["agreement_title_en"] == row["agreement_title_fr"] == "CFLI-2024-MEX-0007"


def test_the_threshold_is_passed_by_any_amendment_and_is_not_met_by_equality() -> None:
    def count(cents: int) -> int:
        data = proactive_disclosure([DISCLOSURE], programmes=[PROGRAMME], threshold_cents=cents)
        return data.count(b"\n") - 1

    assert (count(3_149_999), count(3_150_000)) == (3, 0)


def test_agreements_stand_by_reference_whatever_the_order_given() -> None:
    first, second = told(reference="A-1", identifier="Z"), told(reference="B-1", identifier="A")
    assert [row["ref_number"] for row in rows(second, first)] == ["A-1"] * 3 + ["B-1"] * 3


def test_a_programme_that_was_not_given_is_named() -> None:
    with pytest.raises(NoProgramme, match="CFLI-MX-2024"):
        proactive_disclosure([DISCLOSURE], programmes=[])


def test_an_anonymised_row_is_valid_and_shows_the_programme_s_country() -> None:
    hidden = told(redaction=Redaction.ANONYMISED)
    row = rows(hidden)[0]
    assert row["recipient_country"] == "MX"
    assert row["recipient_legal_name"].startswith(
        "Recipient not named, for its safety|Bénéficiaire"
    )
    assert check_canada.problems_of(proactive_disclosure([hidden], programmes=[PROGRAMME])) == ()


def test_a_quarter_without_news_is_filed_as_nil() -> None:
    data = nothing_to_report([Quarter(2025, 2), Quarter(2024, 4)])
    assert data == b"\xef\xbb\xbffiscal_year,quarter\r\n2024-2025,Q4\r\n2025-2026,Q2\r\n"
    assert check_canada.problems_of(data) == ()


def test_a_recipient_of_two_names_shows_both_and_of_one_shows_one() -> None:
    two = Recipient(
        **{**_fields(), "names": {"fr": "Eau Claire", "en": "Clear Water", "es": "Agua"}}
    )
    assert rows(told(recipient=two))[0]["recipient_legal_name"] == "Clear Water|Eau Claire"
    same = Recipient(**{**_fields(), "names": {"fr": "Agua", "en": "Agua"}})
    assert rows(told(recipient=same))[0]["recipient_legal_name"] == "Agua"


def _fields() -> dict[str, Any]:
    return {name: getattr(RECIPIENT, name) for name in Recipient.__dataclass_fields__}
