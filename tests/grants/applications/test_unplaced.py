"""What an unknown question asked in a document is shown beside what was read, and put nowhere."""

from pathlib import Path

import pytest
from django.urls import reverse

import monarca
from monarca.engines.documents import stored
from monarca.grants.applications import actions
from monarca.grants.applications.models import Intake
from tests.conftest import NOON

MAIL = Path(monarca.__file__).parent / "examples" / "inbox" / "Solicitud CFLI Tinta Viva.eml"
STRANGE = {"label": "¿Cómo supo de nosotros?", "text": "Por <b>la radio</b>", "place": "p. 3"}


@pytest.fixture
def arrived(call):
    made = actions.read_in([MAIL], call=call, by=None, at=NOON)[0].intake
    Intake.objects.filter(pk=made.pk).update(read={**made.read, "unplaced": [STRANGE]})
    return Intake.objects.get(pk=made.pk)


def test_the_officer_reads_it_escaped_and_in_its_language(arrived, staff, browser_of):
    page = browser_of(staff("coordinator")).get(reverse("applications:intake", args=[arrived.key]))
    assert "Also in the document, put nowhere" in page.text
    assert "¿Cómo supo de nosotros?" in page.text
    assert "Por &lt;b&gt;la radio&lt;/b&gt;" in page.text


def test_it_fills_no_answer(arrived):
    assert "Por <b>la radio</b>" not in str(stored.answers(arrived.read))


def test_nothing_is_said_where_everything_has_its_place(call, staff, browser_of):
    made = actions.read_in([MAIL], call=call, by=None, at=NOON)[0].intake
    Intake.objects.filter(pk=made.pk).update(read={**made.read, "unplaced": []})
    page = browser_of(staff("coordinator")).get(reverse("applications:intake", args=[made.key]))
    assert "Also in the document" not in page.text


@pytest.mark.parametrize(
    "read", [{}, {"unplaced": None}, {"unplaced": [{"label": "x", "text": ""}]}]
)
def test_older_readings_have_none(read):
    assert stored.unplaced(read) == []
