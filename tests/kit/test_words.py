"""What people read says usted and vous, in every catalogue, reason and paper of the pack."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

import monarca
from monarca.kit import reasons as sentences

SOURCE = Path(monarca.__file__).parent
FAMILIAR = {
    "es": re.compile(
        r"\b(tú|tus?|te|ti|contigo|eres|estás|puedes|tienes|debes|quieres|necesitas|has|vas"
        r"|(?!(?:ex|cons|as|ins|res|des|pers|subs)iste\b)\w+[ai]ste)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"\b(tu|toi|tes|es-tu|peux-tu|dois-tu)\b|\bt['’](?=\w)", re.IGNORECASE),
}
ENGLISH = re.compile(r"\b(the|and|your|please|you|with|this|has been)\b", re.IGNORECASE)


def catalogue(lang: str) -> Iterator[tuple[str, str]]:
    for entry in polib.pofile(str(SOURCE / f"locale/{lang}/LC_MESSAGES/django.po")):
        for form in (entry.msgstr, *entry.msgstr_plural.values()):
            yield entry.msgid, form


def reasons(lang: str) -> Iterator[tuple[str, str]]:
    words = sentences.catalogue()
    yield from ((code, sentences[lang]) for code, sentences in words.items())


def papers(lang: str) -> Iterator[tuple[str, str]]:
    for path in sorted((SOURCE / "packs").rglob(f"*.{lang}.md")):
        yield path.name, path.read_text(encoding="utf-8")


def tables(lang: str) -> Iterator[tuple[str, str]]:
    """Questions, rules, criteria and the rest: whatever a pack says in three languages."""
    for path in sorted((SOURCE / "packs").rglob("*.toml")):
        waiting: list[object] = [tomllib.loads(path.read_text(encoding="utf-8"))]
        while waiting:
            here = waiting.pop()
            if isinstance(here, dict):
                if isinstance(here.get(lang), str):
                    yield path.name, here[lang]
                waiting += here.values()
            elif isinstance(here, list):
                waiting += here


def everything(lang: str) -> list[tuple[str, str]]:
    return [*catalogue(lang), *reasons(lang), *papers(lang), *tables(lang)]


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_nobody_is_addressed_as_a_friend(lang):
    found = [(where, said) for where, said in everything(lang) if FAMILIAR[lang].search(said)]
    assert found == []


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_no_english_word_is_left_in_a_translation(lang):
    found = [(where, said) for where, said in everything(lang) if ENGLISH.search(said)]
    assert found == []


def test_every_kind_of_text_is_looked_at():
    for kind in (catalogue, reasons, papers, tables):
        assert len(list(kind("es"))) == len(list(kind("fr"))) > 40, kind.__name__


@pytest.mark.parametrize(
    ("lang", "said"),
    [("es", "Escribe tu nombre"), ("es", "¿Qué enviaste?"), ("fr", "Si tu veux"), ("fr", "T’as")],
)
def test_the_search_knows_the_familiar_forms(lang, said):
    assert FAMILIAR[lang].search(said)


@pytest.mark.parametrize(
    ("lang", "said"), [("es", "Si existe, insiste y asiste"), ("fr", "Êtes-vous prêt? Attention")]
)
def test_the_search_lets_other_words_pass(lang, said):
    assert not FAMILIAR[lang].search(said)
