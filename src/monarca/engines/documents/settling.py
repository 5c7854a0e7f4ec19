"""Pairs whose question the words alone did not tell, settled by type and order (see `aligning`).

Unsettled are: labels of unknown wording, labels recognised with doubt, two labels taken for one
question, and labels whose answer is not what their question takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monarca.engines.documents.aligning import FIRM, Aligner, Label
from monarca.engines.documents.fitting import fits
from monarca.engines.documents.guidance import cleaned
from monarca.engines.documents.pair import Pair
from monarca.engines.documents.strangers import DOUBT, Stranger
from monarca.engines.documents.values import Options

CERTAIN = 0.98
UNFIT = -1.0
TOLD = 0.8


def as_pair(one: Stranger, key: str, score: float = DOUBT) -> Pair:
    """The stranger as a pair of a question that was found for it."""
    return Pair(key, score, one.place, "flow", list(one.lines), label=one.label, at=one.at)


@dataclass(frozen=True, slots=True)
class Settler:
    """What it takes to settle the pairs of one document."""

    aligner: Aligner
    questions: Mapping[str, Mapping[str, Any]]
    options: Mapping[str, Options]
    language: str

    def settle(
        self, pairs: Sequence[Pair], strangers: list[Stranger], texts: Mapping[int, str]
    ) -> list[Pair]:
        """The pairs as they were or under the question they fit; strangers found become pairs.

        `texts` are the answers without guidance, by turn. What is found leaves `strangers`.
        """
        surest: dict[str, Pair] = {}
        for pair in sorted(pairs, key=lambda one: -one.score):
            if not pair.empty:
                surest.setdefault(pair.key, pair)
        doubtful = {
            pair.at: pair
            for pair in pairs
            if pair.label and self._doubted(pair, surest.get(pair.key), texts[pair.at])
        }
        labels = [_label(pair, texts[pair.at]) for pair in doubtful.values()]
        labels += [_label_of(one) for one in strangers if one.text]
        anchors = {one.at: one.key for one in surest.values() if one.at not in doubtful}
        found = self.aligner.place(labels, anchors, self._fits)
        for at, (key, sure) in found.items():
            if at in doubtful:
                doubtful[at].key = key
                doubtful[at].score = max(doubtful[at].score, TOLD * sure)
        placed = [one for one in strangers if one.at in found]
        strangers[:] = [one for one in strangers if one.at not in found]
        told = [as_pair(one, found[one.at][0], TOLD * found[one.at][1]) for one in placed]
        return [*(one for one in pairs if one.key), *told]

    def _doubted(self, pair: Pair, surest: Pair | None, text: str) -> bool:
        """Its words are not sure, or told of two labels, or what stands there does not fit them."""
        if pair.empty or pair.how == "columns" or pair.key not in self.questions:
            return False
        if pair.score < FIRM or surest is not pair:
            return True
        return pair.score < CERTAIN and self._fits(pair.key, text) < UNFIT

    def _fits(self, key: str, text: str) -> float:
        return fits(self.questions[key], text, self.options.get(key), self.language)


def _label(pair: Pair, text: str) -> Label:
    return Label(pair.label, text, pair.at, pair.key, pair.score)


def _label_of(one: Stranger) -> Label:
    return Label(one.label, cleaned(one.text), one.at)
