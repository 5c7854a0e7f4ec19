"""What a table asks of the walk it is met on: to hear a cell, to open and close a question."""

from collections.abc import Sequence
from typing import Protocol

from monarca.engines.documents.asking import Asked, Ear
from monarca.engines.documents.columns import Heads
from monarca.engines.documents.guidance import Guidance
from monarca.engines.documents.pair import Pair
from monarca.engines.documents.strangers import Stranger
from monarca.engines.documents.tree import Block, Cell, Paragraph


class Walker(Protocol):
    """A reading in course; `pairing.Walk` is one. `open` is the question without its answer."""

    ear: Ear
    guidance: Guidance
    heads: Heads
    pairs: list[Pair]
    open: Pair | None
    group: str
    strangers: list[Stranger]
    repeated: frozenset[str]

    def close(self) -> None: ...

    def turn(self) -> int: ...

    def start(self, asked: Asked, place: str, how: str) -> Pair | None: ...

    def settle(self, asked: Asked, place: str, how: str, answer: Sequence[Paragraph]) -> None: ...

    def declaration(self, paragraph: Paragraph, place: str) -> bool: ...

    def flow(self, blocks: Sequence[Block], place: str) -> None: ...

    def hear_cell(self, cell: Cell) -> Asked | None: ...

    def is_record(self, text: str) -> bool: ...
