"""`monarca link`: probable doubles in one table or across two, and copied text, with reasons."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monarca.config.shell import calls
from monarca.config.shell.files import Fault, Row, Told, read_text, settings, table, tables_in
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import Wrong, whole
from monarca.config.shell.waterfall import Fall, waterfalls
from monarca.engines import linkage
from monarca.engines.linkage import Answer, Copy, Field, Pair, Record, Refused, Text, scale
from monarca.engines.linkage.records import KINDS
from monarca.engines.reasons import Reason, Value

STANDARD = tuple(dict.fromkeys(name for each in linkage.ORGANISATIONS for name in each.sources))
SECOND = {"name": "acronym", "place": "state"}
"""A kind's second column, as the file of columns calls it; other kinds join those of `with`."""

DRAWN = 5

EXAMPLE = f"""\
a complete example; the file organisations.csv:

  id,name,acronym,representative,rfc,clabe,phone,email,municipality,state
  2023-014,"Tejedoras de la Niebla, A.C.",,María del Carmen Hernández López,TNI150312AB4,,\
951 555 0142,,Oaxaca de Juárez,Oaxaca
  2024-003,TEJEDORAS DE LA NIEBLA AC,,Lic. Ma. del Carmen Hdez. López,TNI-150312-AB4,,,,\
Oaxaca de Juarez,Oax.

and the command lines (padron.csv, padron.toml and texts.csv lie in examples/engines/linkage/):

  monarca link organisations.csv --plot why.svg
  monarca link organisations.csv padron.csv --columns padron.toml
  monarca link --texts texts.csv --known blank-form.txt

columns of a table of organisations: id (needed, unique), and any of
{", ".join(STANDARD)};
blank cells are not compared. One table: doubles in it. Two tables: who of the second stands in the
first. Nothing is merged: pairs and groups are suggestions, and a person decides.

--columns names other columns, in a TOML file (here padron.toml). `id` says which column is the id;
without it the column is called id. Kinds: {", ".join(KINDS)}.

  id = "folio"
  [columns.agrupacion]
  kind = "name"
  acronym = "siglas"
  [columns.municipio]
  kind = "place"
  state = "estado"
  [columns.nombre]
  kind = "person"
  with = ["apellidos"]

Of two tables, one may have the headings above and the other those of the file of columns; then `as`
says which is which, as in [columns.correo] kind = "email" as = "email". Columns that a file of
columns does not name are left alone; without one, a heading that is not known is a fault.

--texts reads a table with the columns id and text, and finds passages that stand in two texts, with
the characters where they begin and end in both. --known is a text that all may repeat (the form).
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca link`."""
    parser.add_argument("tables", nargs="*", type=Path, metavar="TABLE.csv", help="one or two")
    parser.add_argument("--columns", type=Path, metavar="MAP.toml", help="what the columns are")
    parser.add_argument("--texts", type=Path, metavar="TEXTS.csv", help="find copied passages")
    parser.add_argument(
        "--known", type=Path, action="append", default=[], metavar="TEXT", help="nobody's own words"
    )
    parser.add_argument("--least", type=_chance, default=0.5, help="least chance (default 0.5)")
    parser.add_argument("--show", type=whole(), default=20, help="pairs in the table (default 20)")
    parser.add_argument("--weights", action="store_true", help="show what was learned, too")
    parser.add_argument("--scale", action="store_true", help="with Splink and DuckDB")


def _chance(said: str) -> float:
    try:
        value = float(said)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise Wrong("shell.link.not_a_chance", said)
    return value


def answer(given: Namespace, teller: Teller) -> int:
    """Compare the tables, or the texts, or both, and tell what was found."""
    if not given.tables and not given.texts:
        teller.remark(teller.say("shell.link.no_input"))
        return 2
    if calls.is_call((given.tables or [Path()])[0]):
        _of_call(given)
    if len(given.tables) > 2:
        teller.remark(teller.say("shell.link.three_tables"))
        return 2
    data: dict[str, object] = {}
    parts: list[Sheet | str] = []
    try:
        if given.tables:
            found = _linked(given, teller)
            data |= _data(found, two=len(given.tables) > 1)
            parts += _parts(found, given, teller)
        if given.texts:
            copies = _copied(given, teller)
            data["copies"] = copies
            parts += _copies(copies, given, teller)
    except Refused as refused:
        teller.remark(teller.reason(refused.reason))
        return 1
    teller.tell(data, *parts)
    if given.tables:
        teller.draw(_drawn(found, teller))
    return 0


