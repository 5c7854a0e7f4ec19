"""What a section is drawn from: fields, rows of fields, and groups of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to draw; `face` says which component, and each uses what it needs."""

    face: str
    id: str
    label: str
    hint: str = ""
    error: str = ""
    optional: bool = False
    value: str = ""
    kind: str = "text"
    width: str = ""
    autocomplete: str = ""
    lang: str = ""
    words: int = 0
    rows: int = 0
    currency: str = "CAD"
    options: Sequence[tuple[str, ...]] = ()
    chosen: Sequence[str] = ()
    many: bool = False
    day: str = ""
    month: str = ""
    year: str = ""
    blank: str = ""
    parts: Sequence["Field"] = ()
    lines: Sequence["Row"] = ()
    can_add: bool = False
    bare: bool = False  # the only field of a row: its label is there for ears alone
    papers: Sequence[Mapping[str, Any]] = ()

    @property
    def template(self) -> str:
        return f"applications/faces/{self.face}.html"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat, or of the people grid: its id, its words, its fields."""

    id: str
    label: str
    fields: Sequence[Field]
    removable: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive questions that hang on one answer; `says` is empty for those always asked."""

    says: str
    is_open: bool
    fields: tuple[Field, ...]
