"""Redaction: a recipient kept out of the public record leaves nothing behind."""

from dataclasses import asdict, replace

import pytest

from monarca.engines.publishing.canada import proactive_disclosure
from monarca.engines.publishing.disclosure import Disclosure, Redaction
from monarca.engines.publishing.iati import activity_file
from monarca.engines.publishing.redaction import (
    NoAlias,
    NotPublished,
    leaks,
    published,
    redacted,
)
from tests.engines.publishing.samples import AT, PROGRAMME, PUBLISHER, told

SECRETS = (
    "Agua Clara",
    "Oaxaca",
    "San Pedro",
    "OAX",
    "ACE",
    "MX-RFC",
    "CFLI-2024",
    "0007",
    "fund.example.org",
    "Ambassade",
    "kits",
    "trained",
    "PAY-1",
    "Final payment",
    "Women and girls",
)
ANONYMISED = told(redaction=Redaction.ANONYMISED)


def test_a_full_disclosure_is_told_as_it_is() -> None:
    assert redacted(told()) is not None
    assert redacted(told()) == told()


def test_nothing_of_an_anonymised_recipient_stays_in_the_model() -> None:
    shown = {**asdict(redacted(ANONYMISED)), "reference": "", "programme": "", "alias": ""}
    shown.pop("rewriting")
    words = str(shown)
    assert [secret for secret in SECRETS if secret in words] == []


def test_nothing_of_an_anonymised_recipient_stays_in_the_files() -> None:
    xml = activity_file(PUBLISHER, programmes=[], disclosures=[ANONYMISED], at=AT).decode()
    assert [secret for secret in (*SECRETS, "MX", "2024-2025") if secret in xml] == []
    sheet = proactive_disclosure([ANONYMISED], programmes=[PROGRAMME]).decode()
    row = sheet.splitlines()[1].replace(ANONYMISED.reference, "")
    assert [secret for secret in SECRETS if secret in row] == []


def test_an_anonymised_agreement_is_nobody_s_child_in_iati() -> None:
    xml = activity_file(PUBLISHER, programmes=[PROGRAMME], disclosures=[ANONYMISED], at=AT)
    assert b"related-activity" not in xml
    assert b'<recipient-region vocabulary="1" code="498" percentage="100"/>' in xml


def test_an_anonymised_agreement_keeps_money_sectors_and_markers() -> None:
    shown = redacted(ANONYMISED)
    assert shown.amendments[-1].total_cents == 3_100_000
    assert [one.cents for one in shown.transactions] == [2_400_000, 800_000, -100_000]
    assert [one.code for one in shown.sectors] == ["15170", "14015"]
    assert shown.markers == told().markers


def test_an_officer_s_own_general_words_stand_in_place_of_the_stock_ones() -> None:
    shown = redacted(ANONYMISED)
    assert shown.title == {"en": "Community science", "fr": "Science citoyenne"}
    assert shown.summary["es"].startswith("Los detalles de este proyecto no se publican")


def test_redacting_twice_changes_nothing() -> None:
    once = redacted(ANONYMISED)
    assert redacted(once) == once


def test_without_an_alias_nothing_is_anonymised() -> None:
    with pytest.raises(NoAlias):
        redacted(told(redaction=Redaction.ANONYMISED, alias=""))


@pytest.mark.parametrize("level", [Redaction.WITHHELD, Redaction.AGGREGATED])
def test_what_is_withheld_or_only_added_up_has_no_line(level: Redaction) -> None:
    with pytest.raises(NotPublished):
        redacted(told(redaction=level))
    assert published([told(redaction=level)]) == ()
    hidden = [told(redaction=level)]
    xml = activity_file(PUBLISHER, programmes=[PROGRAMME], disclosures=hidden, at=AT)
    assert b"0007" not in xml
    assert b"0007" not in proactive_disclosure(hidden, programmes=[PROGRAMME])


def test_two_that_share_an_alias_stand_by_reference_whatever_the_order_given() -> None:
    first, second = (replace(ANONYMISED, reference=reference) for reference in ("052-1", "052-2"))
    assert published([second, first]) == published([first, second])
    assert [one.reference for one in published([second, first])] == ["052-1", "052-2"]


def test_a_disclosure_is_withheld_until_somebody_decides() -> None:
    fields = Disclosure.__dataclass_fields__
    assert fields["redaction"].default is Redaction.WITHHELD


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to ana.perez@example.org today", "email", "ana.perez@example.org"),
        ("Call 951 123 4567", "telephone", "951 123 4567"),
        ("Call +52 951 123 4567", "telephone", "+52 951 123 4567"),
        ("CURP PEPA900101MOCRRN09", "curp", "PEPA900101MOCRRN09"),
        ("RFC ACE010203AB1", "rfc", "ACE010203AB1"),
        ("at 17.0654, -96.7237", "coordinates", "17.0654, -96.7237"),
        ("The people of san pedro", "name", "San Pedro"),
    ],
)
def test_free_text_is_searched_for_what_gives_people_away(text: str, kind: str, words: str) -> None:
    disclosure = told(summary={"en": text, "fr": "Rien."}, title={"en": "A", "fr": "B"})
    assert (kind, words) in leaks(disclosure, names=["San Pedro"])


def test_names_are_searched_for_as_whole_words() -> None:
    assert leaks(told(summary={"en": "Clarity", "fr": "Clarté"}), names=["Clar", " "]) == ()


def test_the_sample_leaks_nothing_but_its_own_name() -> None:
    assert leaks(told(), names=["Agua Clara"]) == (("name", "Agua Clara"),)
    assert leaks(redacted(ANONYMISED), names=["Agua Clara", "ACE", "San Pedro"]) == ()


def test_dates_amounts_and_fiscal_years_are_no_telephone() -> None:
    text = "2024-04-01 to 2025-03-31, 2024-2025, CAD 31,500.00, 31 500,00 $, 60 women"
    assert leaks(told(summary={"en": text, "fr": text})) == ()