def _of_call(given: Namespace) -> None:
    """A call is held against itself, or against a second table; its texts against each other."""
    call = given.tables[0]
    given.tables[0] = calls.told("groups", call, asker=given.asker)
    if given.texts is None:
        given.texts = calls.told("texts", call, asker=given.asker)


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked and answered: the answer, and for each table the names of its records."""

    answer: Answer
    names: tuple[dict[str, str], ...]
    least: float

    def left(self, pair: Pair) -> str:
        """The first record of a pair, for people."""
        return _labelled(pair.left, self.names[0])

    def right(self, pair: Pair) -> str:
        """The second."""
        return _labelled(pair.right, self.names[-1])


def _labelled(id_: str, names: dict[str, str]) -> str:
    return f"{id_} · {names[id_]}" if names.get(id_) else id_


def _linked(given: Namespace, teller: Teller) -> Found:
    layout = _layout(given.columns) if given.columns else None
    read = [_records(path, layout) for path in given.tables]
    present = {name for _, heads in read for name in heads}
    fields = _fields(layout, present)
    tables = [records for records, _ in read]
    door = scale if given.scale else linkage
    with teller.progress("shell.link.reading") as step:
        if len(tables) == 2:
            answer = door.link(tables[0], tables[1], fields, least=given.least, progress=step)
        else:
            answer = door.dedupe(tables[0], fields, least=given.least, progress=step)
    title = next((field.sources[0] for field in fields if field.kind in {"name", "person"}), "")
    names = tuple(
        {record.id: record.values.get(title, "") for record in records} for records in tables
    )
    return Found(answer, names, given.least)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file of columns says: the id's column, the fields, and what each column is called."""

    id: str
    fields: tuple[Field, ...]
    called: dict[str, str]


def _layout(path: Path) -> Layout:
    row = settings(path, known=("id", "columns"))
    id_ = row.text("id", default="id")
    fields: list[Field] = []
    called: dict[str, str] = {}
    for entry in tables_in(row, "columns"):
        name = entry.text("name")
        kind = entry.one_of("kind", KINDS)
        second = SECOND.get(kind, "with")
        _known_keys(entry, ("name", "kind", "as", second))
        others = entry.several(second)
        field = entry.text("as", default=name)
        standard = next((each for each in linkage.ORGANISATIONS if each.name == field), None)
        targets = standard.sources if standard and entry.has("as") else (name, *others)
        called |= dict(zip((name, *others), targets, strict=False))
        fields.append(Field(field, kind, targets))
    if not fields:
        raise row.fault("linkage.no_field", "columns")
    return Layout(id_, tuple(fields), called)


def _known_keys(entry: Row, known: Sequence[str]) -> None:
    for key in entry.cells:
        if key not in known:
            raise entry.fault("shell.unknown_column", key, choices=", ".join(known[1:]))


def _records(path: Path | Told, layout: Layout | None) -> tuple[list[Record], set[str]]:
    """The records of one table and its headings; with a layout, in the standard's words."""
    rows = table(path, needed=(), may_be_empty=True)
    heads = set(rows[0].cells) if rows else set()
    id_ = layout.id if layout and (layout.id in heads or "id" not in heads) else "id"
    records, seen = [], dict[str, int]()
    for row in rows:
        name = row.text(id_) if id_ in row.cells else ""
        if not name:
            raise Fault(row.path, Reason("shell.missing_column"), line=1, column=id_)
        if name in seen:
            raise row.fault("shell.twice", id_, value=name[:40], first=str(seen[name]))
        seen[name] = row.line
        records.append(Record(name, _values(row, layout)))
    if rows:
        _check_heads(rows[0].path, heads - {id_, ""}, layout)
    called = layout.called if layout else {}
    return records, {called.get(head, head) for head in heads}


def _values(row: Row, layout: Layout | None) -> dict[str, str]:
    called = layout.called if layout else {}
    return {
        called.get(head, head): row.text(head, default="")
        for head in row.cells
        if head and (not called or head in called or head in STANDARD)
    }


def _check_heads(path: Path, heads: set[str], layout: Layout | None) -> None:
    """Without a file of columns a heading that is not known is a fault; with one, none missing."""
    if layout is None:
        for head in sorted(heads - set(STANDARD)):
            reason = Reason("shell.link.unknown_columns", {"choices": ", ".join(STANDARD)})
            raise Fault(path, reason, line=1, column=head)
        return
    standard = {target for name, target in layout.called.items() if target in heads}
    for name, target in layout.called.items():
        if name not in heads and target not in standard:
            raise Fault(path, Reason("shell.missing_column"), line=1, column=name)


def _fields(layout: Layout | None, present: set[str]) -> list[Field]:
    """The fields for which there is a column somewhere."""
    listed = layout.fields if layout else linkage.ORGANISATIONS
    return [field for field in listed if not present or present & set(field.sources)]


