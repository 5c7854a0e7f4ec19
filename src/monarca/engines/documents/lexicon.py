"""Which question a text asks: labels of the form and everyday wordings, compared fuzzily."""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.words import bare, plain, stems

LANGUAGES = ("es", "en", "fr")
STRONG = 0.74
WEAK = 0.62
ALONE = 0.72
VAGUE = frozenset(("=who", "=since", "=know", "=describe", "=name", "=work", "=person", "=number"))
SURE = 0.95
CLEAR = 0.69
HALF = 0.45
MOST = 0.8
WIDENED = 0.97


@dataclass(frozen=True, slots=True)
class Match:
    """`target` is a key, "generic:word", "group:name", "pair:period" or "section:"."""

    target: str
    score: float


@cache
def wording() -> dict[str, Any]:
    """The table of everyday wordings that ships with the package."""
    text = resources.files("monarca.engines.documents").joinpath("wording.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def paraphrases() -> dict[str, Any]:
    """More ways of asking, and questions of other funders that this form does not ask."""
    source = resources.files("monarca.engines.documents").joinpath("paraphrases.toml")
    return tomllib.loads(source.read_text("utf-8"))


class Lexicon:
    """Phrases, each standing for a target; finds the target a text means.

    Phrases of `only` are known letter by letter and mean nothing in part.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        *,
        telling: Callable[[str], tuple[str, ...]] = stems,
        alone: float = ALONE,
        only: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._telling = telling
        self._alone = alone
        self._entries: list[tuple[str, frozenset[str]]] = []
        self._exact: dict[str, str] = {}
        self._index: dict[str, list[int]] = defaultdict(list)
        self._cache: dict[tuple[str, bool], Match | None] = {}
        self._shorter: dict[str, str] = {}
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._learn(phrases)
        for target, phrase in only:
            self._exact.setdefault(plain(bare(phrase)), target)
        count = len({target for target, _ in self._entries}) or 1
        self._weight = {
            one: math.log(1 + count / len(having)) for one, having in self._owners.items()
        }
        for known in self._weight:
            for less in _without_a_letter(known) if len(known) >= 6 else ():
                self._shorter.setdefault(less, known)
        self._unknown = 0.55 * math.log(1 + count)
        self._totals = [
            sum(self._weight[one] for one in sorted(found)) for _, found in self._entries
        ]

    def _learn(self, phrases: Iterable[tuple[str, str]]) -> None:
        told: set[tuple[str, frozenset[str]]] = set()
        for target, phrase in phrases:
            found = frozenset(self._telling(bare(phrase)))
            if not found:
                continue
            self._exact.setdefault(plain(bare(phrase)), target)
            if (target, found) in told:
                continue
            told.add((target, found))
            for one in sorted(found):
                self._owners[one].add(target)
                self._index[one].append(len(self._entries))
            self._entries.append((target, found))

    def match(self, text: str, *, asked: bool = False) -> Match | None:
        """The likeliest target; `asked` = it clearly asks, so that words more matter less."""
        short = bare(text)
        key = (short, asked)
        if key not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[key] = self._match(short, asked)
        return self._cache[key]

    def knows(self, text: str) -> bool:
        """The text is one of the wordings, letter by letter."""
        return plain(bare(text)) in self._exact

    def _match(self, short: str, asked: bool) -> Match | None:
        exact = self._exact.get(plain(short))
        if exact is not None:
            return Match(exact, 1.0)
        told = self._telling(short)
        mine = list(dict.fromkeys(self._nearest(one) for one in told))
        misspelt = len(told) > 1 and not any(one in self._weight for one in told)
        if not mine or len(mine) > 45 or misspelt:
            return None
        total = sum(self._weight.get(one, self._unknown) for one in mine)
        shared: dict[int, float] = defaultdict(float)
        for one in mine:
            for index in self._index.get(one, ()):
                shared[index] += self._weight[one]
        best = Match("", 0.0)
        least = HALF if len(mine) > 1 else MOST
        for index, weight in shared.items():
            recall = weight / self._totals[index]
            if recall < least or _at_most(recall, asked=asked) <= max(best.score, WEAK - 0.01):
                continue
            score = self._score(index, weight, mine, total, asked=asked)
            if score > best.score + 1e-9:
                best = Match(self._entries[index][0], score)
        return best if best.score >= WEAK else None

    def _score(
        self, index: int, weight: float, mine: list[str], total: float, *, asked: bool
    ) -> float:
        """Weighted F of shared words; words of the target's other phrases do not count against."""
        target, entry = self._entries[index]
        recall = weight / self._totals[index]
        related = sum(
            self._weight[one]
            for one in mine
            if one not in entry and one in self._owners and target in self._owners[one]
        )
        precision = min(1.0, (weight + 0.6 * related) / total)
        square = 3.0 if asked and len(entry) > 1 else 1.0
        score = (1 + square) * recall * precision / (square * precision + recall)
        return score if len(entry) > 1 or score >= self._alone else 0.0

    def _nearest(self, one: str) -> str:
        """The known stem a misspelt one means: one letter more, less or another."""
        if one in self._weight or len(one) < 6:
            return one
        close = (self._shorter.get(less, "") for less in _without_a_letter(one))
        return next((known for known in close if known and known[0] == one[0]), one)


class Widened:
    """A lexicon that also understands other words for the same ideas, in the three languages.

    What the wordings themselves say surely is believed first; otherwise the ideas decide, a
    little less surely.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        *,
        telling: Callable[[str], tuple[str, ...]] = meant,
        only: Iterable[tuple[str, str]] = (),
    ) -> None:
        known = list(phrases)
        self._worded = Lexicon(known, only=only)
        self._meant = Lexicon(_undisputed(known, telling), telling=telling, alone=SURE)

    def surely(self, text: str) -> Match | None:
        """What the wordings themselves say, without widening."""
        return self._worded.match(text)

    def match(self, text: str, *, asked: bool = False) -> Match | None:
        """The likeliest target by its words, else by its ideas; see `Lexicon.match`."""
        found = self._worded.match(text, asked=asked)
        if found is not None and self._worded.knows(text):
            return found
        wider = self._meant.match(text, asked=asked)
        if wider is None or wider.score < CLEAR:
            return found
        if found is not None and wider.score < SURE <= found.score:
            return found
        if wider.score >= SURE:
            return Match(wider.target, wider.score * WIDENED)
        return found if found is not None and found.score >= wider.score * WIDENED else wider


def _undisputed(
    phrases: Iterable[tuple[str, str]], telling: Callable[[str], tuple[str, ...]]
) -> list[tuple[str, str]]:
    """The phrases whose ideas are their target's own: the target most phrases of it stand for.

    A phrase of several words of which one vague idea is left says too little ("¿Quiénes son?").
    """
    told = [
        (target, phrase, ideas)
        for target, phrase in phrases
        if len(ideas := frozenset(telling(bare(phrase)))) > 1
        or not ideas <= VAGUE
        or len(plain(bare(phrase)).split()) < 2
    ]
    votes = Counter((target, ideas) for target, _, ideas in told)
    most: dict[frozenset[str], str] = {}
    for target, _, ideas in told:
        if votes[target, ideas] > votes[most.get(ideas, ""), ideas]:
            most[ideas] = target
    return [(target, phrase) for target, phrase, ideas in told if most[ideas] == target]


def _at_most(recall: float, *, asked: bool) -> float:
    """The best score of an entry with this share of its words, were every other word its own."""
    square = 3.0 if asked else 1.0
    return (1 + square) * recall / (square + recall) if recall <= 1.0 else 1.0


def _without_a_letter(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))]


def tri(value: object) -> list[str]:
    """The texts of a label in up to three languages."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [str(value[one]) for one in LANGUAGES if value.get(one)]
    return []


def questions(form: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every question of the definition by its key, in its order."""
    return {
        str(question["key"]): question
        for section in form.get("sections", ())
        for question in section.get("questions", ())
    }


def phrases(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What every text of the form and of the wording table stands for; generic words first."""
    table = wording()
    known = questions(form)
    found = [(f"generic:{key}", one) for key, many in table["generic"].items() for one in many]
    found += [(key, one) for key in known for one in tri(known[key].get("label"))]
    found += [
        (key, one) for key, many in table["questions"].items() if key in known for one in many
    ]
    found += [(f"pair:{key}", one) for key, many in table["pairs"].items() for one in many]
    found += [
        (f"group:{key}", one) for key, group in table["groups"].items() for one in group["heads"]
    ]
    titles = [one for part in form.get("sections", ()) for one in tri(part.get("title"))]
    return found + [("section:", one) for one in [*table["sections"]["heads"], *titles]]


def reworded(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """More ways of asking the questions of the form, and what others ask as "other:"."""
    known = questions(form)
    more = paraphrases()["questions"]
    foreign = [one for one in paraphrases()["others"]["many"] if len(one.split()) > 2]
    found = [(key, one) for key, many in more.items() if key in known for one in many]
    return [*found, *(("other:", one) for one in foreign)]


def columns(form: Mapping[str, Any]) -> dict[str, Widened]:
    """A lexicon of column heads for each question that is answered with rows."""
    table = wording()["columns"]
    found = {}
    for key, question in questions(form).items():
        if question.get("kind") != "repeat":
            continue
        pairs = [
            (str(field["key"]), one)
            for field in question.get("fields", ())
            for one in tri(field.get("label"))
        ]
        named = {target for target, _ in pairs}
        for field, many in table.get(key, {}).items():
            if field in named or field == "period" or key == "places":
                pairs += [(field, one) for one in many]
        for field, many in paraphrases()["columns"].get(key, {}).items():
            pairs += [(field, one) for one in many]
        found[key] = Widened(pairs)
    return found
