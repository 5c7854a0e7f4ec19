"""`monarca pack check DIR` and `monarca pack load DIR`: a fund's pack, verified and loaded."""

import argparse
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monarca.engines import packs
from monarca.engines.states import MoveRefused
from monarca.grants.calls import actions
from monarca.grants.calls.models import Call
from monarca.grants.calls.states import Status
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, finish, now


class WrongUsage(Exception):
    """The command was given something it cannot use."""


@dataclass(frozen=True, slots=True)
class Window:
    opens_at: datetime | None
    closes_at: datetime | None

    def over(self, definition: dict[str, Any]) -> dict[str, Any]:
        """The definition with this window; a missing end is the pack's own."""
        if self.opens_at is None and self.closes_at is None:
            return definition
        call = definition["call"]
        opens = self.opens_at or datetime.fromisoformat(call["opens_at"])
        closes = self.closes_at or datetime.fromisoformat(call["closes_at"])
        if closes <= opens:
            raise WrongUsage(f"The call would close ({closes}) before it opens ({opens}).")
        return packs.for_window(definition, opens_at=opens, closes_at=closes)


def instant(text: str) -> datetime:
    """An ISO 8601 instant with its offset: 2024-03-04T09:00:00-06:00 or …Z."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an ISO instant like 2024-03-04T15:00:00Z."
        ) from None
    if at.utcoffset() is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} says no time zone: write 2024-03-04T15:00:00Z or …-06:00."
        )
    return at


class Command(Base):
    """Thin door to `engines.packs` and `calls.actions.load`."""

    help = "Check or load a fund's pack (a call and all it needs)."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|load")
        check = verbs.add_parser("check", help="verify a pack: file, key, line and what is wrong")
        load = verbs.add_parser("load", help="make or update the pack's draft call")
        load.add_argument("--opens", type=instant, metavar="T", help="another opening (ISO 8601)")
        load.add_argument("--closes", type=instant, metavar="T", help="another closing (ISO 8601)")
        load.add_argument("--publish", action="store_true", help="publish the call as well")
        for each in (check, load):
            each.add_argument("dir", type=Path, metavar="DIR", help="the folder of the pack")
            super().add_arguments(each)

    def handle(self, *_args: Any, **given: Any) -> None:
        if not given["dir"].is_dir():
            self.stop(f"{given['dir']} is not a folder.", 2)
        pack = packs.read(given["dir"])
        if given["verb"] == "check" or not pack.is_sound:
            self.tell_findings(pack, as_json=given["json"])
        if not pack.is_sound:
            finish(1)
        if given["verb"] == "load":
            self.load_pack(pack, given)

    def tell_findings(self, pack: packs.Pack, *, as_json: bool) -> None:
        rows = rows_of(pack)
        errors = sum(row["severity"] == "error" for row in rows)
        verdict = "The pack is sound" if pack.is_sound else "The pack cannot be loaded"
        ending = f"{verdict}: errors {errors}, warnings {len(rows) - errors}."
        lines = [*map(line_of, rows), ending]
        self.tell({"sound": pack.is_sound, "findings": rows}, "\n".join(lines), as_json=as_json)

    def load_pack(self, pack: packs.Pack, given: dict[str, Any]) -> None:
        window = Window(given["opens"], given["closes"])
        try:
            definition = window.over(pack.definition)
            call = load(definition, publish=given["publish"], at=now())
        except WrongUsage as wrong:
            self.stop(str(wrong), 2)
        except MoveRefused:
            self.stop("The call cannot be published: it was closed or cancelled.")
        self.tell_call(call, as_json=given["json"])

    def tell_call(self, call: Call, *, as_json: bool) -> None:
        told = {
            "call": call.code,
            "status": str(call.status),
            "opens_at": call.opens_at.isoformat(),
            "closes_at": call.closes_at.isoformat(),
        }
        text = "{call} is {status}: opens {opens_at}, closes {closes_at}.".format_map(told)
        self.tell(told, text, as_json=as_json)


def load(definition: dict[str, Any], *, publish: bool, at: datetime) -> Call:
    call = actions.load(definition, by=None, at=at)
    if publish and call.status == Status.DRAFT:
        call = actions.publish(call, by=None, at=at)
    return call


def rows_of(pack: packs.Pack) -> list[dict[str, Any]]:
    return [
        {
            "file": finding.file,
            "key": finding.key,
            "line": finding.line,
            "severity": finding.severity,
            "code": finding.reason.code,
            "message": finding.text,
        }
        for finding in pack.findings
    ]


def line_of(row: dict[str, Any]) -> str:
    key = f" {row['key']}" if row["key"] else ""
    return f"{row['file']}:{row['line']}{key}: {row['severity']}: {row['message']}"
