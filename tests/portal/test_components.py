"""Each component prints what it is given, escapes all of it, and reads well in three languages."""

from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monarca.kit import widgets
from monarca.kit.formats import deadline
from monarca.kit.parts import (
    Bar,
    Entry,
    Link,
    Noted,
    Pick,
    Spark,
    Spread,
    Stacked,
    Status,
    Total,
)
from monarca.portal.components.forms import Renderer, SampleForm
from monarca.portal.components.templatetags.rendering import percent
from monarca.portal.components.templatetags.states import GRID, INEGI, STATES

EVIL = """"><script>alert("x")</script><i onclick='x' """
CLOSES = datetime(2026, 5, 23, 5, 59, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 20, 32, tzinfo=UTC)
WHEN = deadline(CLOSES, "America/Mexico_City", NOW)


def show(tag: str, **values: Any) -> str:
    return Template("{% load ui %}{% autoescape on %}" + tag + "{% endautoescape %}").render(
        Context(values)
    )


class Parsed(HTMLParser):
    """Tags, attributes and texts as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def says(self, text: str) -> bool:
        everything = [*self.texts, *(v for values in self.attributes.values() for v in values)]
        return any(text.strip() in one for one in everything)


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


def test_a_field_says_its_label_hint_error_and_control_in_this_order() -> None:
    html = show("{% text_field id='t' label='Title' hint='Short' error='Missing' value='x' %}")
    assert html.replace("\n", "") == (
        '<div class="field wrong"><label for="t">Title</label>'
        '<p class="hint" id="t_helptext">Short</p>'
        '<p class="error" id="t_error"><span class="sr">Error: </span>Missing</p>'
        '<input class="input" type="text" id="t" name="t" value="x"'
        ' aria-describedby="t_helptext t_error" aria-invalid="true"></div>'
    )


def test_words_over_the_limit_are_counted_on_the_server() -> None:
    html = show("{% text_field id='t' label='Why' words=2 value='one two three' %}")
    assert 'data-words="2" data-count="t-count" aria-describedby="t-count"' in html
    assert 'data-say="{used} of {limit} words" data-over>3 of 2 words</p>' in html


def test_the_first_blank_line_of_a_long_answer_is_kept() -> None:
    assert ">\n\nA" in show("{% text_field id='t' label='Why' rows=3 value=value %}", value="\nA")


def test_a_choice_marks_what_was_chosen_and_explains_it() -> None:
    options = [("yes", "Yes"), ("at_risk", "No", "It would put us at risk")]
    html = show("{% choice_field id='r' label='L' options=o chosen='at_risk' %}", o=options)
    assert html.count(" checked") == 1
    assert '<input type="radio" id="r_1" name="r" value="at_risk" checked>' in html
    assert "No<small>It would put us at risk</small>" in html
    many = show(
        "{% choice_field id='r' label='L' options=o chosen=c many=True %}",
        o=options,
        c=["yes", "at_risk"],
    )
    assert many.count('type="checkbox"') == many.count(" checked") == 2


def test_a_score_has_no_default_and_zero_is_a_score() -> None:
    anchors = list("abcdef")
    tag = "{% score_input id='s' label='L' anchors=a chosen=c weight=20 %}"
    assert " checked" not in show(tag, a=anchors, c=None)
    assert 'value="0" checked>' in show(tag, a=anchors, c=0)
    assert "0: a. 3: d. 5: f." in show(tag, a=anchors, c=None)


def test_an_error_summary_without_errors_is_nothing() -> None:
    assert show("{% error_summary rows %}", rows=[]) == ""


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
    # INEGI numbers follow the names, except that its old list says Coahuila before Chiapas.
    assert (INEGI["07"], INEGI["09"], INEGI["20"], INEGI["32"]) == ("CHP", "CMX", "OAX", "ZAC")


def test_the_map_reads_inegi_and_iso_codes_and_says_one_project() -> None:
    html = show("{% tile_map v href='?state=' %}", v={"20": 7, "CHP": 1})
    assert '<a href="?state=20" class="q3" aria-label="Oaxaca: 7 projects">' in html
    assert '<a href="?state=07" class="q1" aria-label="Chiapas: 1 project">' in html
    assert html.count('class="q0"') == 30


class Pair(forms.Form):
    """One field of each kind, to be compared with the plain tags."""

    default_renderer = Renderer

    title = forms.CharField(label="Title", help_text="Short")
    why = forms.CharField(label="Why", widget=widgets.Words(words=5), required=False)
    many = forms.CharField(label="How many", widget=widgets.Number(unit="women"))
    amount = forms.CharField(label="Amount", widget=widgets.Money(currency="MXN"))
    starts = forms.DateField(label="Starts", widget=widgets.DateBoxes())
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=widgets.Choices(notes={"b": "N"})
    )
    place = forms.ChoiceField(label="Place", choices=[("20", "Oaxaca"), ("07", "Chiapas")])
    score = forms.ChoiceField(
        label="Score",
        choices=[(str(n), str(n)) for n in range(6)],
        widget=widgets.Score(anchors="abcdef"),
    )
    mail = forms.EmailField(label="Mail")
    agrees = forms.BooleanField(label="Agrees")
    paper = forms.FileField(label="Paper", widget=widgets.Upload(accept=".pdf"))


SENT = QueryDict(
    "title=&why=a+b&many=3&amount=5&starts_day=31&starts_month=x&starts_year=2026&kind=b&place=07&score=4&mail=no"
)
SAME = [
    (
        "title",
        "{% text_field id='id_title' name='title' label='Title' hint='Short' error='This field is required.' %}",
    ),
    (
        "why",
        "{% text_field id='id_why' name='why' label='Why' words=5 rows=7 value='a b' optional=True %}",
    ),
    ("many", "{% number_field id='id_many' name='many' label='How many' unit='women' value='3' %}"),
    (
        "amount",
        "{% money_field id='id_amount' name='amount' label='Amount' currency='MXN' value='5' %}",
    ),
    (
        "starts",
        "{% date_field id='id_starts' name='starts' label='Starts' day='31' month='x' year='2026' error='Enter a valid date.' %}",
    ),
    ("kind", "{% choice_field id='id_kind' name='kind' label='Kind' options=options chosen='b' %}"),
    (
        "place",
        "{% select_field id='id_place' name='place' label='Place' options=places chosen='07' %}",
    ),
    (
        "score",
        "{% score_input id='id_score' name='score' label='Score' anchors=anchors chosen=4 %}",
    ),
    (
        "mail",
        "{% text_field id='id_mail' name='mail' label='Mail' kind='email' value='no' error='Enter a valid email address.' %}",
    ),
    (
        "agrees",
        "{% check_field id='id_agrees' name='agrees' label='Agrees' error='This field is required.' %}",
    ),
    (
        "paper",
        "{% file_field id='id_paper' name='paper' label='Paper' accept='.pdf' error='This field is required.' %}",
    ),
]


@pytest.mark.parametrize(("name", "tag"), SAME, ids=[name for name, _ in SAME])
def test_a_django_field_and_a_plain_tag_give_the_same_html(name: str, tag: str) -> None:
    form = Pair(SENT)
    plain = show(
        tag,
        options=[("a", "A"), ("b", "B", "N")],
        places=[("20", "Oaxaca"), ("07", "Chiapas")],
        anchors="abcdef",
    )
    assert form[name].as_field_group().strip() == plain
    assert plain in form.render()


def test_the_error_summary_of_a_form_leads_to_each_wrong_field_in_order() -> None:
    html = show("{% form_errors form %}", form=Pair(SENT))
    assert Parsed(html).attributes["href"] == [
        "#id_title",
        "#id_starts",
        "#id_mail",
        "#id_agrees",
        "#id_paper",
    ]


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ({"d_day": "5", "d_month": "3", "d_year": "2026"}, "2026-3-5"),
        ({"d_day": " 5 ", "d_month": "03", "d_year": "2026"}, "2026-03-5"),
        ({"d_day": "", "d_month": "", "d_year": ""}, None),
        ({"d_day": "5-6", "d_month": "3", "d_year": ""}, "\n3\n5-6"),
    ],
)
def test_a_date_in_three_boxes_is_read_or_kept_as_it_was_typed(
    sent: dict[str, str], value: str | None
) -> None:
    box = widgets.DateBoxes()
    assert box.value_from_datadict(sent, forms.Form().files, "d") == value
    kept = box.parts(value)
    assert [kept["day"], kept["month"], kept["year"]] == [text.strip() for text in sent.values()]


def test_the_boxes_give_a_date_to_the_form() -> None:
    form = SampleForm({"date_day": "1", "date_month": "9", "date_year": "2026"})
    form.is_valid()
    assert form.cleaned_data["date"].isoformat() == "2026-09-01"


ERRORS = ["403", "404", "409", "500", "too_large"]


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing_from_the_request(name: str) -> None:
    """When all else has failed there may be no language, no person and no database."""
    seen = Parsed(render_to_string(f"errors/{name}.html", {}))
    assert seen.tags.count("h1") == seen.tags.count("main") == 1
    assert "/" in seen.attributes["href"]


@pytest.mark.urls("tests.portal.addresses")
def test_signing_out_is_a_form_with_a_token_never_a_link() -> None:
    viewer = {"name": "Ana <b>", "is_staff": True, "desk_url": "/es/desk/"}
    html = render_to_string("base.html", {"viewer": viewer, "csrf_token": "secret", "lang": "es"})
    assert '<form method="post" action="/sign-out/">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="secret">' in html
    assert 'Sign out<span class="sr">: Ana &lt;b&gt;</span></button>' in html
    assert '<a href="/es/desk/">Desk</a>' in html


@pytest.mark.urls("tests.portal.addresses")
def test_who_has_not_signed_in_is_offered_to_and_sees_no_desk() -> None:
    html = render_to_string("base.html", {"viewer": None, "lang": "es"})
    assert '<a href="/sign-in/">Sign in</a>' in html
    assert "Sign out" not in html
    assert ">Desk<" not in html


@pytest.mark.parametrize(
    ("theme", "attribute"),
    [("dark", ["dark"]), ("light", ["light"]), ('"><script>', None), ("", None)],
)
def test_only_a_known_theme_reaches_the_page(theme: str, attribute: list[str] | None) -> None:
    seen = Parsed(render_to_string("base.html", {"theme": theme}))
    assert seen.attributes.get("data-theme") == attribute
