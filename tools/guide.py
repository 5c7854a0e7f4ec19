"""Write the part of docs/guide that can be read from the code: moves, verbs, refusals, pages.

    tools/guide.py            bring the pages up to date
    tools/guide.py --check    exit 1, naming the page, when one is not

What stands above the mark is written by hand; what stands below is taken from states.py, actions,
the classes of refusals with their sentences, and urls.py, so that it cannot go stale.
"""

import argparse
import ast
import importlib
import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "monarca"
GUIDE = ROOT / "docs" / "guide"
FLOORS = ("grants", "ground", "programmes")
MARK = "<!-- from here on: taken from the code by tools/guide.py -->"
RIVER = (
    "calls",
    "applications",
    "screening",
    "reviews",
    "decisions",
    "agreements",
    "reports",
    "payments",
    "results",
    "disclosure",
)
BESIDE = ("commitments", "dialogues", "consultations", "youthlab", "climate", "shares")
"""The register of promises, and the programmes beside the river, which know nothing of it."""


def parts(room: str, name: str) -> Iterator[ModuleType]:
    """The module `name` of a room, or every module of the package that it has become."""
    floor = next(one for one in FLOORS if (SOURCE / one / room).is_dir())
    place = SOURCE / floor / room / name
    dotted = f"monarca.{floor}.{room}.{name}"
    if place.is_dir():
        for path in sorted(place.glob("*.py")):
            yield importlib.import_module(f"{dotted}.{path.stem}".removesuffix(".__init__"))
    elif place.with_suffix(".py").exists():
        yield importlib.import_module(dotted)


def moves(room: str) -> str:
    from monarca.engines.states import Moves

    drawn = []
    for module in parts(room, "states"):
        for name, table in vars(module).items():
            if isinstance(table, Moves):
                drawn.append(diagram(name, table.table))
    return "\n".join(["## Moves", "", *drawn]) if drawn else ""


def diagram(name: str, table: dict[str, tuple[frozenset[str], str]]) -> str:
    """One table of moves as a picture that a forge draws."""
    arrows = [
        f"    {start.value} --> {end.value}: {move}"
        for move, (starts, end) in table.items()
        for start in sorted(starts)
    ]
    title = name.removesuffix("MOVES").strip("_").replace("_", " ").lower()
    head = [f"{title.capitalize()}:", ""] if title else []
    return "\n".join([*head, "```mermaid", "stateDiagram-v2", *arrows, "```", ""])


def verbs(room: str) -> str:
    rows = []
    for module in parts(room, "actions"):
        for name in acts_in(Path(inspect.getsourcefile(module) or "")):
            said = inspect.getdoc(getattr(module, name)) or ""
            rows.append(f"| `{name}` | {sentence(said)} |")
    return table("Verbs", ("in `actions`", "what it does"), rows)


def acts_in(path: Path) -> list[str]:
    """The public functions of a module that take an actor and an instant."""
    return [
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}
    ]


def refusals(room: str) -> str:
    from monarca.kit import reasons as sentences
    from monarca.kit.guard import Refused

    words = sentences.catalogue()
    found = {}
    for module in parts(room, "actions"):
        for name, kind in vars(module).items():
            if (
                inspect.isclass(kind)
                and issubclass(kind, Refused)
                and kind.__module__ == module.__name__
            ):
                found[name] = words.get(name, {}).get("en") or sentence(inspect.getdoc(kind) or "")
    rows = [f"| `{name}` | {said} |" for name, said in sorted(found.items())]
    return table("What is refused, and in which words", ("refusal", "what the person reads"), rows)


def pages(room: str) -> str:
    rows = [
        f"| `/{{lang}}/{each.pattern}` | {sentence(inspect.getdoc(each.callback) or each.name)} |"
        for urls in parts(room, "urls")
        for each in urls.urlpatterns
    ]
    return table("Pages", ("address", "what it is"), rows)


def table(title: str, head: tuple[str, str], rows: list[str]) -> str:
    if not rows:
        return ""
    return "\n".join([f"## {title}", "", f"| {head[0]} | {head[1]} |", "|---|---|", *rows, ""])


def sentence(said: str) -> str:
    """The first paragraph of a docstring on one line of a table."""
    return " ".join(said.split("\n\n")[0].split()).replace("|", "\\|")


def page(number: int, room: str) -> tuple[Path, str]:
    path = GUIDE / f"{number:02}-{room}.md"
    own = path.read_text(encoding="utf-8").partition(MARK)[0] if path.exists() else ""
    own = own.strip() or f"# {room.capitalize()}"
    told = [part.strip() for part in (moves(room), verbs(room), refusals(room), pages(room))]
    return path, "\n\n".join([own, MARK, *(part for part in told if part)]) + "\n"


def main() -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--check", action="store_true")
    options = reader.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monarca.config.settings")
    import django

    django.setup()
    stale = []
    for number, room in enumerate((*RIVER, *BESIDE), 1):
        path, text = page(number, room)
        if options.check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(str(path.relative_to(ROOT)))
        elif not options.check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"Not up to date: {', '.join(stale)}. Run make guide.")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
