"""A reference is copied by hand, so no column is so narrow that it breaks."""

import pytest

from monarca.kit.parts import Link
from monarca.portal.components.templatetags.cells import part


def test_a_reference_stays_on_one_line_wherever_a_table_shows_it():
    assert part("CFLI-MX-2024-HD05F") == '<span class="num">CFLI-MX-2024-HD05F</span>'
    assert '<small><span class="num">CFLI-MX-2024-HD05F</span></small>' in part(
        Link("Hilos que pagan", "/", "CFLI-MX-2024-HD05F")
    )


@pytest.mark.parametrize("words", ["Hilos que pagan", "E-1", "X" * 40 + "-1", "<b>-<b>", ""])
def test_other_words_may_break(words):
    assert part(words) == words
