"""Words of other countries and other funders: understood where they mean ours, left where not."""

from typing import Any

import pytest

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, Reader
from tests.engines.documents import building as make


def read(form: dict[str, Any], *rows: tuple[str, str]) -> tuple[dict[str, FieldRead], Reader]:
    doc = make.new()
    make.grid(doc, rows)
    reader = Reader(form)
    return {one.key: one for one in reader.read(read_docx(make.saved(doc)))}, reader


@pytest.mark.parametrize(
    ("boxes", "kind"),
    [
        ("☐ OBNL locale\n☒ OBNL du Canada\n☐ OBNL internationale", "canadian_nonprofit"),
        ("☐ NPO, local\n☐ NPO, Canadian\n☒ NPO, international", "international_nonprofit"),
        ("☒ OSC local\n☐ OSC canadiense\n☐ Entidad pública", "local_nonprofit"),
        ("☐ OSC local\n☐ OSC canadiense\n☒ Entidad pública", "government"),
    ],
)
def test_every_country_s_letters_for_a_non_profit_are_known(
    boxes: str, kind: str, form: dict[str, Any]
) -> None:
    found, _ = read(form, ("Courriel", "red@tequio.example"), ("Type of organization", boxes))
    assert found["organisation_kind"].value == kind


def test_french_or_asks_no_place_and_where_does() -> None:
    assert "=place" not in meant("Groupes ou personnes qui l’ont imaginé")
    assert "=place" in meant("Où vivent ces personnes?")
    assert "=place" in meant("Ou vivent ces personnes?")


@pytest.mark.parametrize(
    "label",
    [
        "Groupes ou gens ayant imaginé le projet",
        "Grupos o personas que pensaron el proyecto",
        "Groups or people who thought of the project",
    ],
)
def test_who_designed_it_is_not_where_they_live(label: str, form: dict[str, Any]) -> None:
    answer = "La asamblea de mujeres de tres ejidos y la red de promotoras de salud de la sierra."
    found, _ = read(
        form,
        ("Which problem do you want to solve?", "Faltan pozos en nueve ejidos de la sierra."),
        (label, answer),
        ("How will you follow progress?", "Una visita al mes con la bitácora de cada pozo."),
    )
    assert found["designed_by"].value == answer
    assert "designers_live" not in found


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("Tractor o remolque que posee el grupo", "Un remolque verde de dos ejes"),
        ("Kitchen or oven shared by the organization", "One clay oven, two burners"),
        ("Véhicule ou entrepôt appartenant à l’organisme", "Une camionnette blanche, 2011"),
    ],
)
def test_what_others_ask_about_a_group_is_put_nowhere(
    label: str, answer: str, form: dict[str, Any]
) -> None:
    found, reader = read(
        form,
        ("Name of the organization", "Red del Tequio"),
        ("Registration number", "FME 4410"),
        ("Legal representative", "Inés Mora Paz"),
        (label, answer),
        ("Which problem do you want to solve?", "Faltan pozos en nueve ejidos de la sierra."),
        ("How will you follow progress?", "Una visita al mes con la bitácora de cada pozo."),
    )
    assert all(answer != one.text for one in found.values())
    assert [one.text for one in reader.unplaced] == [answer]


@pytest.mark.parametrize(
    "label",
    [
        "¿Qué problema atendemos y cómo lo sabemos?",
        "What problem do you see, and how do you know?",
        "Quel problème voyez-vous, et comment le savez-vous?",
    ],
)
def test_how_they_know_belongs_to_what_they_know(label: str, form: dict[str, Any]) -> None:
    answer = "Faltan pozos en nueve ejidos; los contamos con la escuela."
    found, _ = read(form, ("Courriel", "red@tequio.example"), (label, answer))
    assert found["context"].value == answer
    assert "gba_evidence" not in found
