"""The papers that leave the house, agreement and receipt, speak the language they are asked for."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from django.utils import translation

from monarca.engines.documents.writing import pdf
from monarca.grants.agreements import queries
from monarca.grants.applications import queries as applications
from monarca.grants.applications.forms.paper import receipt_document
from tests.kit.test_words import ENGLISH, FAMILIAR
from tests.world_agreements import make_draft_agreement
from tests.world_decisions import make_ready

AT = datetime(2024, 8, 1, 12, tzinfo=UTC)
ANNEXES = {"es": "Anexo", "fr": "Annexe"}
FINGERPRINT = {"es": "Huella SHA-256", "fr": "Empreinte SHA-256"}


def words_of(document):
    reader = pypdf.PdfReader(io.BytesIO(pdf.write(document, at=AT)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_an_agreement_speaks_the_language_of_its_organization(call, person, lang):
    with translation.override("en"):  # whoever drafts it
        file = make_ready(call, person(f"{lang}@example.org"), legal_name="Grupo", language=lang)
        words = words_of(queries.document_of(make_draft_agreement(file, cents=1_000_000)))

    assert ANNEXES[lang] in words
    assert ENGLISH.findall(words) == []
    assert FAMILIAR[lang].findall(words) == []


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_a_receipt_speaks_the_language_of_who_asks_for_it(submitted, lang):
    with translation.override(lang):
        words = words_of(receipt_document(applications.last_submission(submitted)))

    assert FINGERPRINT[lang] in words
    assert ENGLISH.findall(words) == []
