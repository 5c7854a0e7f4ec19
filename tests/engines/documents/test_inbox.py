"""The inbox of examples, made by other hands, is read nearly whole."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import monarca
from monarca.engines.documents.intake import Reading, read_all

HOME = Path(monarca.__file__).parent
INBOX = HOME / "examples" / "inbox"
TRUTH = Path(__file__).parents[2] / "data" / "inbox_truth.json"
PLACES = HOME / "ground" / "codelists" / "data" / "mx_municipalities.csv"

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="the inbox of examples is not here")


def same(value: Any) -> Any:
    """Values without row names, blanks and what the eye does not see."""
    if isinstance(value, str):
        return " ".join(value.split()).strip(" .")
    if isinstance(value, dict):
        plain = {key: same(one) for key, one in value.items() if key != "id"}
        return {key: one for key, one in plain.items() if one not in ("", None, [], {}, 0)}
    if isinstance(value, list):
        return sorted((same(one) for one in value), key=str)
    return value


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TRUTH.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def readings(form: dict[str, Any]) -> dict[str, Reading]:
    with PLACES.open(encoding="utf-8") as rows:
        names = {row["inegi_code"]: row["name"] for row in csv.DictReader(rows)}
    found = read_all([INBOX], form, municipalities=names)
    return {Path(file.name).name: one for one in found for file in one.attachments} | {
        one.name: one for one in found if not one.attachments
    }


def test_nineteen_answers_in_twenty_are_right(
    truth: dict[str, Any], readings: dict[str, Reading]
) -> None:
    right = asked = invented = 0
    for application in truth["applications"]:
        fields = {one.key: one.value for one in readings[Path(application["form"]).name].fields}
        for key, value in application["answers"].items():
            asked += 1
            right += same(fields.get(key)) == same(value) or (value == [] and not fields.get(key))
        invented += sum(
            1
            for key, one in fields.items()
            if one is not None and key not in application["answers"]
        )
    assert asked > 1500
    assert right >= 0.95 * asked
    assert invented <= 0.01 * asked


def test_budget_sums_are_right(truth: dict[str, Any], readings: dict[str, Reading]) -> None:
    for application in truth["applications"]:
        if not application.get("budget"):
            continue
        budget = readings[Path(application["form"]).name].budget
        assert budget is not None, application["id"]
        assert len(budget.lines) == len(application["budget"]["lines"]), application["id"]
        assert budget.currency == application["budget"]["currency"], application["id"]


def test_what_cannot_be_read_is_listed_with_its_reason(
    truth: dict[str, Any], readings: dict[str, Reading]
) -> None:
    for one in truth["unreadable"]:
        reading = readings[Path(one["file"]).name]
        assert reading.problems or any(file.problems for file in reading.attachments)
