"""A line left in the form to show how it is filled is guidance, and no cost."""

import pytest

from tests.engines.documents.test_budget_shapes import ES, only, sheet, told


@pytest.mark.parametrize(
    "words",
    [
        "EJEMPLO (borrar)",
        "Ejemplo: renta de mesas",
        "Example – delete",
        "Sound system (example, please delete this row)",
        "Exemple (à effacer)",
        "Exemple : location d'une salle",
        "Ej.: hospedaje de dos noches",
        "Renta de sillas - favor de borrar",
        "Delete this row",
        "P. ej. (transporte)",
    ],
)
def test_an_example_left_in_the_form_is_no_line(words: str) -> None:
    budget = sheet(ES, [words, 2, 50, 100, 100, 0], ["Maestra", 2, 50, 100, 80, 20])
    assert told(budget) == [("Maestra", 10_000, 8_000, 2_000)]


@pytest.mark.parametrize(
    "words",
    [
        "Ejemplares del manual",
        "Impresión de ejemplos de buenas prácticas",
        "Exemplaires du guide",
        "Book of examples",
        "Remove rubble from the yard",
        "Ejes y mejoras (taller)",
    ],
)
def test_a_line_that_only_sounds_like_an_example_stays(words: str) -> None:
    assert only(sheet(ES, [words, 2, 50, 100, 100, 0])).description == words
