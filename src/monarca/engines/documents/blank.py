"""The call's own blank form: recognised in a filled document, so that only what was added answers.

The problem: people fill in the paper we gave them, renumber it, retype it into another layout or
delete half of it. Where most questions of a document are letter by letter those of the form, in
one of its languages, the document is compared with the form: a text of the form is a question or
guidance, whatever it sounds like, and every other text was added by the applicant.
Linear in the lines of the document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from monarca.engines.documents.lexicon import questions, tri
from monarca.engines.documents.tree import Paragraph
from monarca.engines.documents.words import bare, plain

LEAST = 30
MOST = 0.8
QUOTED = re.compile('[\u00ab\u201c"]([^\u00ab\u00bb\u201c\u201d"]{4,200})[\u00bb\u201d"]')
ENCLOSED = re.compile(r"\(.{3,120}\)")


class Blank:
    """The texts of a form, in every language it has."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        known = questions(form)
        self._labels = {
            _bared(text): key for key, one in known.items() for text in tri(one.get("label"))
        }
        self._texts = {plain(text) for text in _texts(form) if len(text) > 2}
        self.is_known = False

    def compare(self, paragraphs: Sequence[Paragraph], heard: int) -> None:
        """Decide whether the document is the form: `heard` questions were recognised in any words.

        Thirty questions or more are the form's own, and they are most of those recognised.
        """
        found = {key for one in paragraphs if (key := self.asks(one.text))}
        self.is_known = len(found) >= LEAST and len(found) >= MOST * heard

    def asks(self, text: str) -> str:
        """The question whose label the text is, numbered or not; "" when it is none."""
        return self._labels.get(_bared(text), "") if len(text) < 700 else ""

    def holds(self, text: str) -> bool:
        """The text stands on the blank form: a question, a hint, an option, a condition, a note."""
        if plain(text) in self._texts or self.asks(text):
            return True
        quoted = any(self.asks(one) for one in QUOTED.findall(text))
        return quoted or ENCLOSED.fullmatch(text.strip()) is not None

    def added(self, paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
        """What is not on the blank form."""
        return [one for one in paragraphs if one.text and not self.holds(one.text)]


def _bared(text: str) -> str:
    return plain(bare(text))


def _texts(form: Mapping[str, Any]) -> Iterator[str]:
    for section in form.get("sections", ()):
        yield from tri(section.get("title"))
        yield from tri(section.get("intro"))
    for question in questions(form).values():
        for text in tri(question.get("hint")):
            yield text
            yield from text.split("\n")
        yield from tri(question.get("label"))
