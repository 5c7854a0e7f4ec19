"""Tables whose first row names columns: repeated answers, counts of people, budgets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monarca.engines.documents.budget_counts import with_calculations
from monarca.engines.documents.budget_heads import Head, find_head
from monarca.engines.documents.lexicon import Widened, columns, questions, wording
from monarca.engines.documents.numerals import number
from monarca.engines.documents.sheets import Grid, from_table
from monarca.engines.documents.tree import Table
from monarca.engines.documents.words import plain

WOMEN = re.compile(r"\b(mujer(es)?|wom[ae]n|femmes?|female)\b")
MEN = re.compile(r"\b(hombres?|m[ae]n|hommes?|male)\b")
GIRLS = re.compile(r"\b(ninas|girls?|filles)\b")
BOYS = re.compile(r"\b(ninos|boys?|garcons)\b")
FIELD = re.compile(r"(?:^|[.;|,\t)\n])\s*([^.:;|\t\n]{2,40}?)(?:\s?\([^()]{1,20}\))?\s?:\s")
SKIPPED = re.compile(r"^(n|no|num|numero|number|id|folio)?$")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A head row: the repeated question, its columns by field, what other questions it holds."""

    key: str
    score: float
    fields: Mapping[str, int]
    others: Mapping[str, Mapping[str, int]]


LINES = 3


def _costs(grid: Grid, head: Head) -> int:
    """How many rows under the head begin with words and have an amount as their total."""
    column = head.columns["total_cents"]
    return sum(
        bool(row[0]) and number(row[0])[0] is None and number(row[column])[0] is not None
        for row in grid[head.last + 1 :]
    )


