"""Which cells of a table ask: by their words, and by what the columns and rows hold."""

from itertools import pairwise

from monarca.engines.documents.asking import Asked, is_bold, loud
from monarca.engines.documents.fitting import is_position, names_position
from monarca.engines.documents.guidance import coloured, faint
from monarca.engines.documents.strangers import is_value
from monarca.engines.documents.tree import Cell, Paragraph, Table, lines
from monarca.engines.documents.walker import Walker

CERTAIN = 0.97
FUZZY = 0.85


class Labels:
    """What each cell of one table asks, by the cell's id; None where it asks nothing.

    `shares` says of each column how many of its written cells ask (0 to 1), `guiding` which
    columns only instruct.
    """

    def __init__(self, walk: Walker, table: Table) -> None:
        self._walk = walk
        self._table = table
        self.asked: dict[int, Asked | None] = {
            id(cell): None if self._instructs(cell) else walk.hear_cell(cell)
            for cell in table.cells
        }
        self.shares = [self._share(column) for column in range(table.width)]
        self._alternate()
        self.guiding = {column for column in range(1, table.width) if self._only_guides(column)}
        self._quieten()
        self._hold_positions()
        self._hold_options()

    def _hold_positions(self) -> None:
        """Beside a question for a position, "Legal representative" answers and asks nothing."""
        for cell in self._table.cells:
            left = self._table.places.get((cell.row, cell.column - 1))
            asked = self.asked[id(left)] if left is not None and left is not cell else None
            position = asked is not None and names_position(asked.target)
            if position and is_position(cell.text) and self._is_no_head(cell):
                self.asked[id(cell)] = None

    def _hold_options(self) -> None:
        """Beside a question that is sure, the last cell of a row that only sounds like one."""
        for row in self._table.rows:
            for left, cell in pairwise(row):
                asked, mine = self.asked[id(left)], self.asked[id(cell)]
                sure = asked is not None and asked.score >= CERTAIN and asked.rest is None
                faint_one = mine is not None and mine.score < FUZZY and not stands_out(cell)
                if sure and faint_one and cell is row[-1] and self._is_no_head(cell):
                    self.asked[id(cell)] = None

    def _is_no_head(self, cell: Cell) -> bool:
        """Other cells of its row or its column hold values, so it may hold one too."""
        same = [*self._table.rows[cell.row], *self._column(cell.column)]
        values = [one for one in same if one.text and self.asked[id(one)] is None]
        return bool(values) or self._table.height == 1

    def _column(self, column: int) -> list[Cell]:
        return [cell for cell in self._table.cells if cell.column == column]

    def _alternate(self) -> None:
        """Labels and answers stand side by side in pairs: every other column asks."""
        width = self._table.width
        if width < 4 or width % 2 or max(self.shares[1::2]) > 0.2 or self.shares[0] < 0.5:
            return
        for column in range(2, width, 2):
            alike = self._bold_share(column) > 0.8 and self._bold_share(column + 1) < 0.2
            if self.shares[column] > 0 or alike:
                self.shares[column] = max(self.shares[column], 0.5)

    def _only_guides(self, column: int) -> bool:
        """A column that only instructs, beside the answers: known by its words or sameness."""
        cells = [cell for cell in self._table.cells if cell.column == column and cell.text]
        if self._table.width < 3 or len(cells) < 3 or self.shares[column] > 0.3:
            return False
        firsts = [next(one for one in lines(cell.blocks) if one.text) for cell in cells]
        return sum(guides(self._walk, one) for one in firsts) >= 0.6 * len(cells)

    def _bold_share(self, column: int) -> float:
        cells = [cell for cell in self._table.cells if cell.column == column and cell.text]
        return sum(map(all_bold, cells)) / len(cells) if cells else 0.0

    def _share(self, column: int) -> float:
        """How many of the written cells of a column ask something."""
        cells = [cell for cell in self._table.cells if cell.column == column and cell.text]
        cells = [
            cell for cell in cells if cell.columns < self._table.width or self._table.width == 1
        ]
        return sum(1 for cell in cells if self.asked[id(cell)]) / len(cells) if cells else 0.0

    def _instructs(self, cell: Cell) -> bool:
        """Guidance left in a row of its own, in the colour this document uses for guidance."""
        texts = [one for one in lines(cell.blocks) if one.text]
        return bool(texts) and all(
            coloured(one) and self._walk.guidance.is_guidance(one, first=True) for one in texts
        )

    def _quieten(self) -> None:
        """An answer may sound like a question; the columns tell which ones hold answers."""
        for cell in self._table.cells:
            asked = self.asked[id(cell)]
            left = max(self.shares[: cell.column], default=0.0)
            shy = asked is not None and self.shares[cell.column] <= 0.3 and left >= 0.4
            if shy and not stands_out(cell):
                self.asked[id(cell)] = None
            above = self._table.places.get((cell.row - 1, cell.column))
            over = self.asked[id(above)] if above is not None else None
            if over is not None and above is not None and _fades(above, cell):
                self.asked[id(cell)] = None
            if over is not None and self._walk.heads.names_fields(cell.text, over.target):
                self.asked[id(cell)] = None
        for cell in self._table.cells:
            under = self._table.places.get((cell.row + cell.rows, cell.column))
            asked = self.asked[id(under)] if under is not None else None
            alike = under is not None and under.columns == cell.columns
            both = asked and alike and self.asked[id(cell)] and asked.score < 0.97
            if under is not None and both and stands_out(cell) and not stands_out(under):
                self.asked[id(under)] = None


def guides(walk: Walker, paragraph: Paragraph) -> bool:
    """The paragraph reads as this form's guidance does."""
    known = walk.guidance
    return known.reads_like(paragraph.text) or known.is_guidance(paragraph, first=True)


def stands_out(cell: Cell) -> bool:
    """Its first words stand out as questions do, and are no value."""
    first = next((one for one in cell.blocks if isinstance(one, Paragraph) and one.text), None)
    return first is not None and loud(first) and not is_value(first.text)


def _fades(above: Cell, cell: Cell) -> bool:
    """A row in italics or grey under a question is its guidance, whatever it says."""
    both = [*lines(above.blocks), *lines(cell.blocks)]
    mine = [one for one in lines(cell.blocks) if one.text]
    return bool(mine) and all(map(faint, mine)) and not all(faint(one) for one in both if one.text)


def all_bold(cell: Cell) -> bool:
    """Everything written in the cell is in bold."""
    return all(is_bold(one) for one in lines(cell.blocks) if one.text)
