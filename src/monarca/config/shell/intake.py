"""`monarca intake FILE... --dry-run`: what filled forms, budgets and e-mails say, and where."""

import csv
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from monarca.config.shell.drawing import Mark, bars
from monarca.config.shell.files import Fault
from monarca.config.shell.showing import Sheet, Teller
from monarca.engines import packs
from monarca.engines.budgets.lines import Line
from monarca.engines.documents import intake as reader
from monarca.engines.documents.forms import FieldRead
from monarca.engines.documents.intake import Reading
from monarca.engines.documents.lexicon import questions
from monarca.engines.documents.stored import SURE
from monarca.engines.reasons import Reason, Value
from monarca.kit.reasons import written

BUNDLED = "cfli-mexico"
LONGEST = 70
PLACE = re.compile(r"(table|row|paragraph|line) (\d+)")
SHARES = ("fund_cents", "own_cents", "in_kind_cents", "other_cents")

EXAMPLE = """\
a complete example: an e-mail with a filled form (.docx, .odt or fillable .pdf) and a budget
(.xlsx, .ods, or a table inside the form), and a folder of such files

  monarca intake "solicitud comite agua.eml" carpeta/ --dry-run
  monarca intake formulario.docx --dry-run --json
  monarca intake formulaire.odt --dry-run --pack my-pack/ --lang fr

For every application: each answer that was read, how sure that is (0 to 100), and where it
stands; the lines of the budget; then what could not be read, and why. An answer that was seen and
not understood is listed with its words and never guessed.

--plot FILE draws a bar for every form: the share of the questions that were answered and read; a
form whose answers are doubtful more than once in four is marked by its colour.

--pack DIR is the fund's pack whose form is being read (without it: the bundled cfli-mexico).
Nothing is kept. `monarca intake FILE... --call CODE` keeps what it reads in an installation, where
a person confirms it; `monarca intake --call CODE --help` tells how.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca intake`."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="files, folders, e-mails, archives"
    )
    parser.add_argument("--dry-run", action="store_true", help="read, and keep nothing (needed)")
    parser.add_argument("--pack", type=Path, metavar="DIR", help="the pack whose form is read")


def answer(given: Namespace, teller: Teller) -> int:
    """Read everything and tell it; 1 when something could not be read, 2 when it is not there."""
    if not given.dry_run:
        teller.remark(teller.say("shell.intake.no_call"))
        return 2
    missing = [str(path) for path in given.paths if not path.exists()]
    if missing:
        teller.remark(teller.say("shell.intake.missing", files=", ".join(missing)))
        return 2
    form = _form(given.pack)
    found = list(_readings(given.paths, form, teller))
    teller.tell(_data(found, form, teller), *_parts(found, form, teller))
    teller.draw(_drawn(found, form, teller))
    return 1 if any(_problems(one) for one in found) else 0


def _form(directory: Path | None) -> dict[str, Any]:
    """The definition of the pack; raises Fault naming the pack's own first fault."""
    if directory is None:
        directory = Path(str(files("monarca").joinpath("packs", BUNDLED)))
    pack = packs.read(directory)
    if not pack.definition:
        error = next((one for one in pack.findings if one.severity == "error"), pack.findings[0])
        raise Fault(directory / error.file, error.reason, line=error.line, column=error.key)
    return pack.definition


