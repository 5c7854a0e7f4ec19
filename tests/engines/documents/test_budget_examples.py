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
        "Campaña – eliminar la violencia en casa",
        "Materiales (por ejemplo, plumones)",
        "Materials (for example pens)",
        "Fournitures (par exemple, des crayons)",
        "Limpieza (quitar maleza del patio)",
        "Remove rubble from the yard",
        "Ejes y mejoras (taller)",
    ],
)
def test_a_line_that_only_sounds_like_an_example_stays(words: str) -> None:
    assert only(sheet(ES, [words, 2, 50, 100, 100, 0])).description == words


def test_an_explanation_beside_a_line_leaves_it_a_line() -> None:
    notes = ["Ejemplo: plumones y papel", "p. ej. dos noches", "(example)"]
    for note in notes:
        budget = sheet([*ES, "Observaciones"], ["Papelería", 2, 50, 100, 100, 0, note])
        assert told(budget) == [("Papelería", 10_000, 10_000, 0)]


def test_a_note_that_asks_to_delete_the_line_is_heard_in_any_cell() -> None:
    row = ["Renta de mesas", 2, 50, 100, 100, 0, "Favor de borrar esta fila"]
    assert sheet([*ES, "Observaciones"], row).lines == ()
