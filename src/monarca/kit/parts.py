"""What a view puts into a table cell besides plain words: data, turned into HTML by the tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

type Tone = Literal["ok", "warn", "bad", "info", "ink", "plain"]
type Amount = int | Fraction | Decimal


class Spoken(str):
    """Words of an option in a closed list that may not be in the page's language."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, words: str, lang: str) -> "Spoken":
        made = super().__new__(cls, words)
        made.lang = lang
        return made


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page; `note` prints small under it."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A status in words; its tone is a shape and a colour."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Noted:
    """Words with a smaller line under them; `lang` when they are not in the page's language."""

    text: str
    note: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `top` fills the cell."""

    value: Amount
    top: Amount
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Stacked:
    """Parts of a whole: (value, tone)."""

    parts: Sequence[tuple[Amount, str]]
    top: Amount


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores of several reviewers on 0 to 5, and their mean."""

    scores: Sequence[Amount]
    mean: Amount


@dataclass(frozen=True, slots=True)
class Doubt:
    """A score that may err from `low` to `high`, beside the readers' mean and a line.

    `scale`: the whole points between which it is drawn.
    """

    low: Amount
    middle: Amount
    high: Amount
    mean: Amount
    scale: tuple[int, int] = (0, 5)
    cut: Amount | None = None
    is_close: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What was chosen of a whole, against a floor and a ceiling (0: none); all in one unit."""

    chosen: Amount
    whole: Amount
    floor: Amount = 0
    ceiling: Amount = 0


@dataclass(frozen=True, slots=True)
class Spark:
    """A short series; `label` says it in words."""

    values: Sequence[Amount]
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A box to type in, inside a table; `label` is read aloud because the head is far away.

    A figure aligns right; two factors in a row are multiplied by the script into its `Total`.
    """

    name: str
    label: str
    value: str = ""
    figure: bool = True
    factor: bool = False
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """A closed list inside a table: options (value, words)."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A product of the row, or with `whole` the sum of all rows; the script keeps it up to date."""

    text: str
    whole: bool = False


type Part = (
    Link | Status | Noted | Bar | Stacked | Spread | Doubt | Reach | Spark | Entry | Pick | Total
)
