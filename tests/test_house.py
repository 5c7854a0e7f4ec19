"""The house rules that no linter knows."""

import ast
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.apps import apps

SOURCE = Path(__file__).parents[1] / "src" / "monarca"


def parts_of(path):
    """The folders and the name below the package, wherever the checkout is."""
    return path.relative_to(SOURCE).parts


MODULES = [p for p in SOURCE.rglob("*.py") if "migrations" not in parts_of(p)]
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "add",
    "remove",
    "set",
}
ROOMS = ("ground", "grants", "programmes", "portal")
FILES = {
    "urls",
    "views",
    "forms",
    "actions",
    "queries",
    "policy",
    "models",
    "states",
    "http",
    "apps",
    "tasks",
    "management",
    "migrations",
    "templatetags",
    "data",
    "__init__",
}
GATE = {"gate"}
"""The one condition of who may see a file: docs/decisions/0007."""
NOT_AN_ACT = {
    "save_answers",
    "save_budget",
    "save_story",
    "save_expenses",
    "attach",
    "detach",
    "keep",
    "seal",
}
"""Saving a draft is not an act (every earlier value stays), nor is a paper beside a draft."""
KIT = {
    "record": "the row every table is made of, and rows as a subquery",
    "moving": "compare-and-set moves, and one at a time",
    "guard": "refusals",
    "trilingual": "texts in three languages",
    "formats": "numbers, money, dates, deadlines in words",
    "filters": "the same, in templates",
    "reasons": "sentences of reasons",
    "paging": "one screen of a long list, and an inbox",
    "triggers": "append-only tables",
    "parts": "what a view puts into a table cell",
    "widgets": "form widgets drawn by the components",
    "command": "what every command shares",
}


def relative(path):
    return str(path.relative_to(SOURCE))


def names_called(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func.value), node.lineno


def is_writer(path):
    return path.name == "actions.py" or "actions" in parts_of(path) or path.name == "moving.py"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_actions_write(path):
    if is_writer(path) or "engines" in parts_of(path):
        return
    writes = [
        f"{owner}.{name}:{line}"
        for name, owner, line in names_called(ast.parse(path.read_text()))
        if (name in WRITES - {"add", "remove", "set", "update"} and not harmless(owner, name))
        or (name in WRITES and "objects" in owner)
    ]
    assert writes == []


def harmless(owner, name):
    """Things that are called save or create and touch no table of ours."""
    return owner in {"super()", "book", "document", "workbook", "image", "picture"} or (
        name == "create" and owner == "ModuleType"
    )


def actions():
    for path in MODULES:
        if is_writer(path) and path.name != "moving.py" and "journal" not in parts_of(path):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and any(
                    "atomic" in ast.unparse(d) for d in node.decorator_list
                ):
                    yield pytest.param(path, node, id=f"{relative(path)}:{node.name}")


@pytest.mark.parametrize(("path", "node"), list(actions()))
def test_every_action_has_an_actor_an_instant_a_guard_and_a_line_in_the_journal(path, node):
    keywords = {argument.arg for argument in node.args.kwonlyargs}
    text = ast.unparse(node)
    assert {"by", "at"} <= keywords
    assert reaches(path, text, "require(")
    if node.name not in NOT_AN_ACT and not is_deposit(path):
        assert (
            "record(" in text
            or "_record" in text
            or reaches(path, text, "record(", "deposit(", "lock(")
        ), node.name


def is_deposit(path):
    """Letters and locks are journalled by the act that calls for them."""
    return "letters" in parts_of(path)


