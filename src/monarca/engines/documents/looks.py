"""How the questions of a document look, learnt from those recognised by their words.

The problem: a question in words nobody has met must not be read as the answer before it. Writers
keep one look for questions and another for answers: bold, a number, a colour, italics, an empty
line above. A look that most recognised questions have and few other paragraphs tells a question.
Linear in the paragraphs.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from monarca.engines.documents.tree import Paragraph
from monarca.engines.documents.words import NUMBERING, bare, plain

LEAST = 3
FEW = 0.5
RARE = 0.25
LONGEST = 22
LEADS = re.compile(
    r"(?:(?:y|and|et)\s)?(?:(?:a|con|de|por|para|en|desde|hasta|to|with|for|in|from|avec|pour|sur"
    r"|par)\s)?(?:que|quien|quienes|como|cual|cuales|donde|cuando|cuant[oa]s?|what|which|who|whom"
    r"|whose|how|where|when|why|do you|does|did you|are there|is there|is it|are you|have you|has"
    r"|can you|will you|will it|could|would|tell us|please|describe|explain|list|quels?|quelles?"
    r"|qui|quoi|comment|ou|quand|pourquoi|combien|est ce|avez vous|etes vous|y a t il|decrivez"
    r"|expliquez|indiquez|nommez|precisez|parlez|dites|enumerez|describan?|expliquen?|mencione"
    r"|indique|enumere|cuenten?|cuentenos|digan?|senale|platique|platiquenos|hay|tienen|cuentan con"
    r"|pueden|necesitan)\s"
)

type Look = tuple[str, bool, bool, bool, str, bool, bool, bool]


def leads(text: str) -> bool:
    """The text begins as questions begin, and does not end as a sentence ends."""
    words = len(text.split())
    if not 2 < words <= LONGEST or text.rstrip().endswith((".", ",", ";", "!")):
        return False
    return ". " not in bare(text) and LEADS.match(f"{plain(bare(text))} ") is not None


class Looks:
    """The looks of one document's questions."""

    def __init__(self, paragraphs: Sequence[Paragraph] = ()) -> None:
        self._asking: frozenset[Look] = frozenset()
        self._answering: frozenset[Look] = frozenset()
        self._apart = _after_an_empty_line(paragraphs)
        self._written = [one for one in paragraphs if one.text and len(one.text) < 1200]

    def learn(self, asks: Callable[[Paragraph], bool | None]) -> None:
        """Compare the looks of the paragraphs that ask with those that do not; None = neither."""
        asking: Counter[Look] = Counter()
        others: Counter[Look] = Counter()
        for one in self._written:
            asked = asks(one)
            if asked is not None:
                (asking if asked else others)[self._look(one)] += 1
        self._asking = frozenset(
            look
            for look, count in asking.items()
            if count >= LEAST and others[look] <= FEW * count and others.total() >= LEAST
        )
        self._answering = frozenset(
            look
            for look, count in others.items()
            if count >= LEAST and asking[look] <= RARE * count and asking.total() >= LEAST
        )

    def answers(self, paragraph: Paragraph) -> bool:
        """It looks as the answers of this document look, and hardly any of its questions."""
        return self._look(paragraph) in self._answering

    def asks(self, paragraph: Paragraph) -> bool:
        """It looks as the questions of this document look, and is short enough for one."""
        text = paragraph.text
        short = 1 < len(text.split()) <= LONGEST and not text.rstrip().endswith((".", ",", ";"))
        return short and self._look(paragraph) in self._asking

    def _look(self, paragraph: Paragraph) -> Look:
        shown = [run for run in paragraph.runs if run.shown and run.text.strip()]
        first = shown[0] if shown else None
        text = paragraph.text
        return (
            paragraph.style,
            paragraph.heading,
            first is not None and first.bold,
            first is not None and first.italic,
            first.colour if first is not None else "",
            bool(NUMBERING.match(text)),
            text.isupper() and len(text) > 5,
            id(paragraph) in self._apart,
        )


def _after_an_empty_line(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    found = set()
    empty = True
    for one in paragraphs:
        if one.text and empty:
            found.add(id(one))
        empty = not one.text
    return frozenset(found)
