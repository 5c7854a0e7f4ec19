"""One question of the form with what stands where its answer belongs."""

from dataclasses import dataclass, field

from monarca.engines.documents.guidance import is_blank
from monarca.engines.documents.strangers import is_value
from monarca.engines.documents.tree import Paragraph, Table

SINGLE = {"phone", "email", "url", "date", "money", "local_money", "number"}


@dataclass(slots=True)
class Pair:
    """One question of the form with what stands where its answer belongs.

    `label` is how it was asked; `at` is its turn among the questions of the document.
    """

    key: str
    score: float
    place: str
    how: str
    lines: list[Paragraph] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    label: str = ""
    at: int = 0

    @property
    def empty(self) -> bool:
        said_something = any(not is_blank(one.text) for one in self.lines)
        return not (said_something or self.rows or self.tables)

    def is_full(self, kind: str) -> bool:
        """A telephone, an address, a date stands behind its label: a line more is not its own."""
        alone = self.how == "inline" and len(self.lines) == 1 and kind in SINGLE
        return alone and is_value(self.lines[0].text)
