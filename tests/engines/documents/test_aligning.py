"""Questions in words nobody has met are told by words, type and turn; the rest stays unplaced."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.documents.aligning import Aligner, Course, Label
from monarca.engines.documents.fitting import NEVER, fits
from monarca.engines.documents.forms import read_form
from monarca.engines.documents.lexicon import questions
from monarca.engines.documents.tree import Paragraph, Run, Tree
from tests.engines.documents import building as make
from tests.engines.documents.test_forms import answers


@pytest.fixture(scope="module")
def aligner(form: dict[str, Any]) -> Aligner:
    return Aligner(form)


def fitted(form: dict[str, Any]):  # type: ignore[no-untyped-def]
    known = questions(form)
    return lambda key, text: fits(known[key], text, None, "es")


def test_type_and_turn_tell_what_the_words_leave_open(
    aligner: Aligner, form: dict[str, Any]
) -> None:
    label = Label("¿De cuánto sería el cheque que necesitan?", "$ 24,500 CAD", 3)
    anchors = {1: "starts_on", 2: "ends_on", 4: "summary", 5: "legal_name"}
    found = aligner.place([label], anchors, fitted(form))
    assert {at: key for at, (key, _) in found.items()} == {3: "requested"}


def test_what_no_form_of_ours_asks_is_placed_nowhere(
    aligner: Aligner, form: dict[str, Any]
) -> None:
    anchors = {1: "title", 3: "places", 4: "starts_on"}
    for label, text in (
        ("Mascota del equipo", "Un delfín"),
        ("¿Cómo se enteraron de nosotros?", "Por la radio"),
        ("Talla de camiseta", "Mediana"),
        ("Ihre Lieblingsfarbe", "blau"),
    ):
        assert aligner.place([Label(label, text, 2)], anchors, fitted(form)) == {}


def test_a_question_that_is_answered_is_given_to_no_other(
    aligner: Aligner, form: dict[str, Any]
) -> None:
    label = Label("¿Qué quedará al terminar?", "Los talleres siguen en la escuela del pueblo.", 9)
    assert aligner.place([label], {1: "sustainability"}, fitted(form)) == {}


@given(st.permutations(range(6)))
@settings(max_examples=12, deadline=None)
def test_the_order_in_which_labels_are_given_changes_nothing(order: list[int]) -> None:
    form = make_form()
    aligner = Aligner(form)
    texts = [
        ("¿Cómo bautizaron la propuesta?", "Semillas que vuelven"),
        ("Lana que piden", "CAD 20,000"),
        ("¿Cuándo arrancarían?", "1 de julio de 2026"),
        ("Correo para escribirles", "hola@semillas.example"),
        ("Su mascota", "Un perro"),
        ("¿Qué les preocupa del agua?", "Se seca el pozo y hay que caminar tres horas por ella."),
    ]
    labels = [Label(label, text, at) for at, (label, text) in enumerate(texts)]
    straight = aligner.place(labels, {}, fitted(form))
    assert aligner.place([labels[at] for at in order], {}, fitted(form)) == straight


def make_form() -> dict[str, Any]:
    kinds = {
        "title": "text",
        "starts_on": "date",
        "requested": "money",
        "email": "email",
        "context": "words",
    }
    asked = [{"key": key, "kind": kind, "label": {}} for key, kind in kinds.items()]
    return {"sections": [{"key": "project", "title": {}, "questions": asked}]}


def test_a_turn_between_its_neighbours_speaks_for_a_question_the_more_the_fewer_are_left() -> None:
    ranks = {key: at for at, key in enumerate("abcdefgh")}
    narrow = Course(ranks, {1: "a", 2: "b", 4: "d", 5: "e"})
    wide = Course(ranks, {1: "a", 5: "h"})
    assert narrow.evidence("c", 3) > wide.evidence("c", 3) > 0 > narrow.evidence("g", 3)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("email", "Calle 5"),
        ("context", "555 123 4567"),
        ("starts_on", "La asamblea"),
        ("contact_title", "hola@nube.example"),
        ("requested", "12 de mayo de 2026"),
    ],
)
def test_an_answer_of_another_kind_never_fits(key: str, text: str, form: dict[str, Any]) -> None:
    assert fits(questions(form)[key], text, None, "es") == NEVER


def test_ticked_options_without_a_question_tell_it_by_their_words(form: dict[str, Any]) -> None:
    doc = make.new()
    for line in (
        "Nombre de la organización: Red Nube",
        "Su organización y a quiénes sirve",
        "☐ Mujeres y niñas   ☒ Pueblos indígenas   ☒ Personas migrantes o refugiadas   ☐ Jóvenes",
    ):
        doc.add_paragraph(line)
    assert answers(make.saved(doc), form)["groups"].value == ["indigenous", "migrants"]


def test_a_plain_question_without_a_mark_ends_the_answer_before_it(form: dict[str, Any]) -> None:
    doc = make.new()
    for line in (
        "¿Qué problema quieren resolver y cómo lo saben?",
        "El pozo se seca en mayo.",
        "Cuántas cabras tienen entre todas",
        "Cuarenta y dos.",
        "¿Quién decide en el proyecto?",
        "La asamblea.",
    ):
        doc.add_paragraph(line)
    read = answers(make.saved(doc), form)
    assert read["context"].value == "El pozo se seca en mayo."
    assert read["gba_decides"].value == "La asamblea."
    assert not any("Cuarenta" in one.text for one in read.values())


@pytest.mark.parametrize(
    "lines",
    [
        [f"¿Qué cosa número {at} quieren decir?" for at in range(1500)],
        ["¿Qué problema quieren resolver?", "1 " * 9000 + "x"],
        ["Fecha de inicio", "1 de julio al " * 1200 + "3 de mayo de 2026"],
        ["a: b: c: d: e: " * 30] * 200,
        ["RFC \u2013 " * 80] * 200,
        ["Monto solicitado", "mil " * 4000],
        ["¿Qué " * 100 + "?" + " " * 300 + "x"],
    ],
    ids=["questions", "digits", "dates", "colons", "dashes", "numbers", "blanks"],
)
def test_nothing_written_makes_the_reader_slow_or_stops_it(
    lines: list[str], form: dict[str, Any]
) -> None:
    tree = Tree(tuple(Paragraph((Run(line),)) for line in lines))
    start = process_time()
    assert isinstance(read_form(tree, form), tuple)
    assert process_time() - start < 5
