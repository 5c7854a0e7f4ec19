"""A filled form read into typed answers, each with its words, its confidence and its place.

The problem: a tree of paragraphs and tables, made by strangers from any version of a form, holds
answers to known questions asked in unknown words. Questions are recognised by the form's labels
and by everyday wordings in three languages; answers are paired with them by geometry. Linear in
the words of the document times the phrases that share a word with it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monarca.engines.documents.aligning import Aligner
from monarca.engines.documents.asking import said
from monarca.engines.documents.everyday import after
from monarca.engines.documents.guidance import ANSWER, cleaned, coloured, is_blank, leading_guidance
from monarca.engines.documents.lexicon import questions
from monarca.engines.documents.marks import normal
from monarca.engines.documents.pair import Pair
from monarca.engines.documents.pairing import SURE, Walk
from monarca.engines.documents.people import people_in_table, people_in_text
from monarca.engines.documents.places import STATES, place, state_in
from monarca.engines.documents.repeats import Setting, from_records, from_rows, from_text, numbered
from monarca.engines.documents.settling import Settler, as_pair
from monarca.engines.documents.strangers import Known, recognised, theirs
from monarca.engines.documents.tree import Paragraph, Tree
from monarca.engines.documents.twofold import parted
from monarca.engines.documents.values import (
    SHORT,
    UNREAD,
    Json,
    Options,
    Typed,
    date_in,
    date_order,
    dates_in,
    in_currency,
    language_of,
    months_in,
    simple,
)

LIMIT = 20_000
GROUPS = "groups"
DATED = {"psea_policy": "psea_policy_on", "registered": "registration_on"}
BESIDE = 0.8
MONEY = {"money", "local_money"}
TICKED_KINDS = {"yes_no", "declaration"}


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One answer: `value` is typed as the definition says, or None when it is empty or unread.

    `text` is what the document says; `confidence` runs from 0 to 100; `place` tells a person
    where to look ("table 3, row 4", "paragraph 12").
    """

    key: str
    value: Json
    text: str
    confidence: int
    place: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A question of unknown wording with what stands there: read, and put nowhere."""

    label: str
    text: str
    place: str


class Reader:
    """Reads documents against one form; making it costs more than reading."""

    def __init__(
        self, form: Mapping[str, Any], *, municipalities: Mapping[str, str] | None = None
    ) -> None:
        self._form = form
        self._municipalities = municipalities or {}
        self.unplaced: tuple[Unplaced, ...] = ()
        self._walk = Walk(form)
        self._aligner = Aligner(form)
        self._options = {
            key: Options(key, found)
            for key, question in questions(form).items()
            if (found := self._offered(question))
        }
        self._columns = {
            key: {
                str(one["key"]): Options(str(one["key"]), one["options"])
                for one in question.get("fields", ())
                if one.get("options")
            }
            for key, question in questions(form).items()
        }

    def _offered(self, question: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        priorities = self._form.get("priorities", ())
        tree = [one for top in priorities for one in (top, *top.get("children", ()))]
        match question.get("list"):
            case "priorities":
                return tree
            case "focus":
                return [focus for one in tree for focus in one.get("focus", ())]
            case "factors":
                found: Sequence[Mapping[str, Any]] = self._form.get("gba", {}).get("factors", ())
                return found
            case "states":
                return []
            case _:
                own: Sequence[Mapping[str, Any]] = question.get("options", ())
                return own

    def read(self, tree: Tree) -> tuple[FieldRead, ...]:
        """The answers in the order of the form; a question seen without an answer has None.

        What stands under questions of unknown wording is then in `unplaced`.
        """
        pairs = self._walk.fresh().read(tree)
        language = date_order(tree.text, language_of(tree.text))
        setting = Setting(language, _start(pairs, language), self._municipalities)
        settler = Settler(self._aligner, self._walk.questions, self._options, language)
        texts = {one.at: self._text(one)[0] for one in pairs}
        pairs = settler.settle(pairs, self._walk.strangers, texts)
        by_key: dict[str, list[FieldRead]] = defaultdict(list)
        for pair in pairs:
            for read in self._reads(pair, setting):
                by_key[read.key].append(read)
        self._regroup(by_key)
        self._dates_beside(by_key, setting)
        self._recognise(by_key, setting)
        parts = {key: by_key.pop(key) for key in list(by_key) if "." in key}
        if parts and not any(one.value for one in by_key["places"]):
            by_key["places"] += self._composed(parts)
        found = []
        for key, question in self._walk.questions.items():
            if by_key.get(key):
                repeated = question.get("kind") == "repeat"
                found.append(_joined(by_key[key]) if repeated else _best(by_key[key]))
        return tuple(found)

    def _dates_beside(self, by_key: dict[str, list[FieldRead]], setting: Setting) -> None:
        """The day said behind a yes: "Yes, adopted on 8 March 2023" answers when, too."""
        for key, when in DATED.items():
            said_when = any(one.value for one in by_key.get(when, ()))
            if when not in self._walk.questions or said_when:
                continue
            for one in by_key.get(key, ()):
                days = dates_in(one.text, setting.language)
                if one.value == "yes" and len(days) == 1:
                    sure = round(one.confidence * BESIDE)
                    by_key[when] = [replace(one, key=when, value=days[0], confidence=sure)]

    def _recognise(self, by_key: dict[str, list[FieldRead]], setting: Setting) -> None:
        """Answers that tell by themselves what an unknown question asked, with doubt."""
        left = []
        for one in self._walk.strangers:
            said = {key: _best(reads).value for key, reads in by_key.items() if reads}
            key = recognised(one, Known(said, setting.language))
            if key in self._walk.questions:
                pair = as_pair(one, key)
                by_key[key] += self._reads(pair, setting)
            elif one.label and not is_blank(one.text):
                left.append(Unplaced(one.label, one.text[:LIMIT], one.place))
        self.unplaced = tuple(left)

    def _regroup(self, by_key: dict[str, list[FieldRead]]) -> None:
        """Who they are, answered where how many was understood: "Target population: youth"."""
        kinds = {key: question.get("kind") for key, question in self._walk.questions.items()}
        for key in [key for key in by_key if kinds.get(key) == "people"]:
            text = "\n".join(one.text for one in by_key[key] if one.value is None)
            typed = self._options[GROUPS].many(normal(text)) if GROUPS in self._options else UNREAD
            if typed.value and not by_key.get(GROUPS):
                first = by_key[key][0]
                sure = round(first.confidence * typed.sure)
                by_key[GROUPS] = [replace(first, key=GROUPS, value=typed.value, confidence=sure)]
                by_key[key] = [one for one in by_key[key] if one.value is not None]

    def _reads(self, pair: Pair, setting: Setting) -> list[FieldRead]:
        text, doubt = self._text(pair)
        sure = SURE[pair.how] * (0.4 + 0.6 * pair.score) * doubt
        if pair.key == "pair:period":
            days = dates_in(text, setting.language)
            first = date_in(text, setting.language)
            last = date_in(text, setting.language, last=True)
            stretch = after(str(first.value), text) if first.value else ""
            if stretch and len(days) < 2:
                last = Typed(stretch, 0.75)
            both = {"starts_on": first, "ends_on": last if len(days) != 1 or stretch else UNREAD}
            return [
                FieldRead(key, typed.value, text, round(100 * sure * typed.sure), pair.place)
                for key, typed in both.items()
                if typed.value is not None
            ]
        if pair.key == "starts_on" and _spans(text, setting.language):
            return self._reads(replace(pair, key="pair:period"), setting)
        parts = parted(pair.key, pair.label, text)
        if parts and set(parts) <= set(self._walk.questions):
            pairs = [replace(pair, key=key, lines=[said(one)]) for key, one in parts.items()]
            return [self._one(one, sure, setting) for one in pairs]
        hers = theirs(pair.key, text, pair.label)
        pair = replace(pair, key=hers) if hers in self._walk.questions else pair
        return [self._one(pair, sure, setting, text)]

    def _one(self, pair: Pair, sure: float, setting: Setting, text: str = "") -> FieldRead:
        """One question with its answer, typed; `sure` from 0 to 1 is what the pairing says."""
        text = text or self._text(pair)[0]
        typed = self._typed(pair, text, setting)
        confidence = max(0, min(100, round(100 * sure * typed.sure)))
        return FieldRead(pair.key, typed.value, text, confidence, pair.place)

    def _text(self, pair: Pair) -> tuple[str, float]:
        """What is written, without guidance; coloured text only when nothing else is there."""
        guidance, blank = self._walk.guidance, self._walk.ear.blank
        kept: list[Paragraph] = []
        for one in pair.lines[leading_guidance(pair.lines) :]:
            printed = blank.is_known and blank.holds(one.text)
            if not printed and not guidance.is_guidance(one, first=not kept):
                kept.append(one)
        doubt = 1.0
        if not any(not is_blank(one.text) for one in kept):
            tinted = [one for one in pair.lines if coloured(one)]
            kept = [one for one in tinted if not guidance.reads_like(one.text)]
            doubt = 0.5 if kept else 1.0
        texts = [cleaned(one.text) for one in kept if not is_blank(one.text)]
        rows = ["\t".join(row.values()) for row in pair.rows]
        return "\n".join([*texts, *rows])[:LIMIT], doubt

    def _typed(self, pair: Pair, text: str, setting: Setting) -> Typed:
        question = self._walk.questions.get(pair.key, {"kind": "text"})
        kind = str(question.get("kind"))
        if kind == "repeat":
            return self._repeat(pair, question, text, setting)
        if kind == "people":
            tables = [found for table in pair.tables if (found := people_in_table(table))]
            people = tables[0] if tables else people_in_text(text)
            return Typed(people) if people else UNREAD
        if is_blank(text):
            return Typed(None)
        answered = pair.lines[leading_guidance(pair.lines) :]
        written = "\n".join(ANSWER.sub("", one.text) for one in answered)
        if pair.key in self._options:
            raw = normal(_marked(pair.lines) or written) if pair.lines else text
            options = self._options[pair.key]
            return options.many(raw) if kind == "choices" else options.one(raw)
        ticked = _marked(pair.lines) or written
        typed = self._plain(pair.key, question, ticked if kind in TICKED_KINDS else text, setting)
        return in_currency(typed, pair.label, text) if kind in MONEY else typed

    def _plain(self, key: str, question: Mapping[str, Any], text: str, setting: Setting) -> Typed:
        kind = str(question.get("kind"))
        if kind == "choice" and question.get("list") == "states":
            return Typed(state_in(text) or None)
        if kind == "date":
            return date_in(text, setting.language, last=key == "ends_on")
        if kind == "place":
            return Typed(place(text, setting.municipalities))
        return simple(kind, text, setting.language)

    def _repeat(
        self, pair: Pair, question: Mapping[str, Any], text: str, setting: Setting
    ) -> Typed:
        if pair.rows:
            rows = from_rows(question, pair.rows, self._columns[pair.key], setting)
            return Typed(rows or None)
        lexicon = self._walk.heads.lexicon(pair.key)
        records = from_records(question, text, lexicon, self._columns[pair.key], setting)
        if records:
            return Typed(records, 0.95)
        found = None if is_blank(text) else from_text(question, text, setting)
        return Typed(found, 0.8)

    def _composed(self, parts: Mapping[str, Sequence[FieldRead]]) -> list[FieldRead]:
        """One place from its state, municipality and locality asked apart."""
        texts = {key.partition(".")[2]: reads[0].text for key, reads in parts.items()}
        found = place(" ".join(texts.values()), self._municipalities, texts)
        first = next(iter(parts.values()))[0]
        fields = self._walk.questions.get("places", {}).get("fields", ())
        if found is None or not fields:
            return []
        rows = numbered([{str(fields[0]["key"]): found}])
        said = ", ".join(text for text in texts.values() if text)
        return [FieldRead("places", rows, said, first.confidence, first.place)]


def _marked(paragraphs: Sequence[Paragraph]) -> str:
    """The one option underlined or highlighted among others that are not; "" when none is."""
    shown = [run for one in paragraphs for run in one.runs if run.shown and run.text.strip()]
    marked = [run.text for run in shown if run.marked and run.text.strip(" /|,;")]
    plain_ones = [run for run in shown if not run.marked and run.text.strip(" /|,;")]
    return "".join(marked) if marked and plain_ones else ""


def _spans(text: str, language: str) -> bool:
    return len(dates_in(text, language)) > 1 or (
        len(text) < SHORT and len(months_in(text, language)) > 1
    )


def _start(pairs: Sequence[Pair], language: str) -> str:
    """The project's first day, for months written without a year."""
    for pair in pairs:
        if pair.key in {"starts_on", "pair:period"}:
            found = date_in("\n".join(one.text for one in pair.lines), language).value
            if found:
                return str(found)
    return ""


