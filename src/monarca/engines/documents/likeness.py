"""Which question a label of unknown wording may mean, by the words each question is asked in.

The input is every known way of asking (labels of the form, `wording.toml`, `paraphrases.toml`, and
questions of other funders that no form of ours asks). Each word, idea and pair of neighbouring
words of a label is weighed by how much more often one question uses it than all do (the log odds
of naive Bayes, smoothed); a word that no question uses counts a little against all of them. The
outcome is evidence in natural logarithms, to be added to that of type and place; never an answer
by itself. Linear in the words of the label times the questions that share one of them.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.words import STOP, bare, plain, stem

OTHER = "other:"
WEIGHTS = {"s": 1.0, "w": 0.35, "=": 1.0, "b": 0.5}
UNHEARD = 0.5
FLOOR = 1e-3
INSIDE = re.compile(r"\(([^()]{3,60})\)")


def signs(text: str) -> tuple[str, ...]:
    """What a label is known by: stems, filler words, ideas, and neighbouring pairs of stems."""
    short = bare(text)
    words = plain(short).split()
    told = [f"w:{one}" if one in STOP else f"s:{stem(one)}" for one in words]
    told += [one for one in meant(short) if one.startswith("=")]
    told += [f"b:{stem(one)}_{stem(after)}" for one, after in pairwise(["^", *words, "$"])]
    return tuple(dict.fromkeys(told))


class Likeness:
    """Evidence for each target, learnt from phrases that stand for it."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        uses: dict[str, Counter[str]] = defaultdict(Counter)
        counts: Counter[str] = Counter()
        for target, phrase in phrases:
            counts[target] += 1
            uses[target].update(signs(phrase))
        self._targets = tuple(counts)
        total = sum(counts.values()) or 1
        typical = total / (len(counts) or 1)
        everywhere = sum(uses.values(), Counter[str]())
        self._absent: dict[str, float] = {}
        self._more: dict[str, dict[str, float]] = defaultdict(dict)
        for sign, all_uses in everywhere.items():
            share, spread = all_uses / total, math.log(all_uses / total + FLOOR)
            self._absent[sign] = math.log(share / (typical + 1) + FLOOR) - spread
        for target, mine in uses.items():
            for sign, used in mine.items():
                share = everywhere[sign] / total
                odds = math.log((used + share) / (counts[target] + 1) + FLOOR)
                spread = math.log(share + FLOOR)
                self._more[sign][target] = odds - spread - self._absent[sign]

    def of(self, label: str) -> Mapping[str, float]:
        """Evidence by target, likelier ones higher; 0 = nothing speaks for it or against it."""
        found = self._of(label)
        for inside in INSIDE.findall(label)[:3]:
            if len(plain(inside)) > 3:
                for target, evidence in self._of(inside).items():
                    found[target] = max(found[target], evidence)
        return found

    def _of(self, label: str) -> dict[str, float]:
        told = signs(label)
        least = sum(WEIGHTS[one[0]] * self._absent.get(one, -UNHEARD) for one in told)
        found = dict.fromkeys(self._targets, least)
        for one in told:
            weight = WEIGHTS[one[0]]
            for target, more in self._more.get(one, {}).items():
                found[target] += weight * more
        return found
