"""Each component prints what it is given, escapes all of it, and reads well in three languages."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monarca.kit.formats import deadline
from monarca.kit.parts import (
    Bar,
    Doubt,
    Reach,
    Spread,
    Stacked,
)
from monarca.portal.components.templatetags.rendering import percent
from monarca.portal.components.templatetags.states import GRID, INEGI, STATES
from tests.portal.showing import Parsed, show

CLOSES = datetime(2026, 5, 23, 5, 59, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 20, 32, tzinfo=UTC)
WHEN = deadline(CLOSES, "America/Mexico_City", NOW)


@pytest.mark.parametrize(
    ("tag", "complaint"),
    [
        ("{% text_field id='a' label='b' vaule='c' %}", "text_field knows no vaule"),
        ("{% money_field id='a' %}", "money_field needs label"),
        ("{% button 'x' herf='/' %}", "button knows no herf"),
    ],
)
def test_a_misspelt_or_missing_argument_is_refused_by_name(tag: str, complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        show(tag)


def test_the_river_leads_back_and_never_ahead() -> None:
    html = show("{% river 1 links=links %}", links=["/call", "/mine", "/review"])
    assert '<li class="done"><a href="/call">Call</a></li>' in html
    assert '<li class="here"><a href="/mine" aria-current="step">Application</a></li>' in html
    assert "<li><span>Review</span></li>" in html
    assert "/review" not in html


def test_the_pager_shows_both_ends_and_the_neighbours() -> None:
    html = show("{% pager page=6 pages=12 found='231' query='status=sent' %}")
    pages = [href.rsplit("=", 1)[1] for href in Parsed(html).attributes["href"]]
    assert pages == ["1", "5", "6", "7", "12"]
    assert html.count("…") == 2
    assert 'href="?status=sent&amp;page=6" aria-current="page"' in html


def test_a_single_screen_needs_no_pager() -> None:
    assert (
        show("{% pager page=1 pages=1 found='3 calls' %}")
        == '<div class="pager"><p>3 calls</p></div>'
    )


def test_a_save_line_never_claims_more_than_is_true() -> None:
    assert ">Saved at the embassy at 14:03</p>" in show("{% save_line at='14:03' %}")
    html = show("{% save_line 'unsaved' %}")
    assert 'data-state="unsaved"' in html
    assert html.endswith(">Changes not saved yet</p>")


def test_a_deadline_counts_from_the_servers_clock_until_it_has_passed() -> None:
    open_call = show("{% deadline when %}", when=WHEN)
    assert 'data-until="2026-05-23T05:59:00Z" data-now="2026-05-20T20:32:00Z">' in open_call
    assert "2 days and 9 hours</span> left</p>" in open_call
    closed = show("{% deadline when %}", when=deadline(CLOSES, "America/Mexico_City", CLOSES))
    assert "<h2>Closed</h2>" in closed
    assert "data-until" not in closed


def test_a_dialog_posts_with_the_token_of_the_page() -> None:
    html = show(
        "{% dialog id='d' title='T' action='/withdraw' confirm='Withdraw' %}x{% enddialog %}",
        csrf_token="secret",
    )
    assert '<form method="post" action="/withdraw">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="secret">' in html
    assert 'formmethod="dialog" formnovalidate>Cancel</button>' in html


def test_a_table_names_its_cells_for_a_phone_and_aligns_figures() -> None:
    html = show(
        "{% table 'T' head rows numbers='1' %}", head=["Name", "Amount"], rows=[["Rosa", "5.00"]]
    )
    assert '<th scope="col" class="num" role="columnheader">Amount</th>' in html
    assert '<th scope="row" role="rowheader">Rosa</th>' in html
    assert '<td class="num" role="cell" data-label="Amount">5.00</td>' in html


def test_a_row_of_another_length_is_our_fault_and_is_seen() -> None:
    with pytest.raises(ValueError, match="zip"):
        show("{% table 'T' head rows %}", head=["A", "B"], rows=[["x"]])


def test_a_comparison_says_in_words_what_changed() -> None:
    html = show("{% compare 'C' rows %}", rows=[("Title", "a", "b"), ("Place", "c", "c")])
    assert html.count("<small>Changed</small>") == 1
    assert "<del>a</del>" in html
    assert "<ins>b</ins>" in html
    assert "<ins>c</ins>" not in html


def test_a_receipt_prints_the_digest_in_groups_of_four() -> None:
    html = show("{% receipt reference='R' at='a' utc='u' digest='9f2c41d87b' %}")
    assert '<span class="mono">9f2c 41d8 7b</span>' in html
    assert "To verify" not in html


def test_drawings_print_points_where_people_write_commas() -> None:
    values = {
        "bar": Bar(1, 3),
        "parts": Stacked([(1, "ink"), (1, "wing")], 3),
        "spread": Spread([1, 4], Decimal("2.5")),
        "doubt": Doubt(Decimal(1), Decimal("2.5"), Decimal(4), Decimal("2.5"), cut=Decimal(3)),
    }
    with override("fr"):
        html = show(
            "{% plot 'P' head rows %}{% portfolio_bar 1 envelope=3 floor=2 %}{% sparkline v label='s' %}{% interval r top=7 band=b cut=3 %}",
            head=["a", "b"],
            rows=[[k, v] for k, v in values.items()],
            v=[1, 2, 5],
            r=(1, 2, 3),
            b=(2, 4),
        )
    seen = Parsed(html)
    numbers = [v for name in ("x", "x1", "x2", "width", "cx", "d") for v in seen.attributes[name]]
    assert "33.3%" in numbers
    assert "50.0%" in numbers
    assert not any("," in number for number in numbers)


def test_what_was_chosen_stands_against_its_floor_and_its_ceiling() -> None:
    def drawn(reach: Reach) -> Parsed:
        return Parsed(show("{% plot 'P' head rows %}", head=["a", "b"], rows=[["x", reach]]))

    short, right = drawn(Reach(1, 4, floor=2, ceiling=3)), drawn(Reach(2, 4, floor=2, ceiling=3))
    assert short.attributes["x1"] == right.attributes["x1"] == ["50.0%", "75.0%"]
    assert ("25.0%" in short.attributes["width"], "50.0%" in right.attributes["width"]) == (
        True,
    ) * 2
    assert ("f-wing" in short.attributes["class"], "f-wing" in right.attributes["class"]) == (
        True,
        False,
    )
    assert "x1" not in drawn(Reach(2, 4)).attributes


@given(st.decimals(-1000, 1000, places=3), st.integers(0, 1000))
def test_a_share_stays_on_the_paper(part: Decimal, whole: int) -> None:
    assert 0 <= Decimal(percent(part, whole).removesuffix("%")) <= 100


def test_scores_stand_between_four_and_ninety_six_percent() -> None:
    html = show("{% score_spread s mean=m %}", s=[0, 5], m=3)
    assert Parsed(html).attributes["cx"] == ["4.0%", "96.0%"]


def test_a_chart_without_values_is_drawn_empty() -> None:
    assert "circle" not in show("{% score_spread s mean=0 %}", s=[])
    assert 'd=""' in show("{% sparkline s label='x' %}", s=[])
    assert 'width="0.0%"' in show("{% bar 0 top=0 %}")


def test_every_state_has_one_tile_one_name_and_one_inegi_code() -> None:
    assert len(GRID) == len(set(GRID.values())) == 32
    assert set(GRID) == set(STATES) == set(INEGI.values())
    assert (INEGI["07"], INEGI["09"], INEGI["20"], INEGI["32"]) == ("CHP", "CMX", "OAX", "ZAC")


def test_the_map_reads_inegi_and_iso_codes_and_says_one_project() -> None:
    html = show("{% tile_map v href='?state=' %}", v={"20": 7, "CHP": 1})
    assert '<a href="?state=20" class="q3" aria-label="Oaxaca: 7 projects">' in html
    assert '<a href="?state=07" class="q1" aria-label="Chiapas: 1 project">' in html
    assert html.count('class="q0"') == 30
