"""A component is drawn once and remembered; nobody is shown what belongs to another."""

from unittest import mock

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monarca.portal.components.templatetags import basics, fields, rendering


@pytest.fixture(autouse=True)
def nothing_remembered():
    rendering._drawn.cache_clear()


def test_the_same_field_is_drawn_once_whatever_is_typed_in_it():
    for words in ("agua", "pozo", "río"):
        fields.text_field(id="title", label="Título", value=words)

    assert rendering._drawn.cache_info()[:2] == (2, 1)


def test_what_one_person_typed_is_not_remembered():
    fields.text_field(id="harm", label="Daño", value="Nos vigilan", words=50)

    assert "Nos vigilan" not in fields.text_field(id="harm", label="Daño", value="", words=50)


def test_words_are_escaped_after_the_same_words_were_shown_as_html():
    safe = basics.status_tag(SafeString("<b>ya</b>"))
    words = basics.status_tag("<b>ya</b>")

    assert "<b>ya</b>" in safe
    assert "<b>" not in words
    assert "&lt;b&gt;ya&lt;/b&gt;" in words


def test_words_deep_in_a_list_are_escaped_after_the_same_words_were_shown_as_html():
    safe = basics.facts([("a", SafeString("<b>ya</b>"))])
    words = basics.facts([("a", "<b>ya</b>")])

    assert "<b>ya</b>" in safe
    assert "<b>" not in words


def test_yes_is_not_one():
    assert basics.status_tag(True) != basics.status_tag(1)


def test_each_language_has_its_own_drawing():
    with override("es"):
        spanish = fields.text_field(id="a", label="A", optional=True)
    with override("fr"):
        french = fields.text_field(id="a", label="A", optional=True)

    assert spanish != french


def anew(name, typed, /, **values):
    """The component as its template prints it, nothing remembered."""
    return SafeString(rendering._draw(name, {**values, **typed}))


@given(st.text(alphabet="<>&\"' \ue000\ue001valuesid{}a"), st.text(alphabet="\ue000value\ue001<"))
def test_a_field_filled_from_memory_is_the_field_drawn_anew(words, before):
    given_ = {"id": "a", "label": "A", "words": 20, "hint": "said"}
    fields.text_field(**given_, value=before)
    kept = fields.text_field(**given_, value=words)
    with mock.patch.object(fields, "render_around", anew):
        assert kept == fields.text_field(**given_, value=words)
