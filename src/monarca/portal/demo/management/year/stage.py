"""What every chapter of the sample year shares: the call, the people, the files by their names."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import monarca
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.ground.people.models import User

PACKAGE = Path(monarca.__file__).parent
PACK = PACKAGE / "packs" / "cfli-mexico"
INBOX = PACKAGE / "examples" / "inbox"
STORIES = PACKAGE / "examples" / "year"


def silent(_words: str) -> None:
    """Progress that nobody hears."""


@dataclass(slots=True)
class Year:
    """The stage: `files` and `speakers` are known by the short names of `examples/year`."""

    call: Call
    staff: Mapping[str, User]
    files: dict[str, Application] = field(default_factory=dict)
    speakers: dict[str, User] = field(default_factory=dict)
    say: Callable[[str], None] = silent

    def reload(self, name: str) -> Application:
        """The file as it stands now."""
        file = Application.objects.select_related("call", "applicant").get(pk=self.files[name].pk)
        self.files[name] = file
        return file


def told(chapter: str) -> dict[str, Any]:
    """One chapter as it is written in `examples/year/<chapter>.toml`."""
    return tomllib.loads((STORIES / f"{chapter}.toml").read_text(encoding="utf-8"))
