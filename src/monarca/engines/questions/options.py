"""The options of a choice: its own, or a list of the fund."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monarca.engines.questions.problem import Json, Question

type Option = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What a form stands on: its definition, the states to choose from, which questions have files.

    `states` are options (code, label); with none given, any state code is accepted.
    """

    definition: Mapping[str, Any] = field(default_factory=dict)
    states: Sequence[Option] = ()
    attached: frozenset[str] = frozenset()

    def options(self, question: Question, answers: Mapping[str, Json]) -> tuple[Option, ...]:
        return options_of(question, self.definition, self.states, answers=answers)


def options_of(
    question: Question,
    definition: Mapping[str, Any],
    states: Sequence[Option] = (),
    *,
    answers: Mapping[str, Json] | None = None,
) -> tuple[Option, ...]:
    """The options a question offers, in the fund's order.

    `priorities` gives each priority followed by its children; `focus` gives the focuses of the
    priorities that `answers` chose, and of all priorities while none is chosen.
    """
    match question.get("list"):
        case "priorities":
            return tuple(_tree(definition))
        case "focus":
            return tuple(_focuses(definition, answers or {}))
        case "states":
            return tuple(states)
        case "factors":
            return tuple(definition.get("gba", {}).get("factors", ()))
        case _:
            return tuple(question.get("options", ()))


def questions_in(definition: Mapping[str, Any]) -> Iterator[Question]:
    for section in definition.get("sections", ()):
        yield from section.get("questions", ())


def _tree(definition: Mapping[str, Any]) -> Iterator[Option]:
    for priority in definition.get("priorities", ()):
        yield priority
        yield from priority.get("children", ())


def _focuses(definition: Mapping[str, Any], answers: Mapping[str, Json]) -> Iterator[Option]:
    asked = [q["key"] for q in questions_in(definition) if q.get("list") == "priorities"]
    chosen = {answers.get(key) for key in asked if isinstance(answers.get(key), str)} - {""}
    for priority in definition.get("priorities", ()):
        whole = not chosen or priority["code"] in chosen
        if whole:
            yield from priority.get("focus", ())
        for child in priority.get("children", ()):
            if whole or child["code"] in chosen:
                yield from child.get("focus", ())