def reaches(path, text, *words):
    """Says one of these, itself or in functions of its own module that it calls, however deep."""
    bodies = {
        node.name: ast.unparse(node)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    seen, waiting = set(), [text]
    while waiting:
        body = waiting.pop()
        if any(word in body for word in words):
            return True
        called = {name for name in bodies if f"{name}(" in body} - seen
        seen |= called
        waiting += [bodies[name] for name in called]
    return False


def test_public_functions_of_actions_are_atomic():
    for path in MODULES:
        if path.name == "actions.py":
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    keywords = {argument.arg for argument in node.args.kwonlyargs}
                    if {"by", "at"} <= keywords and "journal" not in parts_of(path):
                        assert any("atomic" in ast.unparse(d) for d in node.decorator_list), (
                            f"{relative(path)}:{node.name}"
                        )


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_stay_readable(path):
    lines = path.read_text().splitlines()
    tree = ast.parse(path.read_text())
    assert len(lines) <= 400
    if lines and path.name not in {"__init__.py", "apps.py"}:
        said = ast.get_docstring(tree)
        assert said, "the first line of a module says what is in here"
        assert len(said.splitlines()[0]) <= 120
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert not body or node.end_lineno - body[0].lineno + 1 < 30, node.name


@pytest.mark.parametrize("floor", ROOMS)
def test_a_room_has_its_eight_files_and_no_drawer_for_the_rest(floor):
    for room in (p for p in (SOURCE / floor).glob("*/") if p.is_dir() and p.name != "__pycache__"):
        names = {
            p.stem for p in room.iterdir() if p.name != "__pycache__" and p.suffix in {".py", ""}
        }
        known = FILES | GATE if room.name == "applications" else FILES
        assert names <= known, f"{relative(room)}: {sorted(names - known)}"


def test_the_kit_stays_small_and_each_part_is_named():
    names = {
        p.stem
        for p in (SOURCE / "kit").iterdir()
        if p.suffix in {".py", ""} and not p.name.startswith("__")
    }
    assert names == set(KIT)
    assert len(KIT) <= 12


RIVER = [
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
]
GROUND = [
    "journal",
    "people",
    "files",
    "rates",
    "codelists",
    "partners",
    "envelopes",
    "letters",
    "commitments",
]


def room(model):
    return model._meta.app_label


def ours():
    return [m for m in apps.get_models() if m.__module__.startswith("monarca.")]


def points_at(model):
    for field in model._meta.get_fields(include_hidden=True):
        if (field.is_relation and field.many_to_one) or (field.one_to_one and field.concrete):
            yield field, field.related_model


def test_tables_point_upstream_and_cannot_be_followed_downstream():
    for model in ours():
        for field, target in points_at(model):
            if target not in ours():
                continue
            if room(model) in RIVER and room(target) in RIVER and target is not model:
                assert RIVER.index(room(target)) <= RIVER.index(room(model)), field
            assert not (room(model) in GROUND and room(target) in RIVER), field
            if room(target) != room(model) and room(target) in RIVER:
                assert field.remote_field.hidden, f"{field}: give it related_name='+'"


def test_foreign_keys_protect_what_they_point_at():
    for model in ours():
        for field, _ in points_at(model):
            assert field.remote_field.on_delete.__name__ == "PROTECT", field


def test_no_table_counts_money_in_floats_or_reads_the_clock_itself():
    for model in ours():
        for field in model._meta.concrete_fields:
            kind = type(field).__name__
            assert kind not in {"FloatField", "DecimalField"}, field
            assert not getattr(field, "auto_now", False), field
            assert not getattr(field, "auto_now_add", False), field
            if "cents" in field.name:
                assert kind == "BigIntegerField", field


def test_actions_are_imported_only_by_their_own_doors():
    """A room's views, tasks and commands speak its verbs; other rooms' views do not."""
    for path in MODULES:
        parts = path.relative_to(SOURCE).parts
        if parts[0] != "grants" or "management" in parts or path.name == "tasks.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                not isinstance(node, ast.ImportFrom)
                or not node.module
                or not node.module.startswith("monarca.grants.")
            ):
                continue
            other = node.module.split(".")[2]
            verbs = "actions" in node.module.split(".")[3:] or any(
                a.name == "actions" for a in node.names
            )
            assert not (verbs and other != parts[1]), (
                f"{relative(path)} speaks the verbs of {other}"
            )


HEAVY = {
    *("ortools", "scipy", "numpy", "pandas", "splink", "duckdb"),
    *("openpyxl", "jsonschema", "referencing"),
} | {
    "jsonschema",
    "referencing",
}
"""Libraries that an engine may load when it is asked, and no web process at its start."""

DOORS = {"engines/documents/writing/docx.py", "engines/documents/writing/pdf.py"}
"""Doors of the writers of papers: docs/decisions/0003."""


def test_django_is_new_enough_and_nothing_heavy_is_loaded():
    """A started web process has none of the heavy libraries, nor the writers of papers, loaded."""
    assert django.VERSION >= (6, 1)
    heavy = sorted({*HEAVY, "highspy", "typst", "docx", "rich", "jsonschema", "openpyxl"})
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'monarca.config.settings'; "
        "import django; django.setup(); import monarca.config.urls, monarca.config.wsgi; "
        f"print([name for name in {heavy} if sys.modules.get(name)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [p for p in MODULES if "engines" in parts_of(p)], ids=relative)
def test_an_engine_imports_late_only_what_is_heavy(path):
    if relative(path) in DOORS:
        return
    tree = ast.parse(path.read_text())
    late = [
        name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
        if name.split(".")[0] not in HEAVY
    ]
    assert late == []
    heavy = [
        name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
        if name.split(".")[0] in HEAVY
    ]
    assert heavy == []


def imported(node):
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]


def test_requirements_are_hashed_and_name_no_index():
    root = SOURCE.parents[1] / "requirements"
    for name in ("runtime.txt", "dev.txt"):
        text = (root / name).read_text()
        assert "--hash=sha256:" in text
        assert not any(
            line.startswith(("-i", "--index", "--extra", "--find", "-f"))
            for line in text.splitlines()
        )
        assert "highspy" not in text
