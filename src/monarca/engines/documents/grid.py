"""A table read as rows of labels and answers: right, below, in the same cell, or repeated."""

from collections.abc import Sequence
from dataclasses import replace

from monarca.engines.documents.asking import Asked, has_mark, said
from monarca.engines.documents.declaring import declares
from monarca.engines.documents.guidance import is_blank, leading_guidance
from monarca.engines.documents.labels import Labels, all_bold, guides, stands_out
from monarca.engines.documents.marks import row_of_marks
from monarca.engines.documents.pair import Pair
from monarca.engines.documents.strangers import Stranger
from monarca.engines.documents.tree import Cell, Paragraph, Table, lines
from monarca.engines.documents.walker import Walker

FIRM = 0.85
CERTAIN = 0.97


class Grid:
    """One table read as rows of labels and answers."""

    def __init__(self, walk: Walker, table: Table, place: str) -> None:
        self.walk = walk
        self.table = table
        self.place = place
        labels = Labels(walk, table)
        self.asked = labels.asked
        self.shares = labels.shares
        self.guiding = labels.guiding
        self.used: set[int] = set()
        self.beneath = self._answers_beneath()

    def _answers_beneath(self) -> bool:
        """This table answers in the row under a question: what a question's cell adds guides."""
        bare = inside = 0
        for cell in self.table.cells:
            asked = self.asked[id(cell)]
            under = self.table.places.get((cell.row + cell.rows, cell.column))
            if asked is None or under is cell:
                continue
            free = under is not None and self.asked[id(under)] is None and under.text != ""
            own = bool(self._own(cell, asked))
            bare += free and not own
            inside += own and not free
        return bare > 1 and bare > 2 * inside

    def read(self) -> None:
        row = 0
        while row < self.table.height:
            row += self._row(row)
        if self.walk.open is not None and not self.walk.open.empty:
            self.walk.close()

    def _row(self, row: int) -> int:
        """Read from one row on; returns how many rows were read."""
        cells = [cell for cell in self.table.rows[row] if id(cell) not in self.used]
        if not cells:
            return 1
        if self._declares(row, cells):
            return 1
        taken = self._repeat(row)
        if taken:
            return taken
        if len(self.table.rows[row]) == 1 and cells[0].columns >= self.table.width:
            self._wide(cells[0])
        elif self._over(row, cells):
            return 2
        else:
            self._across(cells)
        return 1

    def _declares(self, row: int, cells: list[Cell]) -> bool:
        """A box and the sentence it stands for, in one cell or in two side by side."""
        written = [one for cell in cells for one in lines(cell.blocks) if one.text]
        alone = 0 < len(written) <= 2 and len(cells) <= 2
        whole = said(" ".join(one.text for one in written))
        return alone and self.walk.declaration(whole, self.where(row))

    def where(self, row: int) -> str:
        return f"{self.place}, row {row + 1}"

    def _repeat(self, row: int) -> int:
        walk = self.walk
        key = walk.open.key if walk.open is not None and walk.open.empty else ""
        found = walk.heads.repeat_at(self.table, row, key)
        if found is None or self._pairs_up(row, set(found.fields.values())):
            return 0
        if any(isinstance(one, Table) for cell in self.table.rows[row + 1] for one in cell.blocks):
            return 0
        walk.close()
        taken = 1
        rows: list[dict[str, str]] = []
        while row + taken < self.table.height and not self._ends(row + taken):
            rows.append(walk.heads.row(self.table, row + taken, found.fields))
            taken += 1
        pair = Pair(found.key, found.score, self.where(row), "columns", at=walk.turn())
        pair.rows = [one for one in rows if any(one.values())]
        walk.pairs.append(pair)
        for other, fields in found.others.items():
            extra = [walk.heads.row(self.table, row + at, fields) for at in range(1, taken)]
            kept = [dict(one) for one in dict.fromkeys(tuple(e.items()) for e in extra)]
            second = Pair(other, 0.7, self.where(row), "columns", at=pair.at)
            second.rows = [one for one in kept if any(one.values())]
            walk.pairs.append(second)
        return taken

    def _pairs_up(self, row: int, columns: set[int]) -> bool:
        """Labels that stand out, each with a plain value beside it: no head of columns."""
        cells = [cell for cell in self.table.rows[row] if cell.text]
        heads = [cell for cell in cells if cell.column in columns]
        others = [cell for cell in cells if cell.column not in columns]
        if others and self._alternates(row):
            return True
        return bool(others) and all(map(stands_out, heads)) and not all(map(stands_out, others))

    def _alternates(self, row: int) -> bool:
        """Every other cell asks, here and at the beginning of the next row: label, value, label."""
        cells = self.table.rows[row]
        below = self.table.rows[row + 1] if row + 1 < self.table.height else ()
        asking = [self.asked[id(cell)] is not None for cell in cells]
        again = not below or self.asked[id(below[0])] is not None
        return len(cells) % 2 == 0 and all(asking[::2]) and not all(asking) and again

    def _packed(self, cell: Cell, target: str = "") -> bool:
        """Several questions with their answers stand in one cell."""
        if target in self.walk.repeated:
            return False
        texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
        asking = [one for one in texts if not self.walk.is_record(one.text)]
        heard = [asked for one in asking if (asked := self.walk.ear.hear(one)) is not None]
        return sum(1 for one in heard if one.score >= FIRM) > 1

    def _ends(self, row: int) -> bool:
        """A row across the whole table ends the rows of an answer."""
        cells = self.table.rows[row]
        return len(cells) == 1 and cells[0].columns >= self.table.width > 1

    def _over(self, row: int, cells: list[Cell]) -> bool:
        """A row of questions above a row of answers."""
        below = self.table.rows[row + 1] if row + 1 < self.table.height else ()
        written = [cell for cell in cells if cell.text]
        known = [cell for cell in written if self.asked[id(cell)]]
        if (
            len(written) < 2
            or not known
            or not all(self.asked[id(cell)] or stands_out(cell) for cell in written)
        ):
            return False
        if len(below) != len(self.table.rows[row]) or any(self.asked[id(one)] for one in below):
            return False
        if len(known) < len(written) and any(stands_out(one) for one in below if one.text):
            return False
        for cell in written:
            answer = self.table.places.get((row + 1, cell.column))
            asked = self.asked[id(cell)]
            if answer is not None and asked is not None:
                self._take(asked, cell, [answer], "below")
        return True

    def _take(self, asked: Asked, cell: Cell, answers: list[Cell], how: str) -> None:
        self.used.update(id(one) for one in answers)
        packed = any(self._packed(one, asked.target) for one in answers)
        if packed or any(isinstance(block, Table) for one in answers for block in one.blocks):
            self.walk.start(replace(asked, rest=None), self.where(cell.row), how)
            self.walk.flow([block for one in answers for block in one.blocks], "")
            self.walk.close()
            return
        texts = [one for answer in answers for one in lines(answer.blocks)]
        if len(answers) > 1 and all(len(answer.text) < 80 for answer in answers):
            texts = [said("\t".join(row_of_marks([answer.text for answer in answers])))]
        bare = replace(asked, rest=None)
        self.walk.settle(bare, self.where(cell.row), how, texts)

    def _across(self, cells: list[Cell]) -> None:
        index = 0
        while index < len(cells):
            cell = cells[index]
            asked = self.asked[id(cell)]
            answers = self._answers(cells[index + 1 :]) if asked else []
            if asked is None or (not answers and self._packed(cell, asked.target)):
                self._inner(cell)
                self._meet(cell, cells[index + 1 :])
            elif answers and not (
                (asked.rest or self._added(cell)) and all(is_blank(one.text) for one in answers)
            ):
                self._take(asked, cell, answers, "right")
            else:
                self._below(asked, cell)
            index += 1 + len(answers)
            while index < len(cells) and cells[index].column in self.guiding:
                index += 1

    def _added(self, cell: Cell) -> list[Paragraph]:
        """What was written under a question of the call's own form, in the question's cell."""
        blank = self.walk.ear.blank
        written = [one for one in lines(cell.blocks) if one.text]
        return blank.added(written[1:]) if blank.is_known else []

    def _meet(self, cell: Cell, following: list[Cell]) -> None:
        """A label of unknown wording, in a column of labels, with the answer beside it."""
        beside = following[0] if following else None
        unknown = beside is not None and self.asked[id(beside)] is None
        if beside is not None and unknown and cell.text and self.shares[cell.column] >= 0.4:
            stranger = Stranger(
                cell.text, self.where(cell.row), self.walk.group, at=self.walk.turn()
            )
            stranger.lines += lines(beside.blocks)
            self.walk.strangers.append(stranger)

    def _answers(self, following: list[Cell]) -> list[Cell]:
        """The cells to the right that belong to the label: up to the next label."""
        found: list[Cell] = []
        for at, cell in enumerate(following):
            if not found and self._heads(cell, following[at + 1 :]):
                break
            if cell.column in self.guiding:
                self.used.add(id(cell))
                continue
            asks = self.asked[id(cell)] is not None and self.shares[cell.column] > 0.25
            named = self.asked[id(cell)] is not None and stands_out(cell)
            if asks or (found and (named or self._labels(cell))):
                break
            found.append(cell)
        return found

    def _heads(self, cell: Cell, following: list[Cell]) -> bool:
        """A label that stands out, with a plain value beside it: what stands before heads it."""
        asked = self.asked[id(cell)]
        beside = following[0] if following else None
        plain_value = beside is not None and beside.text and self.asked[id(beside)] is None
        known = asked is not None and asked.score >= CERTAIN and stands_out(cell)
        return bool(known and plain_value and beside is not None and not stands_out(beside))

    def _labels(self, cell: Cell) -> bool:
        text = cell.text
        return text.endswith((":", "?")) or (self.shares[cell.column] >= 0.3 and not has_mark(text))

    def _inner(self, cell: Cell) -> None:
        """A cell that asks nothing itself may hold tables or several questions."""
        nested = any(isinstance(one, Table) for one in cell.blocks)
        texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
        if nested or sum(1 for one in texts if self.walk.ear.hear(one)) > 1:
            self.walk.flow(cell.blocks, self.where(cell.row))

    def _below(self, asked: Asked, cell: Cell) -> None:
        """The answer stands in the label's own cell, or in the cell under it."""
        walk = self.walk
        own = self._own(cell, asked)
        under = self.table.places.get((cell.row + cell.rows, cell.column))
        free = under is not None and self.asked[id(under)] is None and id(under) not in self.used
        still = free and under is not None and under.text and self._over_answer(cell, under)
        if own and not (free and (still or all(self._guides(one) for one in own))):
            walk.settle(replace(asked, rest=None), self.where(cell.row), "inline", own)
        elif free and under is not None and under.columns == cell.columns:
            under = self._past_guidance(under)
            self._take(asked, cell, [under], "below")
        else:
            walk.start(replace(asked, rest=None), self.where(cell.row), "below")

    def _over_answer(self, cell: Cell, under: Cell) -> bool:
        """What stands under a question's cell is its answer, though the cell says more itself."""
        texts = [one for one in lines(under.blocks) if one.text]
        asks = self.walk.ear.unknown(texts[0]) or self.walk.ear.labels(texts[0], inline=False)
        return (self.beneath and not asks) or (not stands_out(under) and all_bold(cell))

    def _past_guidance(self, under: Cell) -> Cell:
        texts = [one for one in lines(under.blocks) if one.text]
        after = self.table.places.get((under.row + under.rows, under.column))
        both = [*texts, *(lines(after.blocks) if after is not None else ())]
        faded = 0 < len(texts) == leading_guidance(both)
        if not texts or not (faded or all(self._guides(one) for one in texts)):
            return under
        if after is None or self.asked[id(after)] is not None or after.columns != under.columns:
            return under
        self.used.add(id(under))
        return after

    def _guides(self, paragraph: Paragraph) -> bool:
        return guides(self.walk, paragraph)

    def _own(self, cell: Cell, asked: Asked) -> list[Paragraph]:
        texts = [one for one in lines(cell.blocks) if one.text]
        if self.walk.ear.blank.is_known:
            texts = [texts[0], *self.walk.ear.blank.added(texts[1:])]
        own = [asked.rest] if asked.rest is not None else []
        own += texts[_asking(texts, asked) :]
        return [one for one in own if not is_blank(one.text)]

    def _wide(self, cell: Cell) -> None:
        walk = self.walk
        texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
        many = sum(1 for one in texts if walk.ear.hear(one)) > 1
        asking = (one.text for one in texts if not walk.is_record(one.text))
        many = many or any(walk.ear.several(one) or declares(one) for one in asking)
        asked = self.asked[id(cell)]
        if many or any(isinstance(one, Table) for one in cell.blocks):
            walk.flow(cell.blocks, self.where(cell.row))
        elif asked is None:
            if walk.open is not None and walk.open.empty and texts and not self._guides(texts[0]):
                walk.open.lines += texts
            if not texts or not self._guides(texts[0]):
                walk.close()
        else:
            self._below(asked, cell)


def _asking(texts: Sequence[Paragraph], asked: Asked) -> int:
    """How many paragraphs of its cell the question takes, with the heading above it."""
    label = asked.label.strip()
    ends = (at for at, one in enumerate(texts, 1) if not label or label in one.text)
    return next(ends, len(texts))
