"""Questions whose wording alone does not tell: found by words, type, and place in the order.

The problem: between questions that were recognised stand others in words nobody has met. Forms by
other hands mostly keep the order of the form, so each unknown label has few questions left that it
can be. The likeliest course of the form through the document is sought by evidence added up in
natural logarithms: how alike the words are (`likeness`), how well the answer fits what is asked
(`fitting`), and whether the question has its turn between those recognised before and after, the
more so the better this document keeps the order. The clearest label is placed first and narrows
the gaps for the rest; a label stays unplaced where the evidence is thin, where two questions are
as likely, or where it asks what no form of ours does.
Quadratic in the unknown labels, times the few questions each of them can be.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.lexicon import paraphrases, phrases, questions, reworded
from monarca.engines.documents.likeness import OTHER, Likeness

MANY = 300
LEAST = 6.0
APART = 1.5
ALIKE = 9.0
HEARD = 4.0
TAKEN = 1.0
IN_TURN = 2.0
OUT_OF_TURN = 2.5
UNSURE = 0.5
FIRM = 0.97
LOOSE = 0.85
LEAN = 0.3
DROPPED = 5.5
LONELY = 2.5
ALONE = 4.0
LACKING = 3.0
WHERE = {"designers_live": frozenset(("=live", "=place", "=town", "=state", "=work"))}
"""Questions that nobody asks without a word for where: without any of these ideas, less likely."""


@dataclass(frozen=True, slots=True)
class Label:
    """A question of the document: its words, its answer, its turn.

    `key` is what its words were taken for without certainty, `score` how surely (0 to 1).
    """

    label: str
    text: str
    at: int
    key: str = ""
    score: float = 0.0


class Course:
    """The order of the form against the turns of what a document has answered."""

    def __init__(self, ranks: Mapping[str, int], anchors: Mapping[int, str]) -> None:
        self._ranks = ranks
        known = sorted((at, ranks[key]) for at, key in anchors.items() if key in ranks)
        self._turns = [at for at, _ in known]
        self._held = [rank for _, rank in known]
        self._free = sorted(set(ranks.values()) - set(self._held))
        rising = [after > before for before, after in pairwise(self._held) if after != before]
        share = sum(rising) / len(rising) if len(rising) > 2 else (1 + UNSURE) / 2
        self._keeps = max(0.0, 2 * share - 1)

    def evidence(self, key: str, at: int) -> float:
        """For a question that has its turn here, against one that would be out of turn."""
        rank = self._ranks[key]
        here = bisect_left(self._turns, at)
        before = self._held[here - 1] if here else -1
        after = self._held[here] if here < len(self._held) else len(self._ranks)
        if before < rank < after:
            waiting = bisect_left(self._free, after) - bisect_left(self._free, before)
            return self._keeps * max(0.0, IN_TURN - 0.6 * math.log(max(waiting, 1)))
        away = min(abs(rank - before), abs(rank - after))
        return -self._keeps * min(OUT_OF_TURN, 0.5 + 0.1 * away)


class Aligner:
    """Places labels of unknown wording among the questions of one form."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        known = [each for each in [*phrases(form), *reworded(form)] if _is_question(each[0])]
        foreign = [(OTHER, one) for one in paraphrases()["others"]["many"]]
        self._likeness = Likeness([*known, *foreign])
        self._ranks = {key: number for number, key in enumerate(questions(form))}

    def place(
        self,
        labels: Sequence[Label],
        anchors: Mapping[int, str],
        fits: Callable[[str, str], float],
    ) -> dict[int, tuple[str, float]]:
        """The questions found, by the turn of their label, with how surely (0 to 1).

        `anchors` are the questions recognised by their turns; `fits` tells what an answer says
        for a question (see `fitting`). A question that is answered already is given to no other.
        """
        labels = labels[:MANY]
        found: dict[int, tuple[str, float]] = {}
        held = dict(anchors)
        doubted = {one.at: one.key for one in labels}
        waiting = {one.at: self._possible(one, fits) for one in labels}
        while waiting:
            course = Course(self._ranks, held)
            clear = [_clearest(at, told, course, held, doubted[at]) for at, told in waiting.items()]
            margin, at, key = max(clear, key=lambda each: (each[0], -each[1]))
            if margin < APART:
                break
            found[at] = (key, 1 - 0.5 * math.exp(-margin / 2))
            held[at] = key
            del waiting[at]
        for one in labels:
            if one.at in waiting and one.key:
                found[one.at] = self._leaning(one, waiting[one.at], held)
        return found

    def _leaning(
        self, one: Label, told: Mapping[str, float], held: Mapping[int, str]
    ) -> tuple[str, float]:
        """What was taken for a question: the likelier of two, the same, or "" for none at all."""
        _, _, key = _clearest(one.at, told, Course(self._ranks, held), held, one.key)
        best = max(told.get(one.key, 0.0), told.get(key, 0.0))
        foreign = told.get(OTHER, 0.0) > best
        if (told.get(one.key, 0.0) < DROPPED and one.score < LOOSE) or foreign:
            return "", 0.0
        if key and told[key] > told.get(one.key, 0.0) + LEAN and told[key] >= LEAST:
            return key, UNSURE
        return one.key, one.score

    def _possible(self, one: Label, fits: Callable[[str, str], float]) -> dict[str, float]:
        """What speaks for each question that a label can be, but for its turn."""
        alike = dict(self._likeness.of(one.label))
        for key, ideas in WHERE.items():
            if key in alike and one.label and not ideas & frozenset(meant(one.label)):
                alike[key] -= LACKING
        foreign = min(alike.pop(OTHER, 0.0), ALIKE)
        if one.key in alike:
            alike[one.key] = max(alike[one.key], HEARD + 3 * one.score)
        told = {OTHER: foreign}
        for key, evidence in alike.items():
            if key in self._ranks and evidence > (0.0 if one.label else -1.0):
                told[key] = min(evidence, ALIKE) + fits(key, one.text)
        return told


def _is_question(target: str) -> bool:
    return ":" not in target


def _clearest(
    at: int, told: Mapping[str, float], course: Course, held: Mapping[int, str], own: str
) -> tuple[float, int, str]:
    """How far the likeliest question is ahead of the next, and of staying unplaced."""
    answered = set(held.values())
    weighed = {
        key: evidence + course.evidence(key, at) - (TAKEN if key in answered else 0.0)
        for key, evidence in told.items()
        if key != OTHER
    }
    ranked = sorted(weighed.items(), key=lambda each: (-each[1], each[0]))
    if not ranked or ranked[0][0] in answered:
        return -math.inf, at, ""
    second = ranked[1][1] if len(ranked) > 1 else -math.inf
    rival = max(second, told.get(OTHER, 0.0))
    lonely = ranked[0][1] - rival >= LONELY and ranked[0][0] != own
    least = ALONE if lonely else LEAST
    return ranked[0][1] - max(rival, least - APART), at, ranked[0][0]
