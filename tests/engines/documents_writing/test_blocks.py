"""The order and the words of a paper before any writer touches it."""

import pytest

from monarca.engines.documents.writing import blocks
from monarca.engines.documents.writing.shapes import Article, Document, Language, Table
from monarca.engines.documents.writing.words import WORDS
from tests.engines.documents_writing.conftest import make_agreement, make_table


def headings(document: Document) -> list[str]:
    return [
        each.text for each in blocks.laid_out(document).blocks if isinstance(each, blocks.Heading)
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ["Las partes", "1. Monto", "2. Auditoría", "Firmas", "Anexo A. Plan de trabajo"]),
        (
            "en",
            ["The parties", "1. Monto", "2. Auditoría", "Signatures", "Annex A. Plan de trabajo"],
        ),
        (
            "fr",
            ["Les parties", "1. Monto", "2. Auditoría", "Signatures", "Annexe A. Plan de trabajo"],
        ),
    ],
)
def test_articles_are_numbered_and_annexes_lettered_in_the_language(
    language: Language, expected: list[str]
) -> None:
    assert headings(make_agreement(language)) == expected


def test_the_twenty_seventh_annex_is_aa() -> None:
    annexes = tuple(Article(key=str(n), title="t") for n in range(28))
    assert headings(Document(language="en", title="t", annexes=annexes))[25:] == [
        "Annex Z. t",
        "Annex AA. t",
        "Annex AB. t",
    ]


def notes(document: Document) -> list[str]:
    return [each.text for each in blocks.laid_out(document).blocks if isinstance(each, blocks.Note)]


def test_only_a_draft_shows_what_the_programme_must_check() -> None:
    assert notes(make_agreement()) == []
    assert notes(make_agreement(draft=True)) == [WORDS["es"].draft_note, WORDS["es"].check]


def test_the_note_about_the_draft_quotes_the_note_it_speaks_of() -> None:
    for words, opening in (
        (WORDS["es"], "Consulte con su programa"),
        (WORDS["en"], "Check with your programme"),
        (WORDS["fr"], "Vérifiez auprès de votre programme"),
    ):
        assert opening in words.draft_note
        assert words.check.startswith(opening)


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": (("uno",),)},
        {"foot": ("a", "b")},
        {"numeric": (3,)},
        {"numeric": (-1,)},
        {"head": (), "rows": (), "foot": (), "numeric": ()},
    ],
)
def test_a_table_whose_rows_do_not_fit_its_header_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cells|column"):
        make_table(**changes)


@pytest.mark.parametrize("title", ["", "  ", "\n", "\u202e\x07"])
def test_a_paper_without_a_title_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        blocks.laid_out(Document(language="es", title=title))


def test_wide_columns_get_a_larger_share_but_none_gets_all() -> None:
    table = Table(caption="", head=("N", "Texto"), rows=(("1", "x" * 500),))
    (grid,) = blocks.laid_out(Document(language="es", title="t", tables=(table,))).blocks
    assert isinstance(grid, blocks.Grid)
    assert grid.shares == (7, 36)


def test_a_small_table_is_kept_on_one_page_and_a_long_one_is_not() -> None:
    one, eight, nine, wordy = (
        make_table(rows=(("Pago", "1 %", "1.00"),)),
        make_table(rows=(("Pago", "1 %", "1.00"),) * 8),
        make_table(rows=(("Pago", "1 %", "1.00"),) * 9),
        make_table(rows=(("x" * 800, "1 %", "1.00"),)),
    )
    laid = blocks.laid_out(Document(language="es", title="t", tables=(one, eight, nine, wordy)))
    kept = [each.together for each in laid.blocks if isinstance(each, blocks.Grid)]
    assert kept == [True, True, False, False]
