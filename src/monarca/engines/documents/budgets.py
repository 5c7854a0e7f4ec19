"""Budgets read from spreadsheets and tables: head row by words, lines, totals, categories.

The problem: find the table among sheets, titles and notes; name its columns in three languages;
tell lines from totals; state the sum the sheet claims beside the sum of its lines.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monarca.engines.budgets.lines import Line
from monarca.engines.documents.archive import Refused
from monarca.engines.documents.budget_columns import completed
from monarca.engines.documents.budget_counts import with_calculations
from monarca.engines.documents.budget_heads import Head, find_head
from monarca.engines.documents.budget_rows import Rows
from monarca.engines.documents.budget_years import year_in_name, year_in_titles
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.odt import read_odt
from monarca.engines.documents.safety import inspect
from monarca.engines.documents.sheets import Sheet, from_table, sheets_of
from monarca.engines.documents.tree import Block, Paragraph, Table, Tree
from monarca.engines.documents.words import plain
from monarca.engines.reasons import Reason
from monarca.engines.reasons import Value as ReasonValue

MANY = 5
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


def _result(tables: Sequence[Rows], sheet: str) -> BudgetRead:
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


def _score(sheet: Sheet, table: Rows) -> float:
    """How much a sheet looks like the budget; what nobody sees comes last."""
    score = 10 * len(table.head.columns) + min(len(table.lines), 40)
    score -= 60 if EXAMPLE.search(plain(sheet.name)) else 0
    return score - (200 if sheet.hidden else 0) - (100 if not table.lines else 0)


def _read(sheet: Sheet, head: Head, year: str) -> Rows:
    """A sheet without its hidden rows, unless its stated total counts them."""
    seen = Rows(sheet.without_hidden, head, year=year).read()
    if not sheet.hidden_rows or seen.agrees:
        return seen
    whole = Rows(sheet.grid, head, year=year).read()
    return whole if whole.agrees else seen


def _table(sheet: Sheet, head: Head) -> Rows:
    """The rows of a sheet under its head, with what its numbers, texts and titles tell."""
    wider, head = with_calculations(sheet.grid, head)
    sheet = replace(sheet, grid=wider)
    head = completed(sheet.without_hidden, head)
    year = year_in_name(sheet.name) or year_in_titles(wider[: head.first])
    return _read(sheet, head, year)


def from_sheets(sheets: Sequence[Sheet]) -> BudgetRead:
    """The best table of a workbook; sheets named after years are read together."""
    found: list[tuple[float, Sheet, Rows]] = []
    for sheet in sheets:
        head = find_head(sheet.without_hidden, sheet.name)
        if head is not None:
            table = _table(sheet, head)
            found.append((_score(sheet, table), sheet, table))
    good = [one for one in found if one[0] > 0 and one[2].lines]
    if not good:
        return NOTHING
    yearly = [one for one in good if one[2].year]
    if len(yearly) > 1 and len({one[2].year for one in yearly}) == len(yearly):
        return _result([one[2] for one in yearly], ", ".join(one[1].name for one in yearly))
    alike = _alike(good)
    if len(alike) > 1:
        return _result([one[2] for one in alike], ", ".join(one[1].name for one in alike))
    _, sheet, table = max(good, key=lambda one: one[0])
    return _result([table], sheet.name)


def _alike(
    found: Sequence[tuple[float, Sheet, Rows]],
) -> list[tuple[float, Sheet, Rows]]:
    """Sheets that share out one budget: the same columns, other lines, one activity each."""
    best = max(found, key=lambda one: one[0])
    fields = set(best[2].head.columns)
    same = [
        one
        for one in found
        if set(one[2].head.columns) == fields
        and len(fields) >= MANY
        and not one[1].hidden
        and not EXAMPLE.search(plain(one[1].name))
    ]
    told = {line.description for line in best[2].lines}
    others = [one for one in same if one is not best]
    apart = all(told.isdisjoint(line.description for line in one[2].lines) for one in others)
    titled = all(one[2].lines and one[2].lines[0].activity for one in same)
    return same if apart and titled else []


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
