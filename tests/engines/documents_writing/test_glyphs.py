"""What the PDF can draw is really in the typeface that comes with typst."""

import unicodedata

import pytest

from monarca.engines.documents.writing import glyphs, pdf
from monarca.engines.documents.writing.shapes import Article, Document
from tests.engines.documents_writing.conftest import AT


def test_every_sign_we_promise_is_drawn_in_both_weights() -> None:
    signs = [sign for sign in sorted(glyphs.FACE) if sign not in "*\\{}- "]
    signs = [f"\u25cc{sign}" if unicodedata.category(sign) == "Mn" else sign for sign in signs]
    signs = [sign for sign in signs if glyphs.drawable(sign) == sign]
    assert len(signs) > 1800
    text = " ".join(signs)
    article = Article(key="all", title="All", text=f"{text}\n\n**{text}**")
    assert pdf.write(Document(language="en", title="All", articles=(article,)), at=AT).startswith(
        b"%PDF"
    )


@pytest.mark.parametrize(
    "words",
    [
        "ñ á ü ¿ ¡ « » “ ” — … º ª € №",
        "œ Œ ç É à ê ï",
        "\ua78c \u02bc ɨ ẍ ā ḵ ʉ ë\u0301",
        "א ב ג",
        "Привет Ωμέγα",
        "→ ≤ ≥ ½",
    ],
)
def test_the_alphabets_of_our_people_are_drawn(words: str) -> None:
    assert glyphs.drawable(unicodedata.normalize("NFC", words)) == unicodedata.normalize(
        "NFC", words
    )


def test_a_sign_that_cannot_be_drawn_is_named_not_dropped() -> None:
    assert glyphs.drawable("Sol \u4e2d\u6587 y \U0001f600.") == "Sol [U+4E2D U+6587] y [U+1F600]."


def test_invisible_signs_are_left_out() -> None:
    assert glyphs.drawable("a\u00adb\u200bc\u200dd") == "abcd"
