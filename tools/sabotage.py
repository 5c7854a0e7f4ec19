"""Break the house's rules one at a time, in a copy, and show which guard bites.

Each sabotage is a small edit and the one guard that must notice it. A sabotage that no guard
notices ends the run with exit 1: then a rule has no teeth.

    tools/sabotage.py            all of them
    tools/sabotage.py NAME...    some of them
    tools/sabotage.py --list
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRANTS = "src/monarca/grants"
GROUND = "src/monarca/ground"


@dataclass(frozen=True)
class Sabotage:
    name: str
    edit: Callable[[Path], None]
    guard: tuple[str, ...]
    says: str


def add(path: str, text: str) -> Callable[[Path], None]:
    """Add lines at the end of a file."""

    def edit(copy: Path) -> None:
        file = copy / path
        file.write_text(file.read_text() + "\n\n" + text + "\n")

    return edit


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a text that must be there."""

    def edit(copy: Path) -> None:
        file = copy / path
        text = file.read_text()
        if old not in text:
            raise SystemExit(f"The sabotage of {path} no longer fits: {old!r} is not there.")
        file.write_text(text.replace(old, new, 1))

    return edit


def make(path: str, text: str) -> Callable[[Path], None]:
    def edit(copy: Path) -> None:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text)

    return edit


IMPORTS = ("bin:lint-imports",)
RUFF = ("bin:ruff", "check", "src")


def tests(*which: str) -> tuple[str, ...]:
    return ("bin:pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *which)


SABOTAGES = [
    Sabotage(
        "a room imports a room downstream",
        add(
            f"{GRANTS}/applications/queries.py",
            "from monarca.grants.agreements import models  # noqa",
        ),
        IMPORTS,
        "The river",
    ),
    Sabotage(
        "the same, hidden inside a function",
        add(
            f"{GRANTS}/applications/queries.py",
            "def later():\n    from monarca.grants.agreements import models  # noqa\n    return models",
        ),
        IMPORTS,
        "The river",
    ),
    Sabotage(
        "an engine imports Django",
        add("src/monarca/engines/money.py", "from django.conf import settings  # noqa"),
        IMPORTS,
        "Engines know no Django",
    ),
    Sabotage(
        "questions import verbs",
        add(
            f"{GRANTS}/decisions/queries/__init__.py",
            "from monarca.grants.decisions import actions  # noqa",
        ),
        IMPORTS,
        "Inside a room",
    ),
    Sabotage(
        "an act calls another room's act",
        make(
            f"{GRANTS}/decisions/actions/favours.py",
            '"""Favours."""\n\nfrom monarca.grants.applications import actions as others  # noqa\n',
        ),
        IMPORTS,
        "Verbs are spoken only at the edge",
    ),
    Sabotage(
        "the kit knows a room",
        add("src/monarca/kit/guard.py", "from monarca.ground.people import models  # noqa"),
        IMPORTS,
        "Floors",
    ),
    Sabotage(
        "an undeclared room in the river",
        make(f"{GRANTS}/favours/__init__.py", ""),
        IMPORTS,
        "The river",
    ),
    Sabotage(
        "a programme knows the river",
        add(
            "src/monarca/programmes/shares/queries.py",
            "from monarca.grants.calls import models as calls  # noqa",
        ),
        IMPORTS,
        "Floors",
    ),
    Sabotage(
        "a programme knows another",
        add(
            "src/monarca/programmes/shares/queries.py",
            "from monarca.programmes.youthlab import models as others  # noqa",
        ),
        IMPORTS,
        "Programmes: none knows another",
    ),
    Sabotage(
        "a query reads the clock",
        add(
            f"{GRANTS}/calls/queries.py",
            "def now():\n    from django.utils import timezone\n    return timezone.now()",
        ),
        RUFF,
        "TID251",
    ),
    Sabotage(
        "a signal",
        add(
            f"{GRANTS}/calls/queries.py",
            "from django.db.models.signals import post_save  # noqa: F401, E402",
        ),
        RUFF,
        "TID251",
    ),
    Sabotage(
        "a view writes by itself",
        add(f"{GRANTS}/calls/views.py", "def scribble(call):\n    call.save()"),
        tests("tests/test_house.py", "-k", "only_actions_write"),
        "test_only_actions_write",
    ),
    Sabotage(
        "an act without a line in the journal",
        swap(
            f"{GRANTS}/calls/actions.py", '    record("call.cancelled", call, by=by, at=at)\n', ""
        ),
        tests("tests/test_house.py", "-k", "line_in_the_journal"),
        "calls/actions.py:cancel",
    ),
    Sabotage(
        "an act without a guard",
        swap(f"{GRANTS}/calls/actions.py", "    require(policy.may_close(by, call, at=at))\n", ""),
        tests("tests/test_house.py", "-k", "a_guard"),
        "calls/actions.py:close",
    ),
    Sabotage(
        "a foreign key that can be followed downstream",
        swap(
            f"{GRANTS}/screening/models.py",
            'Application, models.PROTECT, related_name="+"',
            'Application, models.PROTECT, related_name="screenings"',
        ),
        tests("tests/test_house.py", "-k", "point_upstream"),
        "related_name",
    ),
    Sabotage(
        "a barred person is let in",
        swap(
            f"{GRANTS}/applications/gate.py",
            "(held | mine | named) & ~barred",
            "held | mine | named",
        ),
        tests("tests/grants/test_gates.py"),
        "barred",
    ),
    Sabotage(
        "a sealed file shows itself to the mission",
        swap(
            f"{GRANTS}/applications/gate.py",
            '    held &= ~Q((f"{path}sensitivity", Sensitivity.SEALED))\n',
            "",
        ),
        tests("tests/grants/test_gates.py"),
        "sealed",
    ),
    Sabotage(
        "a late submission is taken",
        swap(
            f"{GRANTS}/applications/actions/filing.py",
            "    if not held.call.is_open(at):\n        raise CallIsClosed(call=held.call.code)\n    if what",
            "    if what",
        ),
        tests("tests/grants/applications/test_submitting.py"),
        "closing",
    ),
    Sabotage(
        "the envelope is not asked",
        swap(f"{GROUND}/envelopes/actions.py", "cents > balance.left_cents", "False"),
        tests("tests/ground/envelopes"),
        "refused",
    ),
    Sabotage(
        "the journal loses its triggers",
        swap(
            "src/monarca/kit/triggers.py",
            "            install(table, columns, once, using)",
            "            pass",
        ),
        tests("tests/ground/journal"),
        "guarded",
    ),
    Sabotage(
        "an entry's hash forgets its data",
        swap(f"{GROUND}/journal/queries.py", '        "data": entry.data,\n', ""),
        tests("tests/ground/journal"),
        "changed_entry",
    ),
    Sabotage(
        "a translation goes missing",
        swap("src/monarca/locale/fr/LC_MESSAGES/django.po", 'msgstr "Ouvert', 'msgstr "" #'),
        ("python", "tools/words.py", "--check"),
        "fr",
    ),
    Sabotage(
        "a sealed project is told in full",
        swap(
            f"{GRANTS}/disclosure/queries/telling.py",
            "allowed = row.level in OPEN_TO[row.application.sensitivity]",
            "allowed = True",
        ),
        tests("tests/grants/disclosure/test_files.py", "-k", "looks_again"),
        "looks_again",
    ),
    Sabotage(
        "one person certifies and releases",
        swap(f"{GRANTS}/payments/policy.py", " and request.certified_by_id != user.pk", ""),
        tests("tests/grants/payments/test_paying.py"),
        "FAILED",
    ),
    Sabotage(
        "a refusal that nobody can read",
        add(f"{GRANTS}/calls/actions.py", "class NotToday(Refused):\n    pass"),
        tests("tests/kit/test_refusals_in_words.py"),
        "NotToday",
    ),
    Sabotage(
        "a page nobody looks at",
        add(
            f"{GRANTS}/calls/urls.py",
            'urlpatterns += [path("calls/<str:code>/hidden/", views.detail, name="hidden")]',
        ),
        tests("tests/browser/test_every_page.py", "-k", "has_an_example"),
        "no example",
    ),
    Sabotage(
        "money in floats",
        add(
            f"{GRANTS}/results/models.py",
            "class Loose(Record):\n    cents = models.FloatField()\n\n    def __str__(self) -> str:\n        return ''",
        ),
        RUFF,
        "TID251",
    ),
]


def command(guard: tuple[str, ...]) -> list[str]:
    first = guard[0]
    binary = ROOT / ".venv" / "bin" / first.removeprefix("bin:")
    return [str(binary), *guard[1:]]


def copied(folder: Path) -> Path:
    copy = folder / "monarca"
    skip = shutil.ignore_patterns(
        ".git",
        ".venv",
        "var",
        "__pycache__",
        ".mypy_cache",
        ".hypothesis",
        "*.egg-info",
        ".pytest_cache",
        ".ruff_cache",
        ".import_linter_cache",
    )
    shutil.copytree(ROOT, copy, ignore=skip)
    return copy


def tried(sabotage: Sabotage, copy: Path) -> tuple[bool, str]:
    """Did the guard bite, and what did it say?"""
    before = {
        p: p.read_bytes() for p in copy.rglob("*") if p.is_file() and p.suffix in {".py", ".po"}
    }
    sabotage.edit(copy)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(copy / "src"),
        "HOME": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        command(sabotage.guard),
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    for path in [p for p in copy.rglob("*") if p.is_file() and p.suffix in {".py", ".po"}]:
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])
    favours = copy / GRANTS / "favours"
    if favours.exists():
        shutil.rmtree(favours)
    said = done.stdout + done.stderr
    return done.returncode != 0 and sabotage.says in said, said


