"""`monarca …` on the command line: the words people type, and the command that answers each."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from monarca.config.environment import WrongSetting

COMMANDS = {
    "demo": "a sample year of the fund, made by real acts, and the web server to look at it",
    "init": "a new, empty installation in MONARCA_HOME",
    "serve": "the web server",
    "worker": "background work: letters",
    "tick": "the periodic work: closing, reminders, sealing; safe to run twice",
    "pack": "check or load a fund's pack: pack check DIR, pack load DIR",
    "intake": "read filled forms, budgets and e-mails into applications that wait for a person",
    "publish": "write the public files: publish iati, publish proactive-disclosure",
    "journal": "walk the hash chain: journal verify",
}
USAGE = "usage: monarca COMMAND [options]\n\n{commands}\n\nmonarca COMMAND --help tells more.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 done, 1 found problems, 2 wrong usage)."""
    try:
        return _answered(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 1


def shell() -> Any:
    """The commands on files; loaded where an interruption is already heard."""
    return import_module("monarca.config.shell")


def _answered(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0 if words else 2
    if words[0] not in COMMANDS | shell().DOORS:
        sys.stderr.write(f"monarca has no command {words[0]!r}.\n\n{usage()}")
        return 2
    return run(words)


def usage() -> str:
    known = COMMANDS | shell().DOORS
    width = max(map(len, known))
    lines = [f"  {name:<{width}}  {what}" for name, what in known.items()]
    return USAGE.format(commands="\n".join(lines))


def run(words: Sequence[str]) -> int:
    """A command of `config.shell` is answered there; every other is one of Django's."""
    try:
        door = shell()
        return door.run(words) if door.has_door(words) else manage(words)
    except OSError as problem:
        if os.environ.get("MONARCA_TRACEBACK"):
            raise
        sys.stderr.write(f"The answer could not be written or read: {problem}.\n")
        return 1
    except Exception as problem:
        if os.environ.get("MONARCA_TRACEBACK"):
            raise
        sys.stderr.write(
            f"Something went wrong that Monarca did not expect ({type(problem).__name__}: "
            f"{problem}). Set MONARCA_TRACEBACK=1 to see where.\n"
        )
        return 1


def manage(words: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monarca.config.settings")
    if words[0] == "demo":
        os.environ.setdefault("MONARCA_DEMO", "1")
        os.environ.setdefault("MONARCA_SECOND_FACTOR", "0")
        prepare_demo_home(words)
    try:
        return execute(words)
    except WrongSetting as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


def prepare_demo_home(words: Sequence[str]) -> None:
    """The demo's --home is the installation's home, so it must be known before settings are."""
    for place, word in enumerate(words):
        if word == "--home" and place + 1 < len(words):
            os.environ["MONARCA_HOME"] = words[place + 1]
        elif word.startswith("--home="):
            os.environ["MONARCA_HOME"] = word.partition("=")[2]
    os.environ.setdefault("MONARCA_HOME", "var/demo")


def execute(words: Sequence[str]) -> int:
    from django.core.management import ManagementUtility  # noqa: PLC0415

    try:
        ManagementUtility(["monarca", *words]).execute()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
