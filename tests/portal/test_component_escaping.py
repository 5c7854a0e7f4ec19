"""Whatever a person writes into whatever argument stays text."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monarca.kit.formats import deadline
from monarca.kit.parts import Bar, Entry, Link, Noted, Pick, Spark, Stacked, Status, Total
from tests.portal.showing import Parsed, show

EVIL = """"><script>alert("x")</script><i onclick='x' """
CLOSES = datetime(2026, 5, 23, 5, 59, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 20, 32, tzinfo=UTC)
WHEN = deadline(CLOSES, "America/Mexico_City", NOW)

EVERY_ARGUMENT = [
    ("{% notice title=evil %}x{% endnotice %}", {}),
    ("{% button evil %}", {}),
    ("{% button 'x' href=evil about=evil dialog=evil %}", {}),
    ("{% button 'x' name=evil value=evil form=evil about=evil %}", {}),
    ("{% status_tag evil %}", {}),
    ("{% river 1 links=links label=evil %}", {"links": [EVIL, EVIL]}),
    ("{% crumbs rows %}", {"rows": [(EVIL, EVIL)]}),
    ("{% tabs rows label=evil %}", {"rows": [(EVIL, EVIL)]}),
    ("{% pager page=2 pages=3 found=evil query=evil %}", {}),
    ("{% save_line at=evil %}", {}),
    (
        "{% dialog id=evil title=evil action=evil confirm=evil cancel=evil name=evil value=evil %}x{% enddialog %}",
        {},
    ),
    ("{% empty title=evil action=evil %}x{% endempty %}", {}),
    ("{% sealed title=evil label=evil actions=evil %}x{% endsealed %}", {}),
    ("{% facts rows %}", {"rows": [(EVIL, EVIL, EVIL)]}),
    ("{% task_list rows %}", {"rows": [(EVIL, EVIL, EVIL, EVIL, EVIL)]}),
    ("{% figures rows %}", {"rows": [(EVIL, EVIL)]}),
    ("{% deadline when title=evil %}", {"when": WHEN}),
    (
        "{% table evil head rows foot=foot row_class=classes %}",
        {"head": [EVIL, EVIL], "rows": [[EVIL, EVIL]], "foot": [EVIL, EVIL], "classes": [EVIL]},
    ),
    (
        "{% table 'x' head rows %}",
        {
            "head": ["a", "b", "c"],
            "rows": [
                [
                    Link(EVIL, EVIL, EVIL),
                    Noted(EVIL, EVIL, EVIL),
                    [Status(EVIL, EVIL), EVIL, Spark([1, 2], EVIL)],
                ]
            ],
        },
    ),
    (
        "{% table 'x' head rows budget=True %}",
        {
            "head": ["a", "b", "c"],
            "rows": [
                [Entry(EVIL, EVIL, EVIL), Pick(EVIL, EVIL, [(EVIL, EVIL)], EVIL), Total(EVIL)]
            ],
        },
    ),
    (
        "{% plot evil head rows legend=legend note=evil %}",
        {
            "head": [EVIL, EVIL],
            "rows": [[EVIL, Bar(1, 2, EVIL)], [EVIL, Stacked([(1, EVIL)], 2)]],
            "legend": [(EVIL, EVIL)],
        },
    ),
    (
        "{% compare evil rows before=evil after=evil %}",
        {"rows": [(EVIL, EVIL, "x"), (EVIL, "x", EVIL), (EVIL, EVIL, EVIL)]},
    ),
    (
        "{% filter_bar rows action=evil %}",
        {"rows": [(EVIL, EVIL, EVIL), (EVIL, EVIL, EVIL, [(EVIL, EVIL)])]},
    ),
    ("{% timeline rows %}", {"rows": [(EVIL, EVIL, EVIL, False)]}),
    ("{% receipt reference=evil at=evil utc=evil digest='ab' address=evil %}", {}),
    ("{% evidence evil field=evil source=evil lang=evil href=evil %}", {}),
    ("{% sparkline values label=evil %}", {"values": [1, 2]}),
    ("{% tile_map values href=evil %}", {"values": {}}),
    (
        "{% text_field id=evil name=evil label=evil hint=evil error=evil value=evil autocomplete=evil inputmode=evil lang=evil width=evil kind=evil %}",
        {},
    ),
    ("{% text_field id=evil label=evil value=evil words=3 lang=evil hint=evil error=evil %}", {}),
    ("{% number_field id=evil label=evil value=evil unit=evil hint=evil error=evil %}", {}),
    ("{% money_field id=evil label=evil value=evil currency=evil hint=evil error=evil %}", {}),
    ("{% date_field id=evil label=evil day=evil month=evil year=evil hint=evil error=evil %}", {}),
    (
        "{% choice_field id=evil label=evil options=rows hint=evil error=evil %}",
        {"rows": [(EVIL, EVIL, EVIL)]},
    ),
    ("{% check_field id=evil label=evil value=evil hint=evil error=evil %}", {}),
    (
        "{% select_field id=evil label=evil options=rows blank=evil width=evil hint=evil error=evil %}",
        {"rows": [(EVIL, EVIL)]},
    ),
    ("{% file_field id=evil label=evil accept=evil have=evil hint=evil error=evil %}", {}),
    (
        "{% score_input id=evil label=evil anchors=rows hint=evil error=evil %}",
        {"rows": [EVIL] * 6},
    ),
    ("{% error_summary rows title=evil %}", {"rows": [(EVIL, EVIL)]}),
]


@pytest.mark.parametrize(("tag", "values"), EVERY_ARGUMENT, ids=lambda v: str(v)[:40])
def test_whatever_a_person_writes_stays_text(tag: str, values: dict[str, Any]) -> None:
    seen = Parsed(show(tag, evil=EVIL, **values))
    assert "script" not in seen.tags
    assert "i" not in seen.tags
    assert "onclick" not in seen.attributes
    assert seen.says(EVIL)


@pytest.mark.parametrize("tag", ["notice", "dialog", "empty", "sealed"])
def test_what_stands_inside_a_block_is_escaped_once(tag: str) -> None:
    given_words = "id='d' action='/' confirm='x'" if tag == "dialog" else ""
    html = show(
        "{% " + tag + " title='T' " + given_words + " %}<b>{{ evil }}</b>{% end" + tag + " %}",
        evil=EVIL,
    )
    seen = Parsed(html)
    assert "b" in seen.tags
    assert "script" not in seen.tags
    assert "&amp;lt;" not in html
    assert seen.says(EVIL)
