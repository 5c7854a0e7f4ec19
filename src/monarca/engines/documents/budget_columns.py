"""Columns no words name, known by their numbers: quantity x unit = total, shares add up to it.

A head in unknown words still has its arithmetic. Whatever the words say surely stays; a column
is named by its numbers only where four rows in five agree.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from monarca.engines.documents.budget_ends import is_code, total_word
from monarca.engines.documents.budget_factors import multiplies, with_factors
from monarca.engines.documents.budget_heads import CATEGORY, Head
from monarca.engines.documents.budget_names import named_field
from monarca.engines.documents.budget_payers import with_payers
from monarca.engines.documents.budget_taxes import with_taxes
from monarca.engines.documents.budget_texts import with_words
from monarca.engines.documents.numerals import number
from monarca.engines.documents.sheets import Grid, Value

ROWS = 200
WIDEST = 16
AGREE = 0.8
CLEAR = 0.9
LEAST = 3
REPEATED = 0.8
CENT = Decimal("0.011")
SHARES = ("fund_cents", "own_cents", "in_kind_cents", "other_cents")
PRODUCT = ("quantity", "unit_cents", "total_cents")

type Column = list[Decimal | None]


def completed(grid: Grid, head: Head) -> Head:
    """The head with the columns its numbers and its texts tell."""
    body = [row for row in grid[head.last + 1 : head.last + 1 + ROWS] if any(row)]
    left = min([*head.columns.values(), *head.months])
    width = min(max((len(row) for row in body), default=0), left + WIDEST)
    numbers = [[_at(row, column) for row in body] for column in range(width)]
    head = _above(grid, head)
    head = _product(head, numbers)
    head = with_factors(_priced(grid, head, body), body)
    head = with_taxes(grid, head, numbers)
    head = with_payers(grid, head, numbers)
    head = _shares(head, numbers)
    head = _grouped(_described(head, body, numbers), body)
    head = _sorted(_itemised(grid, head, body), body)
    return _spoken(with_words(grid, head, body), body)


def _priced(grid: Grid, head: Head, body: Sequence[Sequence[Value]]) -> Head:
    """Of two columns that both say "cost", the first is the unit's where it multiplies."""
    other = _meaning(grid, head, "total_cents")
    total = head.columns.get("total_cents")
    if "unit_cents" in head.columns or total is None or other is None:
        return head
    unit, whole = sorted((total, other))
    tried = _with(head, unit_cents=unit, total_cents=whole)
    return tried if multiplies(with_factors(tried, body), body) else head


def _itemised(grid: Grid, head: Head, body: Sequence[Sequence[Value]]) -> Head:
    """Where what seems to describe the lines only names categories, the next words describe."""
    described = head.columns.get("description")
    body = _costed(head, body)
    if described is None or not body:
        return head
    if _codes(body, described) and (other := _meaning(grid, head, "description")) is not None:
        return _with(head, description=other)
    if "category" in head.columns or not _categories(body, described):
        return head
    taken = {*head.columns.values(), *head.months}
    told = _texts(body, described)
    for column in range(described + 1, head.width):
        texts = [one for one in _texts(body, column) if not CATEGORY.knows(one)]
        named = {
            named_field([one])[0]
            for row in grid[head.first : head.last + 1]
            if column < len(row) and isinstance(one := row[column], str)
        }
        longer = _mean(texts) >= _mean(told) and len(set(texts)) > REPEATED * len(texts)
        fits = "description" in named or (named <= {""} and longer)
        if column not in taken and fits and len(texts) >= AGREE * len(told):
            return _with(head, category=described, description=column)
    return head


def _codes(body: Sequence[Sequence[Value]], column: int) -> bool:
    """The column holds the numbers of lines ("1.2") and no words."""
    held = [row[column] for row in body if column < len(row) and row[column] is not None]
    return bool(held) and all(isinstance(one, Decimal) or is_code(one or "") for one in held)


def _meaning(grid: Grid, head: Head, field: str) -> int | None:
    """A column without a field of its own whose head means this one, too."""
    taken = {*head.columns.values(), *head.months}
    for row in grid[head.first : head.last + 1]:
        for column, cell in enumerate(row):
            words = cell if isinstance(cell, str) and column not in taken else ""
            if words and named_field([words])[0] == field:
                return column
    return None