class Heads:
    """Recognises head rows for one form."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self._columns = columns(form)
        self._worded = {
            key: [
                str(one["key"])
                for one in question.get("fields", ())
                if one.get("kind") in {"text", "words"}
            ]
            for key, question in questions(form).items()
        }
        self._first = {key: next(iter(table), "") for key, table in wording()["columns"].items()}

    def lexicon(self, key: str) -> Widened:
        """The names of the fields of a repeated question."""
        return self._columns[key]

    def names_fields(self, text: str, key: str) -> bool:
        """The sentence names two or more fields of the repeated question `key`."""
        return self._named(text, key) >= 2

    def is_record(self, text: str) -> bool:
        """A numbered sentence that names three fields or more of some repeated question."""
        numbered = re.match(r"\s*(?:\d{1,2}[.)]|[•*-])\s", text)
        return bool(numbered) and any(self._named(text, key) >= 3 for key in self._columns)

    def _named(self, text: str, key: str) -> int:
        lexicon = self._columns.get(key)
        if lexicon is None or ":" not in text or len(text) > 3000:
            return 0
        found = (lexicon.match(one, asked=True) for one in FIELD.findall(text)[:40])
        return len({one.target for one in found if one is not None})

    def is_budget(self, table: Table) -> bool:
        """Its head names a quantity or a unit cost, and a total or the fund's share."""
        if table.width < 3 or table.height < 2:
            return False
        grid = from_table(table)
        head = find_head(grid[:6])
        if head is None:
            return False
        named = set(with_calculations(grid, head)[1].columns)
        costed = {"total_cents", "fund_cents"} <= named
        if costed and (len(named) >= 5 or _costs(grid, head) >= LINES):
            return True
        numbers = sum(1 for cell in table.cells if re.search(r"\d", cell.text[:24]))
        if numbers < table.height or ("quantity" not in named and len(named) < 4):
            return False
        return bool(named & {"quantity", "unit_cents"}) and bool(
            named & {"total_cents", "fund_cents"}
        )

    def is_people(self, table: Table) -> bool:
        """Women and men stand as heads of columns or of rows, and there are numbers."""
        heads = [plain(cell.text) for row in table.rows[:3] for cell in row]
        sides = [plain(cell.text) for cell in table.cells if cell.column <= 1]
        numbers = sum(1 for cell in table.cells if re.fullmatch(r"[\d\s.,']{1,9}", cell.text))
        if numbers < 2:
            return False
        for texts in (heads, sides):
            short = [text for text in texts if len(text) < 34]
            women = {text for text in short if WOMEN.search(text)}
            men = {text for text in short if MEN.search(text)}
            if women and men and (len(women | men) > 1):
                return True
        return False

    def repeat_at(self, table: Table, row: int, key: str) -> Repeat | None:
        """The repeated question whose columns the row names; `key` is the one expected."""
        heads = {
            cell.column: cell.text
            for cell in table.rows[row]
            if cell.text and len(cell.text) < 90 and not SKIPPED.match(plain(cell.text))
        }
        if not heads or (len(heads) < 3 and not key) or row + 1 >= table.height:
            return None
        scored = [
            (self._weigh(fields, heads, one == key), one, fields)
            for one in self._columns
            if (fields := self._fields(one, heads)) and (one == key or self._first[one] in fields)
        ]
        weight, best, fields = max(scored, default=(0.0, "", {}), key=lambda each: each[0])
        if not best or weight < 2.0:
            return None
        return Repeat(best, 0.95, fields, self._others(best, heads, fields))

    def _weigh(self, fields: Mapping[str, int], heads: Mapping[int, str], wanted: bool) -> float:
        if wanted:
            return len(fields) + 1.4 if 2 * len(fields) >= len(heads) else 0.0
        return float(len(fields)) if len(fields) >= 2 and 5 * len(fields) >= 3 * len(heads) else 0.0

    def _fields(self, key: str, heads: Mapping[int, str]) -> dict[str, int]:
        found: dict[str, tuple[float, int]] = {}
        for column, text in heads.items():
            match = self._columns[key].match(text, asked=True)
            if match is not None and match.score > found.get(match.target, (0.0, 0))[0]:
                found[match.target] = (match.score, column)
        placed = {name: column for name, (_, column) in found.items()}
        return placed | (self._last(key, heads, placed) if self._first[key] in placed else {})

    def _last(
        self, key: str, heads: Mapping[int, str], placed: Mapping[str, int]
    ) -> dict[str, int]:
        """The one column in unknown words is the one field in words that no column names."""
        unknown = [column for column in heads if column not in placed.values()]
        missing = [name for name in self._worded[key] if name not in placed]
        alone = len(unknown) == len(missing) == 1 and len(placed) > 1
        return {missing[0]: unknown[0]} if alone else {}

    def _others(
        self, best: str, heads: Mapping[int, str], fields: Mapping[str, int]
    ) -> dict[str, dict[str, int]]:
        """Another repeated question whose first field is a column this one does not need."""
        found = {}
        for key in self._columns:
            name = self._first.get(key, "")
            column = (
                self._fields(key, heads).get(name) if key in {"results", "indicators"} else None
            )
            if key != best and column is not None and column not in fields.values():
                found[key] = {name: column}
        return found

    def row(self, table: Table, row: int, fields: Mapping[str, int]) -> dict[str, str]:
        """The texts of a row by field; a cell merged downwards counts for all its rows."""
        texts = {}
        for name, column in fields.items():
            cell = table.places.get((row, column))
            texts[name] = cell.text if cell is not None else ""
        return texts

    def record(self, table: Table, key: str) -> dict[str, str]:
        """One row written downwards: the names of the fields left, their values right."""
        lexicon: Widened | None = self._columns.get(key)
        if lexicon is None or table.width != 2 or len(table.rows) < 2:
            return {}
        found: dict[str, str] = {}
        for row in table.rows:
            match = lexicon.match(row[0].text, asked=True) if len(row) == 2 else None
            if match is not None:
                found[match.target] = row[1].text
        return found if 2 * len(found) > len(table.rows) else {}
