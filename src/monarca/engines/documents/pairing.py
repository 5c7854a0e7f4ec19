"""Questions and answers paired by where they stand: paragraphs, boxes, rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monarca.engines.documents.asking import Asked, Ear, has_mark, is_bold, loud, said
from monarca.engines.documents.columns import Heads
from monarca.engines.documents.guidance import Guidance, coloured, faint, is_blank
from monarca.engines.documents.lexicon import questions, wording
from monarca.engines.documents.marks import row_of_marks
from monarca.engines.documents.people import people_in_text
from monarca.engines.documents.tree import Block, Cell, Paragraph, Table, Tree, lines

PERSONS = ("contact", "representative", "declared")
SURE = {"right": 0.97, "inline": 0.95, "below": 0.94, "box": 0.95, "columns": 0.93, "flow": 0.88}


@dataclass(slots=True)
class Pair:
    """One question of the form and what stands where its answer belongs."""

    key: str
    score: float
    place: str
    how: str
    lines: list[Paragraph] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        said_something = any(not is_blank(one.text) for one in self.lines)
        return not (said_something or self.rows or self.tables)


class Walk:
    """Walks a document in reading order; `open` is the question still waiting for its answer."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self.ear = Ear(form)
        self.guidance = Guidance(form)
        self.heads = Heads(form)
        self.questions = questions(form)
        self.sections = {
            str(question["key"]): str(section["key"])
            for section in form.get("sections", ())
            for question in section.get("questions", ())
        }
        self.fresh()

    def fresh(self) -> "Walk":
        """Forget the last document; the words of the form stay."""
        self.pairs: list[Pair] = []
        self.open: Pair | None = None
        self.group = ""
        self._tables = 0
        self._loud = False
        return self

    def read(self, tree: Tree) -> list[Pair]:
        every = list(lines(tree.blocks))
        self.guidance.learn(every)
        self.ear.learn([block for block in tree.blocks if isinstance(block, Paragraph)])
        self.flow(tree.blocks, "")
        self.close()
        return self.pairs

    # -- what is asked -------------------------------------------------------------------

    def key_of(self, target: str) -> str:
        """The key a target means here: "Name" under "Legal representative" is her name."""
        kind, _, name = target.partition(":")
        if kind == "pair":
            return target
        if kind != "generic":
            signs = self.group == "representative" and target.startswith("declared_")
            theirs = target.replace("declared", "representative") if signs else ""
            if theirs in self.questions and all(one.key != theirs for one in self.pairs):
                return theirs
            return target if not name else ""
        groups = wording()["groups"]
        keys = groups.get(self.group, {}).get("keys", {})
        ours = {} if self.group in PERSONS else groups["organisation"]["keys"]
        if self.group and self.group != "organisation":
            ours = {one: key for one, key in ours.items() if one in {"phone", "email", "state"}}
        key = str(keys.get(name, ours.get(name, "")))
        return key if key.partition(".")[0] in self.questions else ""

    def enter(self, target: str) -> None:
        """Remember whose block we are in."""
        kind, _, name = target.partition(":")
        if kind == "group":
            self.group = name
        elif not name:
            self.group = self._group_of(target)

    def _group_of(self, key: str) -> str:
        stem = key.partition("_")[0]
        if stem in {"contact", "representative", "declared", "registration", "bank", "psea"}:
            return stem
        if stem in {"authorities", "declares", "registered"}:
            return {"declares": "declared", "registered": "registration"}.get(stem, stem)
        return self.sections.get(key, self.group)

    def close(self) -> None:
        if self.open is not None:
            self.pairs.append(self.open)
        self.open = None

    def start(self, asked: Asked, place: str, how: str) -> Pair | None:
        """Open the question; None when it is a heading or a word without a meaning here."""
        self.close()
        key = self.key_of(asked.target)
        self.enter(asked.target)
        if not key:
            return None
        self.open = Pair(key, asked.score, place, how)
        if asked.rest is not None:
            self.open.lines.append(asked.rest)
            self.open.how = "inline"
        return self.open

    def settle(self, asked: Asked, place: str, how: str, answer: Sequence[Paragraph]) -> None:
        """The question and its whole answer at once."""
        opened = self.start(asked, place, how)
        if opened is not None:
            opened.lines += answer
            opened.how = how
        self.close()

    def hear_cell(self, cell: Cell) -> Asked | None:
        """What a cell asks by its first paragraph, or by its few words together."""
        texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
        if not texts or len(cell.text) > 2500:
            return None
        asked = self.ear.hear(texts[0], label=True)
        if asked is None and 1 < len(texts) <= 3 and len(cell.text) < 250:
            asked = self.ear.hear(said(" ".join(one.text for one in texts)), label=True)
        return asked

    # -- paragraphs ----------------------------------------------------------------------

    def flow(self, blocks: Sequence[Block], place: str) -> None:
        for number, block in enumerate(blocks, 1):
            if isinstance(block, Paragraph):
                self.paragraph(block, f"{place}, line {number}" if place else f"paragraph {number}")
            else:
                self._tables += 1
                self.table(block, f"table {self._tables}")

    def paragraph(self, paragraph: Paragraph, place: str) -> None:
        text = paragraph.text
        if not text or self._counts(paragraph, place):
            return
        several = [] if self.is_record(text) else self.ear.several(text)
        if several:
            for target, score, value in several:
                self.settle(Asked(target, score), place, "inline", [said(value)])
            return
        mine = self._chosen(text) or self.is_record(text)
        asked = None if mine else self.ear.hear(paragraph)
        if asked is not None and not self._is_answer(asked, paragraph):
            self.start(asked, place, "flow")
            self._loud = loud(paragraph)
        elif self.open is None or (asked is None and self.ear.unknown(paragraph)):
            self.close()
        else:
            self.open.lines.append(paragraph)

    def _counts(self, paragraph: Paragraph, place: str) -> bool:
        """A line that counts women, men and others answers the question about people."""
        key = next((k for k, q in self.questions.items() if q.get("kind") == "people"), "")
        mine = self.open is not None and self.open.key == key
        found = {} if mine or not key else people_in_text(paragraph.text)
        if max((len(kinds) for kinds in found.values()), default=0) < 3:
            return False
        last = self.pairs[-1] if self.pairs and self.pairs[-1].key == key else None
        if last is None:
            last = Pair(key, 0.85, place, "flow")
            self.pairs.append(last)
        last.lines.append(paragraph)
        return True

    def _chosen(self, text: str) -> bool:
        """A line of options belongs to the question that is open."""
        if self.open is None:
            return False
        kind = self.questions.get(self.open.key, {}).get("kind")
        return has_mark(text[:3]) or (
            self.open.empty and kind in {"choice", "choices", "yes_no"} and has_mark(text[-3:])
        )

    def is_record(self, text: str) -> bool:
        """A row of a repeated answer, written as a sentence with the names of its fields."""
        key = self.open.key if self.open is not None else ""
        if self.questions.get(key, {}).get("kind") == "people" and people_in_text(text):
            return True
        return self.heads.names_fields(text, key) or self.heads.is_record(text)

    def _is_answer(self, asked: Asked, paragraph: Paragraph) -> bool:
        """An answer to a choice may sound like another question ("Medio ambiente")."""
        if self.open is None or not self.open.empty or paragraph.heading:
            return False
        kind = self.questions.get(self.open.key, {}).get("kind")
        if self._loud and self.open.how == "flow" and not loud(paragraph) and asked.rest is None:
            return True
        return kind in {"choice", "choices"} and not paragraph.text.rstrip().endswith(("?", ":"))

    # -- tables --------------------------------------------------------------------------

    def table(self, table: Table, place: str) -> None:
        if not any(cell.text for cell in table.cells):
            self._empty_box(table)
        elif self.heads.is_budget(table):
            self.close()
        elif (
            self._people(table, place)
            or self._record(table, place)
            or (len(table.cells) == 1 and self._box(table.cells[0]))
        ):
            return
        elif self._waits() and not self._asks(table):
            self._loose(table, place)
        else:
            Grid(self, table, place).read()

    def _empty_box(self, table: Table) -> None:
        """The box was left empty; what stood above it was guidance, unless it says something."""
        if len(table.cells) == 1 and self.open is not None:
            if all(self._aside(one) for one in self.open.lines):
                self.open.lines = []
            self.close()

    def _aside(self, paragraph: Paragraph) -> bool:
        return faint(paragraph) or self.guidance.reads_like(paragraph.text)

    def _waits(self) -> bool:
        """A question is open and nothing but a few words of guidance followed it yet."""
        if self.open is None or self.open.how == "inline":
            return False
        return self.open.empty or (
            len(self.open.lines) <= 4 and all(self._aside(one) for one in self.open.lines)
        )

    def _box(self, cell: Cell) -> bool:
        """A one-cell table below its question is the box the answer was written in."""
        if self.open is None or not self._waits():
            return False
        written = (one for one in cell.blocks if isinstance(one, Table) or one.text)
        nested = isinstance(next(written, None), Table)
        first = None if nested else next((one for one in lines(cell.blocks) if one.text), None)
        asked = self.ear.hear(first) if first is not None and loud(first) else None
        if asked is not None and not (first and self._is_answer(asked, first)):
            return False
        self.open.lines = []
        self.open.how = "box"
        if any(isinstance(one, Table) for one in cell.blocks):
            self.flow(cell.blocks, self.open.place)
        elif self.open is not None:
            self.open.lines = list(lines(cell.blocks))
        self.close()
        return True

    def _asks(self, table: Table) -> bool:
        if self.heads.repeat_at(table, 0, self.open.key if self.open else "") is not None:
            return True
        return any(self.hear_cell(cell) is not None for cell in table.cells)

    def _loose(self, table: Table, place: str) -> None:
        """A table without any question answers the one above it, row by row."""
        if self.open is not None:
            texts = ["\t".join(row_of_marks([one.text for one in row])) for row in table.rows]
            self.open.lines += [said(text) for text in texts if text]
            self.open.tables.append(table)
            self.open.place = f"{place}, row 1"
        self.close()

    def _people(self, table: Table, place: str) -> bool:
        key = next((k for k, q in self.questions.items() if q.get("kind") == "people"), "")
        if not key or not self.heads.is_people(table):
            return False
        self.close()
        self.pairs.append(Pair(key, 0.95, f"{place}, row 1", "columns", tables=[table]))
        return True

    def _record(self, table: Table, place: str) -> bool:
        """One row of a repeated answer written as a table of its own: label left, value right."""
        key = self.open.key if self.open is not None else ""
        row = self.heads.record(table, key) if key else {}
        if len(row) < 2 or self.open is None:
            return False
        self.open.rows.append(row)
        self.open.place = f"{place}, row 1" if len(self.open.rows) == 1 else self.open.place
        self.open.how = "columns"
        return True


