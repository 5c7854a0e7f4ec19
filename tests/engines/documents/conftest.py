"""The real pack's form, for every test about reading documents."""

from pathlib import Path
from typing import Any

import pytest

import monarca
from monarca.engines.packs.reading import read


@pytest.fixture(scope="session")
def form() -> dict[str, Any]:
    definition = read(Path(monarca.__file__).parent / "packs" / "cfli-mexico").definition
    assert definition, "the pack must be sound"
    return definition
