"""Budgets read from spreadsheets and tables: head row by words, lines, totals, categories.

The problem: find the table among sheets, titles and notes; name its columns in three languages;
tell lines from totals; state the sum the sheet claims beside the sum of its lines.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monarca.engines.budgets.lines import Line
from monarca.engines.documents.archive import Refused
from monarca.engines.documents.budget_columns import completed
from monarca.engines.documents.budget_heads import CATEGORY, Head, find_head
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.lexicon import Match
from monarca.engines.documents.numerals import number
from monarca.engines.documents.odt import read_odt
from monarca.engines.documents.safety import inspect
from monarca.engines.documents.sheets import Grid, Sheet, Value, from_table, sheets_of
from monarca.engines.documents.tree import Block, Paragraph, Table, Tree
from monarca.engines.documents.words import plain, unnumbered
from monarca.engines.reasons import Reason
from monarca.engines.reasons import Value as ReasonValue

GIVEN = re.compile(r"(?P<amount>[$\s]*\d[\d.,\s]*)\((?P<name>[^()]+)\)")
SHARES = ("fund_cents", "own_cents", "in_kind_cents", "other_cents")
TOTAL = re.compile(
    r"^(gran total|totals?|totales|totaux|sub total|subtotal|sous total|sumas?|sommes?|sum"
    r"|grand total|(importe|monto|costo|presupuesto|montant|cout|budget) (total|global)"
    r"|(overall|whole|project) (total|budget|cost)|all together|altogether|ensemble|en tout"
    r"|en total|todo junto)\b"
)
SUB = re.compile(
    r"^(sub|sous|(?:total|suma|somme|sum) (de|of|du|des|actividad|activity|activite|personal)\b)"
)
ACTIVITY = re.compile(r"^(actividad|activity|activite|act|a)\s?\.?\s?\d+", re.IGNORECASE)
YEAR = re.compile(
    r"(?:a[ñn]o|year|ann[ée]e|an|fy|af|ejercicio|exercice)\D{0,4}([12])\b|(20\d\d)", re.IGNORECASE
)
EXAMPLE = re.compile(r"instruc|ejempl|exampl|exempl|catal|list|ayuda|help|consigne|guide")


@dataclass(frozen=True, slots=True)
class BudgetRead:
    """A budget as it was read; sums in cents of `currency`.

    `stated_total_cents` is what the document says, `recomputed_total_cents` the sum of the lines;
    they are never made to agree. `confidence` runs from 0 to 100.
    """

    lines: tuple[Line, ...]
    currency: str
    stated_total_cents: int | None
    recomputed_total_cents: int
    sheet: str
    confidence: int
    problems: tuple[Reason, ...] = ()


NOTHING = BudgetRead((), "MXN", None, 0, "", 0, (Reason("budget.no_table"),))


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else round(amount * 100)


class _Table:
    """One grid read with its head."""

    def __init__(self, grid: Grid, head: Head, *, year: str = "") -> None:
        self.grid = grid
        self.head = head
        self.year = year
        self.lines: list[Line] = []
        self.stated: int | None = None
        self.problems: list[Reason] = []
        self._category = ""
        self._activity = ""
        self._since = 0

    def read(self) -> "_Table":
        body = range(self.head.last + 1, len(self.grid))
        totals = [row for row in body if self._total_word(row)]
        grand = [row for row in totals if not SUB.match(self._total_word(row))]
        end = max(grand, default=len(self.grid))
        for row in body:
            if row > end:
                break
            if row == end or (not grand and self._sums_up(row, 0)):
                self.stated = self._stated(row)
                break
            if row in totals or self._sums_up(row, self._since):
                self._since = len(self.lines)
            else:
                self._line(row)
        return self

    @property
    def agrees(self) -> bool:
        """The total the sheet states is the sum of its lines."""
        return self.stated is not None and self.stated == sum(one.cents for one in self.lines)

    def _sums_up(self, row: int, since: int) -> bool:
        """A row in whatever words that only repeats the sum of two lines or more above it."""
        above = self.lines[since:]
        field = next((one for one in ("total_cents", *SHARES) if one in self.head.columns), "")
        if len(above) < 2 or not field or any(self._at(row, one) for one in ("quantity", "unit")):
            return False
        total = _cents(number(self._at(row, field))[0])
        kept = [one.cents if field == "total_cents" else getattr(one, field) for one in above]
        return bool(total) and total == sum(kept) and not self._number(row, "unit_cents")

    def _at(self, row: int, field: str) -> Value:
        column = self.head.columns.get(field)
        cells = self.grid[row]
        return cells[column] if column is not None and column < len(cells) else None

    def _text(self, row: int, field: str) -> str:
        held = self._at(row, field)
        if isinstance(held, Decimal):
            return f"{held.normalize():f}" if held == held.to_integral_value() else str(held)
        return " ".join((held or "").split())

    def _number(self, row: int, field: str) -> Decimal | None:
        amount, named = number(self._at(row, field))
        if named and named != self.head.currency and field.endswith("_cents"):
            self.problems.append(
                Reason("budget.other_currency", {"row": row + 1, "currency": named})
            )
        raw = self._at(row, field)
        if amount is None and isinstance(raw, str) and re.search(r"\d", raw):
            self.problems.append(Reason("budget.number_unread", {"row": row + 1, "text": raw[:40]}))
        return amount

    def _total_word(self, row: int) -> str:
        """The words of a row of totals, "" for any other row."""
        for cell in self.grid[row][: self.head.width]:
            if isinstance(cell, str) and cell.strip():
                words = plain(unnumbered(cell))
                return words if TOTAL.match(words) and len(words) < 60 else ""
        return ""

    def _stated(self, row: int) -> int | None:
        for field in ("total_cents", "fund_cents"):
            found = _cents(self._number(row, field))
            if found is not None:
                return found
        numbers = [number(cell)[0] for cell in self.grid[row]]
        written = [one for one in numbers if one is not None]
        return _cents(written[-1]) if written else None

    def _months(self, row: int) -> Decimal | None:
        cells = self.grid[row]
        found = [number(cells[one])[0] for one in self.head.months if one < len(cells)]
        written = [one for one in found if one is not None]
        return sum(written, Decimal(0)) if written else None

    def _line(self, row: int) -> None:
        texts = [cell for cell in self.grid[row] if isinstance(cell, str) and cell.strip()]
        read = {name: self._number(row, name) for name in self.head.money}
        quantity = self._quantity(row)
        spread = self._months(row)
        amounts = {name: one for name, one in read.items() if one is not None}
        if not amounts and spread is None and quantity is None:
            self._heading(texts)
            return
        if not texts or (not any(amounts.values()) and not spread):
            return
        self.lines.append(self._made(row, amounts, quantity, spread))

    def _quantity(self, row: int) -> Decimal | None:
        raw = self._at(row, "quantity")
        if isinstance(raw, str) and (found := re.match(r"\s*(\d+(?:[.,]\d+)?)\s*\D*$", raw)):
            return Decimal(found[1].replace(",", "."))
        return self._number(row, "quantity")

    def _heading(self, texts: Sequence[str]) -> None:
        """A row of words alone names the category or the activity of the rows below."""
        if not texts:
            return
        words = unnumbered(texts[0])
        found = None if ACTIVITY.match(texts[0].strip()) else CATEGORY.match(words)
        if found is not None and (found.score >= 0.85 or "activity" in self.head.columns):
            self._category, self._activity = found.target, ""
        elif len(texts) == 1 and len(words) < 160:
            self._category, self._activity = "", " ".join(words.split())

    def _made(
        self,
        row: int,
        amounts: Mapping[str, Decimal],
        quantity: Decimal | None,
        spread: Decimal | None,
    ) -> Line:
        cents = {name: round(amount * 100) for name, amount in amounts.items()}
        cents.setdefault("other_cents", self._given(row) or 0)
        total = cents.get("total_cents", _cents(spread))
        quantity = self._multiplied(row, quantity, cents.get("unit_cents"), total)
        if total is None and quantity is not None and "unit_cents" in cents:
            total = round(quantity * cents["unit_cents"])
        description = self._description(row)
        line = Line(
            key=f"r{len(self.lines) + 1}",
            activity=self._activity_of(row),
            category=self._category_of(row, description),
            description=description,
            unit=self._unit(row),
            quantity=quantity,
            unit_cents=cents.get("unit_cents"),
            total_cents=total,
            other_donor=self._donor(row),
            fiscal_year=self._text(row, "fiscal_year") or self.year,
            **{name: cents.get(name, 0) for name in SHARES},
        )
        return self._checked(row, line)

    def _activity_of(self, row: int) -> str:
        """The activity of a line; costs that serve none ("indirect costs") have none."""
        text = self._text(row, "activity") or self._activity
        found = CATEGORY.match(text) if text else None
        return "" if found is not None and found == Match("overhead", 1.0) else text

    def _donor(self, row: int) -> str:
        """Who else pays: by name, also where the column of amounts holds a name."""
        raw = self._at(row, "other_cents")
        written = isinstance(raw, str) and not re.search(r"\d", raw)
        text = self._text(row, "other_donor") or (self._text(row, "other_cents") if written else "")
        both = GIVEN.fullmatch(text)
        return both["name"] if both else text

    def _given(self, row: int) -> int | None:
        """What another donor pays, where it stands beside the name: "24,000 (Amigos del Mar)"."""
        both = GIVEN.fullmatch(self._text(row, "other_donor"))
        return _cents(number(both["amount"])[0]) if both else None

    def _multiplied(
        self, row: int, quantity: Decimal | None, unit: int | None, total: int | None
    ) -> Decimal | None:
        """Quantity times months or days, where the sheet multiplies by both."""
        times = self._number(row, "times")
        if times is None or quantity is None:
            return quantity if times is None else times
        if total is None or unit is None or round(quantity * unit) != total:
            return quantity * times
        return quantity

    def _description(self, row: int) -> str:
        for field in ("description", "activity", "category"):
            if text := self._text(row, field):
                return text
        texts = [cell for cell in self.grid[row] if isinstance(cell, str) and cell.strip()]
        return next((" ".join(text.split()) for text in texts if number(text)[0] is None), "")

    def _unit(self, row: int) -> str:
        raw = self._at(row, "quantity")
        text = self._text(row, "unit")
        if not text and isinstance(raw, str) and (found := re.search(r"\d\s*([^\W\d]\D*)$", raw)):
            return found[1].strip()
        return text

    def _category_of(self, row: int, description: str) -> str:
        """By the column, else by the heading above, else by the words of the line."""
        for text in (self._text(row, "category"),):
            found = CATEGORY.match(text, asked=True) if text else None
            if found is not None:
                return found.target
        if self._category:
            return self._category
        found = CATEGORY.match(description, asked=True) if description else None
        if found is not None:
            return found.target
        words = description.split()
        starts = (CATEGORY.match(" ".join(words[:count])) for count in (3, 2, 1) if words[:count])
        return next((one.target for one in starts if one is not None), "")

    def _checked(self, row: int, line: Line) -> Line:
        computed = line.computed_cents
        if computed is not None and line.total_cents not in (None, computed):
            values: dict[str, ReasonValue] = {
                "row": row + 1,
                "stated_cents": line.total_cents,
                "computed_cents": computed,
                "currency": self.head.currency,
            }
            self.problems.append(Reason("budget.line_differs", values))
        if not line.shares_cents and self.head.fund_only:
            return replace(line, fund_cents=line.cents)
        return line


def _result(tables: Sequence[_Table], sheet: str) -> BudgetRead:
    found = [line for table in tables for line in table.lines]
    numbered = [replace(line, key=f"r{at}") for at, line in enumerate(found, 1)]
    stated = [table.stated for table in tables if table.stated is not None]
    total = sum(line.cents for line in numbered)
    claimed = sum(stated) if len(stated) == len(tables) else None
    problems = [one for table in tables for one in table.problems]
    head = tables[0].head
    if claimed is not None and abs(claimed - total) > 1:
        values: dict[str, ReasonValue] = {
            "stated_cents": claimed,
            "computed_cents": total,
            "currency": head.currency,
        }
        problems.append(Reason("budget.total_differs", values))
    sure = min(98, 50 + 7 * len(head.columns) + (12 if claimed == total else 0) - 2 * len(problems))
    return BudgetRead(
        tuple(numbered), head.currency, claimed, total, sheet, max(20, sure), tuple(problems)
    )


def _score(sheet: Sheet, table: _Table) -> float:
    """How much a sheet looks like the budget; what nobody sees comes last."""
    score = 10 * len(table.head.columns) + min(len(table.lines), 40)
    score -= 60 if EXAMPLE.search(plain(sheet.name)) else 0
    return score - (200 if sheet.hidden else 0) - (100 if not table.lines else 0)


def _read(sheet: Sheet, head: Head, year: str) -> _Table:
    """A sheet without its hidden rows, unless its stated total counts them."""
    seen = _Table(sheet.without_hidden, head, year=year).read()
    if not sheet.hidden_rows or seen.agrees:
        return seen
    whole = _Table(sheet.grid, head, year=year).read()
    return whole if whole.agrees else seen


def from_sheets(sheets: Sequence[Sheet]) -> BudgetRead:
    """The best table of a workbook; sheets named after years are read together."""
    found: list[tuple[float, Sheet, _Table]] = []
    for sheet in sheets:
        head = find_head(sheet.without_hidden, sheet.name)
        if head is not None:
            head = completed(sheet.without_hidden, head)
            year = YEAR.search(sheet.name)
            label = (year[1] or year[2]) if year else ""
            table = _read(sheet, head, label)
            found.append((_score(sheet, table), sheet, table))
    good = [one for one in found if one[0] > 0 and one[2].lines]
    if not good:
        return NOTHING
    yearly = [one for one in good if one[2].year]
    if len(yearly) > 1 and len({one[2].year for one in yearly}) == len(yearly):
        return _result([one[2] for one in yearly], ", ".join(one[1].name for one in yearly))
    _, sheet, table = max(good, key=lambda one: one[0])
    return _result([table], sheet.name)


def _tables(blocks: Iterable[Block]) -> Iterable[tuple[str, Table]]:
    said = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            said = block.text or said
        else:
            yield said, block
            for cell in block.cells:
                yield from _tables(cell.blocks)


def from_tree(tree: Tree) -> BudgetRead:
    """The budget that stands as a table inside a text document."""
    sheets = [
        Sheet(f"table {at}", [[said], *from_table(table)])
        for at, (said, table) in enumerate(_tables(tree.blocks), 1)
        if table.width >= 3
    ]
    return from_sheets(sheets)


def read_budget(name: str, data: bytes) -> BudgetRead:
    """The budget in a file (xlsx, ods, docx, odt); no lines and a reason when there is none."""
    verdict = inspect(name, data)
    if verdict.reason is not None:
        return replace(NOTHING, problems=(verdict.reason,))
    try:
        if verdict.kind in {"xlsx", "ods"}:
            return from_sheets(sheets_of(verdict.kind, data))
        if verdict.kind in {"docx", "odt"}:
            return from_tree(read_docx(data) if verdict.kind == "docx" else read_odt(data))
    except Refused as refused:
        return replace(NOTHING, problems=(refused.reason,))
    return NOTHING