def _best(reads: Sequence[FieldRead]) -> FieldRead:
    """The answer that says something, the surest, the first."""
    return max(reads, key=lambda one: (one.value is not None, bool(one.text), one.confidence))


def _joined(reads: Sequence[FieldRead]) -> FieldRead:
    """Rows found in several places are rows of one answer; tables count before text."""
    filled = [one for one in reads if one.value]
    if not filled:
        return _best(reads)
    best = max(one.confidence for one in filled)
    seen: dict[str, dict[str, Json]] = {}
    for one in filled:
        if one.confidence >= best - 12:
            for row in one.value:
                bare = {key: value for key, value in row.items() if key != "id"}
                seen.setdefault(repr(bare), bare)
    first = max(filled, key=lambda one: one.confidence)
    text = "\n".join(one.text for one in filled)
    return replace(first, value=numbered(list(seen.values())), text=text)


_KEPT: list[tuple[Mapping[str, Any], Mapping[str, str] | None, Reader]] = []


def reader_for(form: Mapping[str, Any], municipalities: Mapping[str, str] | None = None) -> Reader:
    """The reader of a form; the last ones are kept, for a call sends many documents."""
    for known, places, reader in _KEPT:
        if known is form and places is municipalities:
            return reader
    reader = Reader(form, municipalities=municipalities)
    _KEPT.insert(0, (form, municipalities, reader))
    del _KEPT[4:]
    return reader


def read_form(
    tree: Tree, form: Mapping[str, Any], *, municipalities: Mapping[str, str] | None = None
) -> tuple[FieldRead, ...]:
    """The answers a document gives to the questions of `form` (a pack's frozen definition).

    `municipalities` maps INEGI codes of five figures to names; without it a municipality stays
    in the locality's words. Never invents: an answer that was not understood has its text and
    the value None.
    """
    return reader_for(form, municipalities).read(tree)


STATE_CODES = tuple(STATES)