class Grid:
    """One table read as rows of labels and answers."""

    def __init__(self, walk: Walk, table: Table, place: str) -> None:
        self.walk = walk
        self.table = table
        self.place = place
        self.asked = {
            id(cell): None if self._instructs(cell) else walk.hear_cell(cell)
            for cell in table.cells
        }
        self.used: set[int] = set()
        self.shares = [self._share(column) for column in range(table.width)]
        self._quieten()

    def _share(self, column: int) -> float:
        """How many of the written cells of a column ask something."""
        cells = [cell for cell in self.table.cells if cell.column == column and cell.text]
        cells = [cell for cell in cells if cell.columns < self.table.width or self.table.width == 1]
        return sum(1 for cell in cells if self.asked[id(cell)]) / len(cells) if cells else 0.0

    def _instructs(self, cell: Cell) -> bool:
        """Guidance left in a row of its own, in the colour this document uses for guidance."""
        texts = [one for one in lines(cell.blocks) if one.text]
        return bool(texts) and all(
            coloured(one) and self.walk.guidance.is_guidance(one, first=True) for one in texts
        )

    def _quieten(self) -> None:
        """An answer may sound like a question; the columns tell which ones hold answers."""
        for cell in self.table.cells:
            asked = self.asked[id(cell)]
            left = max(self.shares[: cell.column], default=0.0)
            shy = asked is not None and self.shares[cell.column] <= 0.3 and left >= 0.4
            if shy and not _loud(cell):
                self.asked[id(cell)] = None
            above = self.table.places.get((cell.row - 1, cell.column))
            over = self.asked[id(above)] if above is not None else None
            if over is not None and self.walk.heads.names_fields(cell.text, over.target):
                self.asked[id(cell)] = None
        for cell in self.table.cells:
            under = self.table.places.get((cell.row + cell.rows, cell.column))
            asked = self.asked[id(under)] if under is not None else None
            alike = under is not None and under.columns == cell.columns
            if (
                asked
                and alike
                and self.asked[id(cell)]
                and asked.score < 0.97
                and under is not None
            ):
                if _loud(cell) and not _loud(under):
                    self.asked[id(under)] = None

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
        taken = self._repeat(row)
        if taken:
            return taken
        if len(self.table.rows[row]) == 1 and cells[0].columns >= self.table.width:
            self._wide(cells[0])
        elif self._over(row, cells):
            return 2
        else:
            self._across(row, cells)
        return 1

    def where(self, row: int) -> str:
        return f"{self.place}, row {row + 1}"

    def _repeat(self, row: int) -> int:
        walk = self.walk
        key = walk.open.key if walk.open is not None and walk.open.empty else ""
        found = walk.heads.repeat_at(self.table, row, key)
        if found is None:
            return 0
        walk.close()
        taken = 1
        rows: list[dict[str, str]] = []
        while row + taken < self.table.height and not self._ends(row + taken):
            rows.append(walk.heads.row(self.table, row + taken, found.fields))
            taken += 1
        pair = Pair(found.key, found.score, self.where(row), "columns")
        pair.rows = [one for one in rows if any(one.values())]
        walk.pairs.append(pair)
        for other, fields in found.others.items():
            extra = [walk.heads.row(self.table, row + at, fields) for at in range(1, taken)]
            kept = [dict(one) for one in dict.fromkeys(tuple(e.items()) for e in extra)]
            second = Pair(other, 0.7, self.where(row), "columns")
            second.rows = [one for one in kept if any(one.values())]
            walk.pairs.append(second)
        return taken

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
            or not all(self.asked[id(cell)] or _loud(cell) for cell in written)
        ):
            return False
        if len(below) != len(self.table.rows[row]) or any(self.asked[id(one)] for one in below):
            return False
        if len(known) < len(written) and any(_loud(one) for one in below if one.text):
            return False
        for cell in written:
            answer = self.table.places.get((row + 1, cell.column))
            asked = self.asked[id(cell)]
            if answer is not None and asked is not None:
                self._take(asked, cell, [answer], "below")
        return True

    def _take(self, asked: Asked, cell: Cell, answers: list[Cell], how: str) -> None:
        self.used.update(id(one) for one in answers)
        if any(isinstance(block, Table) for one in answers for block in one.blocks):
            self.walk.start(Asked(asked.target, asked.score), self.where(cell.row), how)
            self.walk.flow([block for one in answers for block in one.blocks], "")
            self.walk.close()
            return
        texts = [one for answer in answers for one in lines(answer.blocks)]
        if len(answers) > 1 and all(len(answer.text) < 80 for answer in answers):
            texts = [said("\t".join(row_of_marks([answer.text for answer in answers])))]
        bare = Asked(asked.target, asked.score)
        self.walk.settle(bare, self.where(cell.row), how, texts)

    def _across(self, row: int, cells: list[Cell]) -> None:
        index = 0
        while index < len(cells):
            cell = cells[index]
            asked = self.asked[id(cell)]
            answers = self._answers(cells[index + 1 :]) if asked else []
            if asked is None:
                self._inner(cell)
            elif answers and not (asked.rest and all(is_blank(one.text) for one in answers)):
                self._take(asked, cell, answers, "right")
            else:
                self._below(asked, cell)
            index += 1 + len(answers)

    def _answers(self, following: list[Cell]) -> list[Cell]:
        """The cells to the right that belong to the label: up to the next label."""
        found: list[Cell] = []
        for cell in following:
            asks = self.asked[id(cell)] is not None and self.shares[cell.column] > 0.25
            if asks or (found and self._labels(cell)):
                break
            found.append(cell)
        return found

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
        still = free and under is not None and not _loud(under) and under.text and _bold(cell)
        if own and not (free and (still or all(self._guides(one) for one in own))):
            walk.settle(Asked(asked.target, asked.score), self.where(cell.row), "inline", own)
        elif free and under is not None and under.columns == cell.columns:
            under = self._past_guidance(under)
            self._take(asked, cell, [under], "below")
        else:
            walk.start(Asked(asked.target, asked.score), self.where(cell.row), "below")

    def _past_guidance(self, under: Cell) -> Cell:
        texts = [one for one in lines(under.blocks) if one.text]
        if not texts or not all(self._guides(one) for one in texts):
            return under
        after = self.table.places.get((under.row + under.rows, under.column))
        if after is None or self.asked[id(after)] is not None or after.columns != under.columns:
            return under
        self.used.add(id(under))
        return after

    def _guides(self, paragraph: Paragraph) -> bool:
        return self.walk.guidance.reads_like(paragraph.text) or self.walk.guidance.is_guidance(
            paragraph, first=True
        )

    def _own(self, cell: Cell, asked: Asked) -> list[Paragraph]:
        texts = [one for one in lines(cell.blocks) if one.text]
        own = [asked.rest] if asked.rest is not None else []
        return [one for one in [*own, *texts[1:]] if not is_blank(one.text)]

    def _wide(self, cell: Cell) -> None:
        walk = self.walk
        texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
        many = sum(1 for one in texts if walk.ear.hear(one)) > 1
        many = many or any(
            walk.ear.several(one.text) for one in texts if not walk.is_record(one.text)
        )
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


def _loud(cell: Cell) -> bool:
    first = next((one for one in cell.blocks if isinstance(one, Paragraph) and one.text), None)
    return first is not None and loud(first)


def _bold(cell: Cell) -> bool:
    return all(is_bold(one) for one in lines(cell.blocks) if one.text)
