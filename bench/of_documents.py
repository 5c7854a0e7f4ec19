"""The figures of reading documents: what is placed right, how fast, what is refused."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.engines.documents import strangers

from bench.figures import Figure
from monarca.engines import packs
from monarca.engines.documents import intake as reader
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import read_form
from monarca.engines.documents.safety import inspect

PACKAGE = Path(reader.__file__).parents[2]
RUNS = 5
BOMB = 60 << 20


def figures() -> Iterator[Figure]:
    """Every figure of the issue about documents."""
    yield from placed()
    yield speed()
    yield refusal()


def placed() -> Iterator[Figure]:
    """Values put where the form asks them, on the forms and budgets of `tests/data/strangers`."""
    for name, goal, found in (
        ("documents: form fields of other hands", 85, strangers.fields()),
        ("documents: budget cells of other hands", 90, strangers.cells()),
    ):
        note = f"{found.right} of {found.asked}; first readings stand in tests/data/strangers"
        yield Figure(name, goal, "%", 100 * found.share, more_is_better=True, note=note)
    files = [name for name, told in strangers.truth().items() if told["never"]]
    false = sum(
        text in strangers.everything(name)
        for name in files
        for text in strangers.truth()[name]["never"]
    )
    note = f"{false} texts read that were deleted, hidden or guidance, in {len(files)} files"
    yield Figure("documents: deleted or guidance read", 1, "texts", float(false), note=note)


def speed() -> Figure:
    """Word forms of the example inbox, from bytes to typed answers."""
    definition = packs.read(PACKAGE / "packs" / "cfli-mexico").definition
    inbox = (PACKAGE / "examples" / "inbox").rglob("*.docx")
    forms = [data for path in inbox if inspect(path.name, data := path.read_bytes()).ok]

    def run() -> None:
        for data in forms:
            read_form(read_docx(data), definition)

    run()
    spent = _median(run)
    note = f"{len(forms)} forms of the inbox, gates apart; median of {RUNS}"
    value = len(forms) / spent
    return Figure("documents: .docx forms", 20, "forms/s", value, more_is_better=True, note=note)


def refusal() -> Figure:
    """A Word file of a few kilobytes that would inflate to 60 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(BOMB))
    data = out.getvalue()
    spent = 1000 * _median(lambda: inspect("solicitud.docx", data))
    refused = inspect("solicitud.docx", data).reason
    note = f"{len(data) >> 10} KB packed; refused as {refused.code if refused else 'nothing'}"
    return Figure("documents: a 60 MB bomb refused", 100, "ms", spent, note=note)


def _median(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return median(times)