def _municipalities() -> dict[str, str]:
    source = files("monarca").joinpath("ground", "codelists", "data", "mx_municipalities.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row["inegi_code"]: row["name"] for row in rows}


def _readings(paths: Sequence[Path], form: Mapping[str, Any], teller: Teller) -> Iterator[Reading]:
    folders = reader.walk(paths)
    whole = sum(map(len, folders.values()))
    with teller.progress("shell.intake.reading") as step:
        ticking = {folder: _ticked(many, step, whole) for folder, many in folders.items()}
        yield from reader.read_each(ticking, form, municipalities=_municipalities())


def _ticked(many: Iterable[Path], step: Callable[[int, int], None], whole: int) -> Iterator[Path]:
    for done, path in enumerate(many, 1):
        yield path
        step(done, whole)


def _problems(reading: Reading) -> list[tuple[str, Reason]]:
    """Each file that could not be read, and why; an application without a form is one of them."""
    name = reading.path or reading.name
    found = [(part.path or part.name, one) for part in reading.attachments for one in part.problems]
    known = [one for _, one in found]
    found += [(name, one) for one in reading.problems if one not in known]
    nothing = not reading.is_form and not (reading.budget and reading.budget.lines)
    return found or ([(name, Reason("intake.no_form"))] if nothing else [])


def _drawn(found: Sequence[Reading], form: Mapping[str, Any], teller: Teller) -> str:
    """A bar for every form: the share of the form's questions that were answered and read."""
    asked = [key for key, one in questions(form).items() if one.get("kind") != "file"]
    marks = []
    for one in found:
        read = [each for each in one.fields if each.value is not None and each.key in asked]
        doubtful = sum(each.confidence < SURE for each in read) + len(_unread(one))
        counts: dict[str, Value] = {"read": len(read), "asked": len(asked), "doubtful": doubtful}
        said = teller.say("shell.intake.drawn", **counts)
        share = len(read) / (len(asked) or 1)
        if one.is_form:
            marks.append(Mark(one.name, share, said=said, is_special=doubtful * 4 > len(read)))
    return bars(teller.say("shell.intake.drawing"), marks, most=1.0)


def _unread(reading: Reading) -> list[FieldRead]:
    return [one for one in reading.fields if one.value is None and one.text]


def _data(found: Sequence[Reading], form: Mapping[str, Any], teller: Teller) -> dict[str, Any]:
    return {
        "pack": form.get("pack", ""),
        "applications": [_entry(one, form, teller) for one in found],
    }


def _entry(reading: Reading, form: Mapping[str, Any], teller: Teller) -> dict[str, Any]:
    plain = reading.as_json()
    labels = questions(form)
    return {
        "file": reading.path or reading.name,
        "kind": reading.kind,
        "sha256": reading.sha256,
        "size": reading.size,
        "language": reading.language,
        "received_at": plain["received_at"],
        "fields": [
            {**one, "label": _label(labels[one["key"]], teller.lang)} for one in plain["fields"]
        ],
        "unread": [one.key for one in _unread(reading)],
        "unplaced": list(reading.unplaced),
        "budget": reading.budget and {**plain["budget"], "problems": list(reading.budget.problems)},
        "parts": [
            {"file": one.path or one.name, "role": one.role, "kind": one.kind, "sha256": one.sha256}
            for one in reading.attachments
        ],
        "problems": [{"file": name, "reason": why} for name, why in _problems(reading)],
    }


def _parts(
    found: Sequence[Reading], form: Mapping[str, Any], teller: Teller
) -> Iterator[Sheet | str]:
    known = questions(form)
    for reading in found:
        name = reading.path or reading.name
        answered = [one for one in reading.fields if one.value is not None]
        rows = [_row(one, known[one.key], teller) for one in answered]
        if rows:
            heads = ("question", "answer", "sure", "place")
            yield Sheet("shell.intake.answers", _heads(heads), rows, {"file": name})
        yield from _budget(reading, teller)
        unread = _unread(reading)
        if unread:
            lost = [(_label(known[one.key], teller.lang), _short(one.text)) for one in unread]
            yield Sheet("shell.intake.unread", _heads(("question", "text")), lost)
        if reading.is_form and reading.unplaced:
            strange = [
                (_short(one.label), _short(one.text), _place(one.place, teller))
                for one in reading.unplaced
            ]
            yield Sheet("shell.intake.unplaced", _heads(("question", "text", "place")), strange)
        yield from (f"{file}: {teller.reason(why)}" for file, why in _problems(reading))


def _heads(names: Sequence[str]) -> list[str]:
    return [f"shell.intake.head_{name}" for name in names]


def _row(read: FieldRead, question: Mapping[str, Any], teller: Teller) -> tuple[object, ...]:
    listed = question.get("list") or question.get("key") == "places"
    said = _short(read.text if listed else _shown(read.value, question, teller))
    return _label(question, teller.lang), said, read.confidence, _place(read.place, teller)


def _budget(reading: Reading, teller: Teller) -> Iterator[Sheet | str]:
    budget = reading.budget
    if budget is None or not budget.lines:
        return
    heads = ("description", "category", "total", "fund", "own", "in_kind", "other")
    rows = [_line(one, budget.currency, teller.lang) for one in budget.lines]
    values: dict[str, Value] = {
        "file": reading.path or reading.name,
        "sheet": budget.sheet,
        "sum_cents": budget.recomputed_total_cents,
        "currency": budget.currency,
    }
    yield Sheet("shell.intake.budget", _heads(heads), rows, values)
    yield from (teller.reason(one) for one in budget.problems)


def _line(line: Line, currency: str, lang: str) -> tuple[object, ...]:
    amounts = (line.cents, *(getattr(line, name) for name in SHARES))
    return (
        _short(line.description),
        line.category,
        *(written("sum_cents", one, lang, currency=currency) if one else "" for one in amounts),
    )


def _place(place: str, teller: Teller) -> str:
    """ "table 3, row 4" in the person's language."""
    return ", ".join(
        teller.say(f"shell.intake.place_{what}", number=number)
        for what, number in PLACE.findall(place)
    )


def _label(question: Mapping[str, Any], lang: str) -> str:
    label = question.get("label") or {}
    return str(label.get(lang) or question.get("key", ""))


def _shown(value: Any, question: Mapping[str, Any], teller: Teller) -> str:
    if isinstance(value, bool):
        return teller.say("shell.yes" if value else "shell.no")
    if isinstance(value, Mapping) and "cents" in value:
        return written("sum_cents", value["cents"], teller.lang, currency=value["currency"])
    if isinstance(value, Mapping):
        parts = (_shown(one, question, teller) for name, one in value.items() if name != "id")
        return ", ".join(part for part in parts if part)
    if isinstance(value, list):
        return "; ".join(_shown(one, question, teller) for one in value)
    options = {one["code"]: one for one in question.get("options", ())}
    return _label(options[value], teller.lang) if value in options else str(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
