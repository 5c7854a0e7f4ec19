"""An institution is typed once and read by everybody under its own official name."""

import pytest

from monarca.kit.trilingual import LANGUAGES, institution, institutions


@pytest.mark.parametrize("typed", ["Global Affairs Canada", " affaires  mondiales CANADA"])
def test_a_known_name_is_said_in_the_readers_language(typed: str) -> None:
    said = [institution(typed, language) for language in LANGUAGES]
    assert said == [
        "Asuntos Mundiales Canadá",
        "Global Affairs Canada",
        "Affaires mondiales Canada",
    ]


def test_a_short_form_and_either_apostrophe_are_known() -> None:
    assert institution("SEMARNAT", "en").startswith("Ministry of Environment")
    assert institution("Ministère de l'Énergie du Mexique", "es") == "Secretaría de Energía"


@pytest.mark.parametrize("name", ["", "Colectiva Río", "Secretaría", "Embassy"])
def test_any_other_name_stays_as_it_was_typed(name: str) -> None:
    assert [institution(name, language) for language in LANGUAGES] == [name] * 3


def test_no_name_means_two_institutions() -> None:
    rows = institutions()
    every = [name for row in rows for name in (*row.values(), *row["also"].split(";")) if name]
    every = [name for name in every if ";" not in name]
    assert all(row[code] for row in rows for code in LANGUAGES)
    for name in every:
        assert sum(name in (*row.values(), *row["also"].split(";")) for row in rows) == 1, name