def _costed(head: Head, body: Sequence[Sequence[Value]]) -> list[Sequence[Value]]:
    """The rows that hold an amount and are no totals."""
    columns = [head.columns[name] for name in head.money]
    return [
        row for row in body if not total_word(row) and any(_at(row, column) for column in columns)
    ]


def _texts(body: Sequence[Sequence[object]], column: int) -> list[str]:
    held = [row[column] for row in body if column < len(row)]
    return [one for one in held if isinstance(one, str) and number(one)[0] is None]


def _categories(body: Sequence[Sequence[object]], column: int) -> bool:
    """Nearly all words of a column are names of categories."""
    texts = _texts(body, column)
    known = [one for text in texts if (one := CATEGORY.match(text)) and one.score >= CLEAR]
    return len(texts) >= LEAST and len(known) >= AGREE * len(texts)


def _above(grid: Grid, head: Head) -> Head:
    """Columns named in the row above only, where the last row of the head is empty."""
    last = grid[head.last]
    for column, text in enumerate(grid[head.last - 1] if head.last else ()):
        under = last[column] if column < len(last) else None
        name, score = named_field([text]) if isinstance(text, str) and len(text) < 90 else ("", 0)
        if under is None and name not in {"", "skip", *head.columns} and score >= CLEAR:
            head = _with(head, **{name: column})
    return head


def _grouped(head: Head, body: Sequence[Sequence[object]]) -> Head:
    """Words that repeat from row to row group the lines; what differs describes them."""
    described = head.columns.get("description")
    if described is None or "activity" in head.columns:
        return head
    taken = {*head.columns.values(), *head.months}
    told = [row[described] for row in body if described < len(row) and _said(row[described])]
    if len(told) < LEAST or len(set(told)) > REPEATED * len(told):
        return head
    width = max(len(row) for row in body)
    for column in range(min(width, WIDEST)):
        held = [row[column] for row in body if column < len(row) and _said(row[column])]
        differs = len(set(held)) > REPEATED * len(held) and 2 * len(held) > len(told)
        if column not in taken and differs:
            return _with(head, activity=described, description=column)
    return head


def _said(held: object) -> bool:
    return isinstance(held, str) and number(held)[0] is None


def _sorted(head: Head, body: Sequence[Sequence[object]]) -> Head:
    """The column whose cells nearly all name a category, where no head says which one does."""
    taken = {*head.columns.values(), *head.months}
    for column in range(head.width if "category" not in head.columns else 0):
        if column not in taken and _categories(body, column):
            return _with(head, category=column)
    return head


def _spoken(head: Head, body: Sequence[Sequence[object]]) -> Head:
    """The currency that the amounts themselves name, where the heads name none."""
    if head.is_named:
        return head
    columns = [head.columns[name] for name in head.money]
    held = [row[column] for row in body for column in columns if column < len(row)]
    named = Counter(number(one)[1] for one in held if isinstance(one, str))
    named.pop(None, None)
    most = named.most_common(1)
    told = most[0][0] if most and most[0][1] >= LEAST else None
    return replace(head, currency=told) if told else head


def _at(row: Sequence[object], column: int) -> Decimal | None:
    held = row[column] if column < len(row) else None
    return number(held)[0] if isinstance(held, str | Decimal) else None


def _with(head: Head, **columns: int) -> Head:
    named = {**head.columns, **columns}
    return replace(head, columns=named, width=max(head.width, *(one + 1 for one in named.values())))


def _holds(numbers: list[Column], quantity: int, unit: int, total: int) -> int:
    """In how many rows quantity x unit = total; 0 where fewer than four in five agree."""
    rows = [
        (q, u, t)
        for q, u, t in zip(numbers[quantity], numbers[unit], numbers[total], strict=True)
        if q is not None and u is not None and t is not None and t
    ]
    good = sum(abs(q * u - t) <= CENT for q, u, t in rows)
    telling = any(q != 1 and u != 1 for q, u, _ in rows)
    return good if rows and telling and good >= AGREE * len(rows) else 0


