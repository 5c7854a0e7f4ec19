"""`monarca publish KIND --out DIR`: the public files, written only where they are valid."""

from datetime import datetime
from pathlib import Path
from typing import Any

from monarca.engines.publishing.findings import Finding
from monarca.grants.disclosure import actions, queries
from monarca.grants.disclosure.queries import PublicFile
from monarca.grants.disclosure.states import Further, Kind
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, finish, now

ALL = "all"
EVERY = (*Kind.values, *(one.value for one in Further))


class Command(Base):
    """Thin door to `disclosure.queries.file_of` and `disclosure.actions.export`."""

    help = "Write the public files, each after its own validation."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        kinds = (*EVERY, ALL)
        parser.add_argument("kind", choices=kinds, metavar=f"{{{','.join(kinds)}}}")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="the folder for the files"
        )
        super().add_arguments(parser)

    def handle(self, *_args: Any, **given: Any) -> None:
        kind, folder = given["kind"], given["out"]
        if folder.exists() and not folder.is_dir():
            self.stop(f"{folder} is not a folder.", 2)
        kinds = EVERY if kind == ALL else (kind,)
        at = now()
        told = [self.publish(queries.file_of(one, at=at), folder, at=at) for one in kinds]
        lines = [line for one in told for line in lines_of(one)]
        self.tell({"files": told}, "\n".join(lines), as_json=given["json"])
        if not all(one["valid"] for one in told):
            finish(1)

    def publish(self, file: PublicFile, folder: Path, *, at: datetime) -> dict[str, Any]:
        """Write a valid file whole; an invalid one leaves none behind, not an older one either."""
        place = folder / file.name
        try:
            if file.is_valid:
                write(place, file.data)
                actions.export(file, by=None, at=at)
            else:
                place.unlink(missing_ok=True)
        except OSError as problem:
            self.stop(f"{place} cannot be written: {problem.strerror}.")
        return {
            "kind": str(file.kind),
            "file": str(place) if file.is_valid else None,
            "valid": file.is_valid,
            "count": file.count,
            "sha256": file.sha256 if file.is_valid else None,
            "findings": [row_of(file, one) for one in file.findings],
        }


def write(place: Path, data: bytes) -> None:
    """All of it or nothing: a reader never meets half a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{place.name}.part")
    half.write_bytes(data)
    half.replace(place)


def row_of(file: PublicFile, finding: Finding) -> dict[str, Any]:
    return {
        "file": file.name,
        "line": finding.line,
        "record": finding.place,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.text,
    }


def lines_of(told: dict[str, Any]) -> list[str]:
    """One row a finding, then what became of the file."""
    rows = [
        "{file}:{line}: {severity}: {rule}: {message}".format_map(one) for one in told["findings"]
    ]
    if told["valid"]:
        ending = "{file}: records {count}, SHA-256 {sha256}".format_map(told)
    else:
        ending = f"{told['kind']}: not valid, no file was written."
    return [*rows, ending]
