"""One table of a budget read row by row: lines, headings, subtotals and the stated total."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from math import prod

from monarca.engines.budgets.lines import Line
from monarca.engines.documents.budget_counts import counted, unit_beside
from monarca.engines.documents.budget_ends import (
    begins_another,
    is_code,
    is_example,
    is_part,
    is_rate,
    repeats_head,
    total_word,
)
from monarca.engines.documents.budget_factors import factor_of
from monarca.engines.documents.budget_heads import CATEGORY, Head
from monarca.engines.documents.budget_kinds import (
    activity_in_titles,
    category_in,
    counts_below,
)
from monarca.engines.documents.budget_names import share_named
from monarca.engines.documents.budget_taxes import with_tax
from monarca.engines.documents.budget_years import year_of
from monarca.engines.documents.lexicon import Match
from monarca.engines.documents.numerals import number, says_nothing
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.words import unnumbered
from monarca.engines.reasons import Reason
from monarca.engines.reasons import Value as ReasonValue

GIVEN = re.compile(r"(?P<amount>[$\s]*\d[\d.,\s]*)\((?P<name>[^()]+)\)")
SHARES = ("fund_cents", "own_cents", "in_kind_cents", "other_cents")
MEASURES = ("quantity", "times", "unit_cents")
CENT = Decimal("0.011")
WORD = re.compile(r"[^\W\d]{4}")
ACTIVITY = re.compile(r"^(actividad|activity|activite|act|a)\s?\.?\s?\d+", re.IGNORECASE)


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else round(amount * 100)


class Rows:
    """The rows under a head: `lines`, what the sheet says they sum up to, and what is wrong."""

    def __init__(self, grid: Grid, head: Head, *, year: str = "") -> None:
        self.grid = grid
        self.head = head
        self.year = year
        self.lines: list[Line] = []
        self.stated: int | None = None
        self.problems: list[Reason] = []
        self._category = ""
        self._activity = activity_in_titles(grid, head)
        self._merged = ""
        self._sorted = ""
        self._below = counts_below(grid, head)
        self._since = 0

    def read(self) -> "Rows":
        body = self._body()
        totals = {row: words for row in body if (words := self._total_word(row))}
        grand = [row for row, words in totals.items() if not is_part(words)]
        end = max(grand, default=len(self.grid))
        for row in body:
            if row > end:
                break
            if self._repeats_head(row):
                continue
            final = row == end or (row in grand and self._tells_all(row, end))
            if final or (not totals and self._sums_up(row, 0) and not self._goes_on(row)):
                self.stated = self._stated(row)
                break
            if row in totals or self._sums_up(row, self._since):
                self._since, self._sorted = len(self.lines), ""
            else:
                self._line(row)
        return self._closed(max(totals, default=end))

    def _body(self) -> range:
        """The rows under the head, as far as no other table begins."""
        body = range(self.head.last + 1, len(self.grid))
        above = self.grid[self.head.last]
        lined = False
        for row in body:
            cells = self.grid[row]
            another = lined and begins_another(self.head, cells, above)
            if another and not any(self._multiplies(after) for after in body[row - body.start :]):
                return range(body.start, row)
            lined = lined or any(number(self._at(row, name))[0] for name in self.head.money)
            lined = lined or any(number(cell)[0] for cell in self._cells(row, self.head.months))
        return body

    def _multiplies(self, row: int) -> bool:
        """A row whose quantity times its unit cost is its total, as only a line's is."""
        measures = [one for one in MEASURES if one in self.head.columns]
        parts = [number(self._at(row, one))[0] for one in measures]
        parts += [factor_of(self.grid[row], one) for one in self.head.factors]
        whole = number(self._at(row, "total_cents"))[0]
        if len(parts) < 2 or not whole or any(one is None for one in parts):
            return False
        return abs(prod((one or Decimal(0) for one in parts), start=Decimal(1)) - whole) <= CENT

    def _tells_all(self, row: int, end: int) -> bool:
        """All that is above, and the last total only says so again: what follows is no line."""
        stated = self._stated(row)
        lines = sum(one.cents for one in self.lines)
        same = stated == lines == self._stated(end) and len(self.lines) > 1
        return same and not self._goes_on(row)

    def _closed(self, last: int) -> "Rows":
        """Where every total calls itself a part, the last one may still be that of all lines."""
        lines = sum(one.cents for one in self.lines)
        if self.stated is None and last < len(self.grid) and self.lines:
            stated = self._stated(last)
            self.stated = stated if stated == lines else None
        return self

    def _repeats_head(self, row: int) -> bool:
        """The same words as in the head: the next block begins."""
        return repeats_head(self.head, self.grid[row], self.grid[self.head.last])

    def _goes_on(self, row: int) -> bool:
        """The head stands again further down: what is summed here is one block."""
        return any(self._repeats_head(after) for after in range(row + 1, len(self.grid)))

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
        return total_word(self.grid[row][: self.head.width])

    def _stated(self, row: int) -> int | None:
        for field in ("total_cents", "fund_cents"):
            found = _cents(self._number(row, field))
            if found is not None:
                return found
        numbers = [number(cell)[0] for cell in self.grid[row]]
        written = [one for one in numbers if one is not None]
        return _cents(written[-1]) if written else None

    def _cells(self, row: int, columns: Sequence[int]) -> list[Value]:
        cells = self.grid[row]
        return [cells[one] for one in columns if one < len(cells)]

    def _months(self, row: int) -> Decimal | None:
        found = [number(one)[0] for one in self._cells(row, self.head.months)]
        written = [one for one in found if one is not None]
        return sum(written, Decimal(0)) if written else None

    def _line(self, row: int) -> None:
        texts = [cell for cell in self.grid[row] if isinstance(cell, str) and cell.strip()]
        naming = [self._text(row, one) for one in ("description", "activity", "category")]
        if is_example([*texts[:1], *naming], texts) or is_rate(texts):
            return
        read = {name: self._number(row, name) for name in self.head.money}
        quantity = self._quantity(row)
        spread = self._months(row)
        amounts = {name: one for name, one in read.items() if one is not None}
        blank = not amounts and spread is None and quantity is None
        if blank or self._heads_sum(row, texts):
            self._heading(texts if blank else [one for one in texts if WORD.search(one)])
            return
        if not texts or (not any(amounts.values()) and not spread):
            return
        line = self._made(row, self._with_payers(row, amounts), quantity, spread)
        self.lines.append(self._checked(row, self._sourced(line)))

    def _with_payers(self, row: int, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """The amounts with those of columns that share a field."""
        found = dict(amounts)
        for payer in self.head.payers:
            given = number(next(iter(self._cells(row, [payer.column])), None))[0]
            if given is not None and payer.column != self.head.columns.get(payer.field):
                found[payer.field] = found.get(payer.field, Decimal(0)) + given
        return found

    def _heads_sum(self, row: int, texts: Sequence[str]) -> bool:
        """A heading that carries the sum of the lines under it, which are counted themselves."""
        measures = [one for one in ("quantity", "unit_cents") if one in self.head.columns]
        sums = ["total_cents", *(one for one in SHARES if one in self.head.columns)]
        whole = [number(self._at(row, one))[0] or Decimal(0) for one in sums]
        if not measures or not whole[0] or any(self._at(row, one) for one in measures):
            return False
        found = [Decimal(0)] * len(sums)
        count = 0
        for after in range(row + 1, len(self.grid)):
            if not any(self._at(after, one) for one in measures):
                break
            given = [number(self._at(after, one))[0] or Decimal(0) for one in sums]
            found = [one + more for one, more in zip(found, given, strict=True)]
            count += 1
        loud = any(one.isupper() or unnumbered(one) != one.strip() for one in texts)
        same = found == whole or (found[0] == whole[0] and not any(whole[1:]))
        return same and (count > 1 or loud)

    def _quantity(self, row: int) -> Decimal | None:
        amounts = [number(self._at(row, one))[0] for one in ("unit_cents", "total_cents")]
        found = counted(self._at(row, "quantity"), *amounts)
        return self._number(row, "quantity") if found is None else found

    def _heading(self, texts: Sequence[str]) -> None:
        """A row of words alone names the category or the activity of the rows below."""
        if len(texts) == 2 and is_code(texts[0]):
            texts = texts[1:]
        if not texts:
            return
        self._sorted = ""
        words = unnumbered(texts[0])
        found = None if ACTIVITY.match(texts[0].strip()) else CATEGORY.match(words)
        if found is not None and (found.score >= 0.8 or "activity" in self.head.columns):
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
        return Line(
            key=f"r{len(self.lines) + 1}",
            activity=self._activity_of(row),
            category=self._category_of(row, description),
            description=description,
            unit=self._unit(row),
            quantity=quantity,
            unit_cents=cents.get("unit_cents"),
            total_cents=total,
            other_donor=self._donor(row),
            fiscal_year=year_of(self._text(row, "fiscal_year")) or self.year,
            **{name: cents.get(name, 0) for name in SHARES},
        )

    def _sourced(self, line: Line) -> Line:
        """A line whose one source is named in words: all of it is that source's share."""
        if not line.other_donor or line.shares_cents or not self._by_source:
            return line
        field = share_named(line.other_donor)
        if field in {"", "other_cents"}:
            return replace(line, other_cents=line.cents)
        bare = replace(line, other_donor="")
        return {
            "fund_cents": replace(bare, fund_cents=line.cents),
            "own_cents": replace(bare, own_cents=line.cents),
            "in_kind_cents": replace(bare, in_kind_cents=line.cents),
        }[field]

    @cached_property
    def _by_source(self) -> bool:
        """One column names the source of each line in words, the fund among them."""
        body = range(self.head.last + 1, len(self.grid))
        columns = ("other_donor", "other_cents")
        named = {share_named(self._text(row, one)) for row in body for one in columns}
        return "fund_cents" in named and "fund_cents" not in self.head.columns

    def _activity_of(self, row: int) -> str:
        """The activity of a line; costs that serve none ("indirect costs") have none."""
        text = self._text(row, "activity")
        if text:
            self._merged = text
        elif "activity" in self.head.columns and self.head.columns["activity"] != (
            self.head.columns.get("description")
        ):
            text = self._merged
        text = text or self._activity
        found = CATEGORY.match(text) if text else None
        return "" if found is not None and found == Match("overhead", 1.0) else text

    def _donor(self, row: int) -> str:
        """Who else pays: by name, also where a column of amounts or its head holds the name."""
        raw = self._at(row, "other_cents")
        written = isinstance(raw, str) and not re.search(r"\d", raw)
        text = self._text(row, "other_donor") or (self._text(row, "other_cents") if written else "")
        both = GIVEN.fullmatch(text or self._text(row, "other_cents"))
        if both:
            return both["name"]
        if text and not says_nothing(text):
            return text
        payers = [one for one in self.head.payers if one.name and one.field == "other_cents"]
        paid = [one.name for one in payers if number(*self._cells(row, [one.column]) or [None])[0]]
        return ", ".join(dict.fromkeys(paid))

    def _given(self, row: int) -> int | None:
        """What another donor pays, where it stands beside the name: "24,000 (Amigos del Mar)"."""
        both = GIVEN.fullmatch(self._text(row, "other_donor"))
        return _cents(number(both["amount"])[0]) if both else None

    def _multiplied(
        self, row: int, quantity: Decimal | None, unit: int | None, total: int | None
    ) -> Decimal | None:
        """Quantity times months, days or a share of time, where the sheet multiplies by them."""
        times = self._number(row, "times")
        parts = [quantity, times, *(factor_of(self.grid[row], one) for one in self.head.factors)]
        known = [one for one in parts if one is not None]
        if quantity is None or len(known) == 1:
            return quantity if times is None else times
        if total is None or unit is None or round(quantity * unit) != total:
            return prod(known, start=Decimal(1))
        return quantity

    def _description(self, row: int) -> str:
        for field in ("description", "activity", "category"):
            if text := self._text(row, field):
                return text
        texts = [cell for cell in self.grid[row] if isinstance(cell, str) and cell.strip()]
        return next((" ".join(text.split()) for text in texts if number(text)[0] is None), "")

    def _unit(self, row: int) -> str:
        return self._text(row, "unit") or unit_beside(self._at(row, "quantity"))

    def _category_of(self, row: int, description: str) -> str:
        """By the column, else by the heading above, else by the words of the line."""
        text = self._text(row, "category")
        found = CATEGORY.match(text, asked=True) if text else None
        if text:
            self._sorted = found.target if found is not None else ""
        if found is not None:
            return found.target
        above = self._sorted if self._below and not text else ""
        return above or self._category or category_in(description)

    def _checked(self, row: int, line: Line) -> Line:
        computed = line.computed_cents
        told = (None, computed, with_tax(computed or 0, self._cells(row, self.head.taxes)))
        if computed is not None and line.total_cents not in told:
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
