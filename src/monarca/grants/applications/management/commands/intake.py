"""`monarca intake FILE... --call CODE`: read what arrived into rows that wait for a person."""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from monarca.engines import likeness
from monarca.engines.documents import intake as reader
from monarca.engines.documents.intake import File, Reading
from monarca.engines.likeness import Marks
from monarca.engines.reasons import Reason
from monarca.grants.applications import actions
from monarca.grants.applications.actions import Arrived
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.calls.states import Status
from monarca.ground.codelists import queries as codelists
from monarca.kit.command import Command as Base
from monarca.kit.command import CommandError, Parser, finish, now

BAR = 30
STEP = 25


def instant(text: str) -> datetime:
    """An ISO 8601 instant with its offset: 2024-04-19T17:00:00-06:00 or …Z."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an instant with its time zone, like 2024-04-19T23:00:00Z."
        )
    return at


class Command(Base):
    """Thin door to `engines.documents.intake` and `applications.actions.take_in`."""

    help = "Read filled forms, budgets and e-mails into applications that wait for a person."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FILE", help="files, folders and zip archives"
        )
        parser.add_argument("--call", required=True, metavar="CODE", help="the call they answer")
        parser.add_argument(
            "--received",
            type=instant,
            metavar="T",
            help="when files arrived that do not say so themselves (ISO 8601; else now)",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write the JSON document to this file"
        )
        parser.add_argument("--dry-run", action="store_true", help="read, and write nothing")
        super().add_arguments(parser)

    def handle(self, *_args: Any, **given: Any) -> None:
        call = self.call_of(given["call"])
        self.check_paths(given["paths"], given["report"])
        told = Told(call, dry_run=given["dry_run"])
        for arrived in self.arrivals(call, given):
            told.add(arrived, self.entry_of(arrived))
        if told.undated and not given["received"]:
            self.remark(
                f"{told.undated} did not say when they arrived and count as arriving now; "
                "--received gives another instant."
            )
        report = told.as_json()
        if given["report"]:
            given["report"].write_text(f"{written(report)}\n", encoding="utf-8")
        self.tell(report, told.as_text(), as_json=given["json"])
        if told.counts["unreadable"]:
            finish(1)

    def call_of(self, code: str) -> Call:
        try:
            return Call.objects.exclude(status=Status.CANCELLED).get(code=code)
        except Call.DoesNotExist:
            raise CommandError(f"There is no call with the code {code}.", returncode=2) from None

    def check_paths(self, paths: list[Path], report: Path | None) -> None:
        """Wrong usage is told before anything is read or written."""
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            self.stop(f"There is no file or folder {', '.join(missing)}.", 2)
        if report is not None and (report.is_dir() or not report.absolute().parent.is_dir()):
            self.stop(f"The report cannot be written to {report}.", 2)

    def arrivals(self, call: Call, given: dict[str, Any]) -> Iterator[Arrived]:
        at = now()
        for reading in self.readings(call, given["paths"]):
            if given["dry_run"]:
                yield actions.look_at(reading, call=call, by=None, at=at)
            else:
                received = given["received"]
                yield actions.take_in(reading, call=call, by=None, at=at, received_at=received)

    def readings(self, call: Call, paths: list[Path]) -> Iterator[Reading]:
        folders = reader.walk(paths)
        progress = Progress(self, sum(map(len, folders.values())))
        ticking = {folder: progress.over(files) for folder, files in folders.items()}
        definition = calls.definition_of(call)
        yield from reader.read_each(
            ticking, definition, municipalities=codelists.municipality_names()
        )
        progress.end()

    def entry_of(self, arrived: Arrived) -> dict[str, Any]:
        """One arrival for the report: what was read, with confidence and place, and what not."""
        reading, intake = arrived.reading, arrived.intake
        plain = reading.as_json()
        return {
            "file": reading.path or reading.name,
            "name": reading.source.name if reading.source else reading.name,
            "kind": reading.kind,
            "sha256": reading.arrived or reading.sha256,
            "size": reading.size,
            "status": status_of(arrived),
            "key": intake.key if intake else None,
            "received_at": plain["received_at"],
            "language": reading.language,
            "fields": plain["fields"],
            "unread": [one.key for one in reading.fields if one.value is None and one.text],
            "budget": plain["budget"] and {**plain["budget"], "problems": self.budget_of(reading)},
            "parts": [self.part_of(one) for one in reading.attachments],
            "problems": self.reasons_of(arrived),
            "perhaps_same_group": [{"key": twin.key, "file": str(twin)} for twin in arrived.twins],
        }

    def part_of(self, file: File) -> dict[str, Any]:
        return {
            "file": file.path or file.name,
            "role": file.role,
            "kind": file.kind,
            "sha256": file.sha256,
            "size": file.size,
            "problems": [self.because(one) for one in file.problems],
        }

    def budget_of(self, reading: Reading) -> list[dict[str, str]]:
        return [self.because(one) for one in reading.budget.problems] if reading.budget else []

    def reasons_of(self, arrived: Arrived) -> list[dict[str, str]]:
        reading = arrived.reading
        code = actions.problem_of(reading)
        found = [*reading.problems]
        found += [one for part in reading.attachments for one in part.problems if one not in found]
        if code and not found:
            found = [Reason(code)]
        return [self.because(one) for one in found]

    def because(self, reason: Reason) -> dict[str, str]:
        return {"code": reason.code, "message": self.sentence(reason)}


def status_of(arrived: Arrived) -> str:
    """`new` or `known` for what can be confirmed, `unreadable` for what cannot."""
    if actions.problem_of(arrived.reading):
        return "unreadable"
    return "new" if arrived.is_new else "known"


def written(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)


class Told:
    """What the run found, as one document and as lines for people."""

    def __init__(self, call: Call, *, dry_run: bool) -> None:
        self.call, self.dry_run = call, dry_run
        self.entries: list[dict[str, Any]] = []
        self.undated = 0
        self.met: list[tuple[Marks, dict[str, Any]]] = []
        self.counts = {"arrivals": 0, "new": 0, "known": 0, "unreadable": 0, "made": 0}

    def add(self, arrived: Arrived, entry: dict[str, Any]) -> None:
        if self.dry_run and entry["status"] == "new":
            self.compare(arrived.reading, entry)
        self.entries.append(entry)
        self.counts["arrivals"] += 1
        self.counts[entry["status"]] += 1
        self.undated += entry["status"] == "new" and entry["received_at"] is None
        self.counts["made"] += bool(arrived.is_new and arrived.intake)

    def compare(self, reading: Reading, entry: dict[str, Any]) -> None:
        """A dry run leaves no rows, so arrivals of the same run are compared here."""
        marks = likeness.marks_of({one.key: one.value for one in reading.fields})
        for theirs, other in self.met:
            if {one["sha256"] for one in entry["parts"]} <= {
                one["sha256"] for one in other["parts"]
            }:
                entry["status"] = "known"
                return
            if likeness.same_group(marks, theirs):
                entry["perhaps_same_group"].append({"key": None, "file": other["name"]})
        self.met.append((marks, entry))

    def as_json(self) -> dict[str, Any]:
        head = {"call": self.call.code, "dry_run": self.dry_run, "counts": self.counts}
        return {**head, "files": self.entries}

    def as_text(self) -> str:
        end = (
            "{arrivals} read: {new} new, {known} here already, {unreadable} could not be read."
        ).format_map(self.counts)
        after = (
            "Nothing was written." if self.dry_run else "A person confirms them at desk/intake/."
        )
        return "\n".join([*map(line_of, self.entries), f"{end} {after}"])


def line_of(entry: dict[str, Any]) -> str:
    head = f"{entry['status']:<10} {entry['file']}"
    if entry["status"] == "unreadable":
        said = " ".join(one["message"] for one in entry["problems"])
        return f"{head}: {said} SHA-256 {entry['sha256'][:16] or 'unknown'}…"
    filled = sum(one["value"] is not None for one in entry["fields"])
    lines = len(entry["budget"]["lines"]) if entry["budget"] else 0
    said = f"{filled} answers, {len(entry['unread'])} not understood, {lines} lines of budget"
    faults = [one["message"] for one in entry["problems"]]
    faults += [one["message"] for one in (entry["budget"] or {}).get("problems", ())]
    twins = [f"Perhaps the same group as {one['file']}." for one in entry["perhaps_same_group"]]
    return " ".join([f"{head}: {said}.", *faults, *twins])


class Progress:
    """How far the reading is, on standard error: a bar on a terminal, else a line now and then."""

    def __init__(self, command: Base, total: int) -> None:
        self.command, self.total, self.done = command, total, 0
        self.is_bar = bool(command.stderr.isatty())

    def over(self, files: Iterable[Path]) -> Iterator[Path]:
        for file in files:
            self.show()
            yield file
            self.done += 1

    def show(self) -> None:
        if self.is_bar:
            full = BAR * self.done // max(self.total, 1)
            bar = f"\r[{'#' * full}{' ' * (BAR - full)}] {self.done}/{self.total}"
            self.command.stderr.write(bar, ending="")
        elif self.done and self.done % STEP == 0:
            self.command.remark(f"Read {self.done} of {self.total} files.")

    def end(self) -> None:
        self.show()
        if self.is_bar:
            self.command.stderr.write("")
