"""Questions and answers paired by where they stand: paragraphs, boxes, rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from monarca.engines.documents.asking import Asked, Ear, has_mark, loud, said
from monarca.engines.documents.columns import Heads
from monarca.engines.documents.concepts import meant
from monarca.engines.documents.declaring import declares, question_of
from monarca.engines.documents.grid import Grid
from monarca.engines.documents.guidance import Guidance, closes, faint, is_blank, notes
from monarca.engines.documents.hearing import heard_in
from monarca.engines.documents.lexicon import questions, wording
from monarca.engines.documents.marks import is_mark, row_of_marks
from monarca.engines.documents.pair import Pair
from monarca.engines.documents.people import people_in_text
from monarca.engines.documents.repeats import BULLET
from monarca.engines.documents.sharing import Field
from monarca.engines.documents.strangers import Stranger
from monarca.engines.documents.tree import Block, Cell, Paragraph, Table, Tree, lines

PROJECT = {"title": "title", "place": "places"}
FUZZY = 0.97
WHOSE = frozenset(("=organization", "=office", "=applicant"))
ANYWHERE = {"phone", "email", "state", "currency"}
NAMED = {"organisation", "contact", "representative", "project"}
PERSONS = ("contact", "representative", "declared")
SURE = {"right": 0.97, "inline": 0.95, "below": 0.94, "box": 0.95, "columns": 0.93, "flow": 0.88}


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
        self.repeated = frozenset(
            key for key, one in self.questions.items() if one.get("kind") in {"repeat", "people"}
        )
        self.fresh()

    def fresh(self) -> "Walk":
        """Forget the last document; the words of the form stay."""
        self.pairs: list[Pair] = []
        self.open: Pair | None = None
        self.group = ""
        self.strangers: list[Stranger] = []
        self._unknown: Stranger | None = None
        self._tables = 0
        self._loud = False
        self._turn = 0
        return self

    def read(self, tree: Tree) -> list[Pair]:
        every = list(lines(tree.blocks))
        self.guidance.learn(every)
        self.ear.compare(every)
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
            ours = {one: key for one, key in ours.items() if one in ANYWHERE}
        key = str(keys.get(name, ours.get(name, "")))
        if not key and self.group not in PERSONS:
            key = PROJECT.get(name, "")
        return key if key.partition(".")[0] in self.questions else ""

    def _persons(self, key: str, label: str) -> str:
        """A telephone or an e-mail asked in the block of a person is hers, unless it says whose."""
        if key not in {"phone", "email"} or self.group not in PERSONS or not label:
            return key
        theirs = f"{self.group}_{key}"
        said_whose = frozenset(meant(label)) & WHOSE
        return theirs if theirs in self.questions and not said_whose else key

    def named(self, target: str) -> str:
        """The name a heading with an answer behind it asks for: "Contact: Ana Luz"."""
        kind, _, group = target.partition(":")
        known = wording()["groups"].get(group, {}) if kind == "group" else {}
        return str(known.get("keys", {}).get("name", "")) if group in NAMED else ""

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

    def turn(self) -> int:
        """The place of the next question in the order of the document."""
        self._turn += 1
        return self._turn

    def close(self) -> None:
        if self.open is not None:
            self.pairs.append(self.open)
        self.open = None

    def start(self, asked: Asked, place: str, how: str) -> Pair | None:
        """Open the question; None when it is a heading or a word without a meaning here."""
        self.close()
        self._unknown = None
        key = self.key_of(asked.target) or (self.named(asked.target) if asked.rest else "")
        hers = self._persons(key, asked.label)
        self.enter(asked.target if hers == key else hers)
        key = hers
        if not key:
            return None
        self.open = Pair(key, asked.score, place, how, label=asked.label, at=self.turn())
        if asked.rest is not None:
            self.open.lines.append(asked.rest)
            self.open.how = "inline"
        return self.open

    def settle(self, asked: Asked, place: str, how: str, answer: Sequence[Paragraph]) -> None:
        """The question and its whole answer at once."""
        said_something = any(not is_blank(one.text) for one in answer)
        target = self.named(asked.target) if said_something else ""
        opened = self.start(replace(asked, target=target or asked.target), place, how)
        if opened is not None:
            opened.lines += answer
            opened.how = how
        elif said_something:
            self.strangers.append(Stranger("", place, self.group, list(answer), self.turn()))
        self.close()

    def hear_cell(self, cell: Cell) -> Asked | None:
        """What a cell asks, as `hearing` tells."""
        return heard_in(cell, self.ear, self.key_of)

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
        waiting = self.open is not None and self.open.empty
        if not text or self._counts(paragraph, place) or (waiting and notes(text)):
            return
        if self.declaration(paragraph, place):
            return
        several = [] if self.is_record(text) else self.ear.several(text)
        if several:
            self._share(several, place)
            return
        mine = self._chosen(text) or self.is_record(text) or self._listed(paragraph)
        asked = None if mine else self.ear.hear(paragraph)
        if asked is not None and not self._is_answer(asked, paragraph):
            self.start(asked, place, "flow")
            self._loud = loud(paragraph)
        elif self.open is None or (asked is None and self._ends(paragraph)):
            self.close()
            self._meet(paragraph, place)
        else:
            self.open.lines.append(paragraph)

    def declaration(self, paragraph: Paragraph, place: str) -> bool:
        """A box with a sentence that declares asks and answers in one; who signs comes next."""
        key = question_of(self.questions)
        found = bool(key) and declares(paragraph.text)
        if found:
            self.settle(Asked(key, FUZZY), place, "inline", [paragraph])
        return found

    def _share(self, several: Sequence[Field], place: str) -> None:
        """Each field of one line, those in unknown words too."""
        for one in several:
            answer = said(one.value)
            if one.target:
                asked = Asked(one.target, one.score, label=one.label)
                self.settle(asked, place, "inline", [answer])
            else:
                self.close()
                self.strangers.append(Stranger(one.label, place, self.group, [answer], self.turn()))

    def _meet(self, paragraph: Paragraph, place: str) -> None:
        """Keep a question of unknown wording with what stands behind it or below it."""
        inline = self.ear.labels(paragraph, inline=True)
        if inline or self.ear.unknown(paragraph):
            label, rest = inline or (paragraph.text, "")
            self._unknown = Stranger(label, place, self.group, at=self.turn())
            self._unknown.lines += [said(rest)] if inline else []
            self.strangers.append(self._unknown)
        elif self._unknown is not None:
            self._unknown.lines.append(paragraph)

    def _ends(self, paragraph: Paragraph) -> bool:
        """An unknown question ends the answer before it, also one with its answer behind it."""
        if self.open is None or self.ear.unknown(paragraph):
            return True
        if self.ear.labels(paragraph, inline=self.open.how == "inline") is not None:
            return True
        if closes(paragraph.text) or self.open.is_full(self._kind(self.open.key)):
            return True
        listed = [one for one in self.open.lines if one.text]
        items = len(listed) > 1 and all(_is_item(one) for one in listed)
        return items and not _is_item(paragraph) and len(paragraph.text.split()) < 10

    def _kind(self, key: str) -> str:
        return str(self.questions.get(key, {}).get("kind", ""))

    def _counts(self, paragraph: Paragraph, place: str) -> bool:
        """A line that counts women, men and others answers the question about people."""
        key = next((k for k, q in self.questions.items() if q.get("kind") == "people"), "")
        mine = self.open is not None and self.open.key == key
        found = {} if mine or not key else people_in_text(paragraph.text)
        if max((len(kinds) for kinds in found.values()), default=0) < 3:
            return False
        last = self.pairs[-1] if self.pairs and self.pairs[-1].key == key else None
        if last is None:
            last = Pair(key, 0.85, place, "flow", at=self.turn())
            self.pairs.append(last)
        last.lines.append(paragraph)
        return True

    def _chosen(self, text: str) -> bool:
        """A line of options belongs to the question that is open."""
        if self.open is None:
            return False
        kind = self.questions.get(self.open.key, {}).get("kind")
        marked = all(has_mark(one.text) for one in self.open.lines if one.text)
        apart = not ({"?", ":"} & set(text)) or self.open.empty
        chosen = kind in {"choice", "choices", "yes_no"} and has_mark(text[-6:]) and apart
        return has_mark(text[:3]) or ((self.open.empty or marked) and chosen)

    def _listed(self, paragraph: Paragraph) -> bool:
        """One more item of the options listed under a question that takes several."""
        kind = self.questions.get(self.open.key, {}).get("kind") if self.open else ""
        above = [one for one in self.open.lines if one.text] if self.open else []
        return kind == "choices" and _is_item(paragraph) and all(map(_is_item, above))

    def is_record(self, text: str) -> bool:
        """A row of a repeated answer, written as a sentence with the names of its fields."""
        key = self.open.key if self.open is not None else ""
        if self.questions.get(key, {}).get("kind") == "people" and people_in_text(text):
            return True
        return self.heads.names_fields(text, key) or self.heads.is_record(text)

    def _is_answer(self, asked: Asked, paragraph: Paragraph) -> bool:
        """An answer to a choice may sound like another question ("Medio ambiente")."""
        if self.open is None or paragraph.heading:
            return False
        if not self.open.empty:
            return self._sounds_only(asked, paragraph)
        kind = self.questions.get(self.open.key, {}).get("kind")
        if asked.rest is not None:
            return self._sounds_only(asked, paragraph)
        if self._loud and self.open.how == "flow" and not loud(paragraph):
            return True
        return kind in {"choice", "choices"} and not paragraph.text.rstrip().endswith(("?", ":"))

    def _sounds_only(self, asked: Asked, paragraph: Paragraph) -> bool:
        """It sounds like a question, not for sure, in the look of this document's answers."""
        text = paragraph.text.rstrip()
        told = asked.rest is not None or text.endswith(".")
        fuzzy = asked.score < FUZZY and "?" not in text and told
        return fuzzy and self.ear.answers(paragraph)

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
        elif self._waits() and (self._offers(table) or not self._asks(table)):
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

    def _offers(self, table: Table) -> bool:
        """The options of the question above, each beside a place for its mark."""
        kind = self.questions.get(self.open.key if self.open else "", {}).get("kind")
        rows = [[cell.text for cell in row] for row in table.rows]
        marks = [text for row in rows for text in row if is_blank(text) or is_mark(text)]
        single = all(sum(text not in marks for text in row) == 1 for row in rows)
        return kind in {"choice", "choices", "yes_no"} and len(rows) > 1 and single and any(marks)

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
        self.pairs.append(
            Pair(key, 0.95, f"{place}, row 1", "columns", tables=[table], at=self.turn())
        )
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


def _is_item(paragraph: Paragraph) -> bool:
    return paragraph.listed or bool(BULLET.match(paragraph.text))