def guards_hold(copy: Path, chosen: list[Sabotage]) -> list[str]:
    """Guards that complain about the untouched copy would prove nothing."""
    wrong = []
    for guard in dict.fromkeys(s.guard for s in chosen):
        environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(copy / "src"),
            "HOME": str(copy),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            command(guard),
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if done.returncode:
            wrong.append(" ".join(guard) + "\n" + (done.stdout + done.stderr)[-800:])
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    chosen = [s for s in SABOTAGES if not options.names or s.name in options.names]
    if options.list:
        print("\n".join(s.name for s in SABOTAGES))
        return 0
    missed = 0
    with tempfile.TemporaryDirectory(prefix="monarca-sabotage-") as folder:
        copy = copied(Path(folder))
        for complaint in guards_hold(copy, chosen):
            print(f"This guard complains before any sabotage:\n{complaint}")
            return 1
        for sabotage in chosen:
            start = time.perf_counter()
            bit, said = tried(sabotage, copy)
            missed += not bit
            seconds = time.perf_counter() - start
            print(
                f"{'bites ' if bit else 'MISSED'}  {sabotage.name:<45} {Path(command(sabotage.guard)[0]).name}: {sabotage.says}  ({seconds:.1f} s)",
                flush=True,
            )
            if not bit:
                print(said[-1500:])
    print(f"{len(chosen) - missed} of {len(chosen)} sabotages were caught.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