def _copied(given: Namespace, teller: Teller) -> tuple[Copy, ...]:
    rows = table(given.texts, needed=("id", "text"), known=(), key="id", may_be_empty=True)
    texts = [Text(row.text("id"), row.text("text", default="")) for row in rows]
    known = [read_text(path) for path in given.known]
    with teller.progress("shell.link.copying") as step:
        return linkage.copied(texts, known=known, progress=step)


def _data(found: Found, *, two: bool) -> dict[str, object]:
    answer = found.answer
    return {
        "tables": 2 if two else 1,
        "least": found.least,
        "compared": answer.compared,
        "possible": answer.possible,
        "pairs": answer.pairs,
        "groups": answer.groups,
        "model": answer.model,
        "remarks": answer.remarks,
    }


def _parts(found: Found, given: Namespace, teller: Teller) -> list[Sheet | str]:
    """The answer for people: pairs with their reasons, groups of three or more, what to know."""
    answer = found.answer
    shown = answer.pairs[: max(given.show, 0)]
    rows = [
        (
            found.left(pair),
            found.right(pair),
            _percent(pair.probability, teller),
            "\n".join(teller.reason(step.reason) for step in pair.steps),
        )
        for pair in shown
    ]
    values: dict[str, Value] = {
        "found": len(answer.pairs),
        "least_share": found.least,
        "compared": answer.compared,
        "possible": answer.possible,
    }
    heads = ("first", "second", "chance", "why")
    parts: list[Sheet | str] = [
        Sheet("shell.link.pairs", [f"shell.link.{head}" for head in heads], rows, values)
    ]
    if not answer.pairs:
        parts.append(teller.say("shell.link.none"))
    if len(shown) < len(answer.pairs):
        parts.append(teller.say("shell.link.more", more=len(answer.pairs) - len(shown)))
    parts += _groups(answer, given)
    if given.weights:
        parts.append(_weights(answer, teller))
    return parts + [teller.reason(remark) for remark in answer.remarks]


def _groups(answer: Answer, given: Namespace) -> list[Sheet | str]:
    """Groups of three or more; a pair has been told already."""
    rows = [
        (", ".join(name for _, name in group.members), group.reason)
        for group in answer.groups
        if len(group.members) > 2
    ]
    heads = ("shell.link.members", "shell.link.why")
    return [Sheet("shell.link.groups", heads, rows[: max(given.show, 0)])] if rows else []


def _weights(answer: Answer, teller: Teller) -> Sheet:
    rows = [
        (
            level.field,
            level.outcome,
            round(level.bits, 1),
            _percent(level.same_share, teller),
            f"{level.different_share:.2g}",
        )
        for level in answer.model.levels
    ]
    heads = ("field", "outcome", "weight", "among_same", "among_different")
    return Sheet("shell.link.weights", [f"shell.link.{head}" for head in heads], rows)


def _percent(share: float, teller: Teller) -> str:
    return teller.say("shell.link.share", of_share=min(round(share, 4), 0.999))


def _copies(copies: Sequence[Copy], given: Namespace, teller: Teller) -> list[Sheet | str]:
    """Copied text for people: each passage with its place in both texts."""
    if not copies:
        return [teller.say("shell.link.no_copies")]
    texts = {
        row.text("id"): row.text("text", default="")
        for row in table(given.texts, needed=("id", "text"), known=(), may_be_empty=True)
    }
    rows = [
        (
            f"{copy.left} {passage.left_start}–{passage.left_end}",
            f"{copy.right} {passage.right_start}–{passage.right_end}",
            copy.reason if passage is copy.passages[0] else "",
            _brief(texts[copy.left][passage.left_start : passage.left_end]),
        )
        for copy in copies[: max(given.show, 0)]
        for passage in copy.passages
    ]
    heads = ("first", "second", "why", "passage")
    titles = [f"shell.link.{head}" for head in heads]
    return [Sheet("shell.link.copies", titles, rows, {"found": len(copies)})]


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else f"{words[:60]} … {words[-55:]}"


def _drawn(found: Found, teller: Teller) -> str:
    """The likeliest pairs as waterfalls."""
    named = {
        "prior": teller.say("shell.link.at_first"),
        "kin": teller.say("shell.link.relation"),
    }
    falls = [
        Fall(
            f"{found.left(pair)} — {found.right(pair)}",
            [(step.field or named[step.outcome], step.bits) for step in pair.steps],
            teller.say("shell.link.together"),
            _percent(pair.probability, teller),
        )
        for pair in found.answer.pairs[:DRAWN]
    ]
    return waterfalls(teller.say("shell.link.waterfall"), falls)