def _product(head: Head, numbers: list[Column]) -> Head:
    """Quantity, unit cost and total, where their words are missing or their numbers disagree."""
    named = [head.columns.get(one) for one in PRODUCT]
    if "times" in head.columns or head.months or sum(one is not None for one in named) == 0:
        return head
    known = [one if one is not None and one < len(numbers) else None for one in named]
    first, unit, total = known
    if first is not None and unit is not None and total is not None:
        return head
    taken = {at for name, at in head.columns.items() if name not in PRODUCT}
    free = [at for at in range(len(numbers)) if at not in taken and any(numbers[at])]
    if first is None and unit is not None and total is None:
        return _counted(head, free, numbers)
    found = max(_triples(known, free, numbers), default=None)
    if found is None:
        return head
    _, places = found
    return _with(head, **dict(zip(PRODUCT, (-one for one in places), strict=True)))


def _counted(head: Head, free: Sequence[int], numbers: list[Column]) -> Head:
    """The quantity of a sheet without totals: times the unit cost it is what all pay together."""
    shares = [head.columns[one] for one in SHARES if one in head.columns]
    rows = range(len(numbers[0])) if numbers else range(0)
    paid: Column = [
        sum((numbers[one][row] or Decimal(0) for one in shares if one < len(numbers)), Decimal(0))
        for row in rows
    ]
    unit = head.columns["unit_cents"]
    held = [*numbers, paid]
    good = {at: _holds(held, at, unit, len(numbers)) for at in free if at != unit}
    best = max(good, key=lambda at: good[at], default=None)
    return _with(head, quantity=best) if best is not None and good[best] else head


def _triples(
    known: Sequence[int | None], free: Sequence[int], numbers: list[Column]
) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Triples that agree with the columns known by words, the most rows and the leftmost first."""
    firsts, units, totals = ([one] if one is not None else free for one in known)
    for quantity in firsts:
        for unit in units:
            for total in totals:
                good = (
                    _holds(numbers, quantity, unit, total)
                    if len({quantity, unit, total}) == 3
                    else 0
                )
                if good:
                    yield good, (-quantity, -unit, -total)


def _shares(head: Head, numbers: list[Column]) -> Head:
    """One more column that fills the gap between the total and the shares named by words."""
    total = head.columns.get("total_cents")
    shares = sorted(
        {head.columns[one] for one in SHARES if one in head.columns}
        | {one.column for one in head.payers}
    )
    missing = next((one for one in ("own_cents", "other_cents") if one not in head.columns), "")
    if total is None or total >= len(numbers) or not shares or not missing:
        return head
    gaps = [_gap(numbers, row, total, shares) for row in range(len(numbers[total]))]
    if sum(gap == 0 for gap in gaps) >= AGREE * sum(gap is not None for gap in gaps):
        return head
    taken = {*head.columns.values(), *head.months, *shares}
    for column in range(len(numbers)):
        pairs = [(gap, numbers[column][row] or Decimal(0)) for row, gap in enumerate(gaps)]
        known = [(gap, held) for gap, held in pairs if gap is not None]
        good = sum(abs(gap - held) <= CENT for gap, held in known)
        if column not in taken and any(numbers[column]) and good >= AGREE * len(known):
            return _with(head, **{missing: column})
    return head


def _gap(numbers: list[Column], row: int, total: int, shares: Sequence[int]) -> Decimal | None:
    whole = numbers[total][row]
    if whole is None:
        return None
    parts = [numbers[one][row] for one in shares if one < len(numbers)]
    return whole - sum((one for one in parts if one is not None), Decimal(0))


def _described(head: Head, body: Sequence[Sequence[object]], numbers: list[Column]) -> Head:
    """The column of words that says most, where no head says which one describes the line."""
    if "description" in head.columns:
        return head
    taken = {*head.columns.values(), *head.months}
    lengths = {
        column: sum(len(text) for text in texts) / len(texts)
        for column in range(min(len(numbers), head.width))
        if column not in taken and (texts := _words(body, column))
    }
    fallback = head.columns.get("activity", head.columns.get("category"))
    least = _mean(_words(body, fallback)) if fallback is not None else 0.0
    best = max(lengths, key=lambda column: lengths[column], default=None)
    if best is None or lengths[best] < max(4.0, 0.6 * least):
        return head
    return _with(head, description=best)


def _words(body: Sequence[Sequence[object]], column: int) -> list[str]:
    """The different texts of a column, where half of the rows have one."""
    held = [row[column] if column < len(row) else None for row in body]
    texts = [one for one in held if isinstance(one, str) and number(one)[0] is None]
    return list(dict.fromkeys(texts)) if len(texts) >= 0.5 * len(body) else []


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0
