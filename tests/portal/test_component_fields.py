"""Fields from plain data and from Django forms: one HTML, nothing typed is lost."""

import pytest
from django import forms
from django.http import QueryDict

from monarca.kit import widgets
from monarca.portal.components.forms import Renderer, SampleForm
from tests.portal.showing import Parsed, show


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


def test_the_error_summary_of_a_form_says_which_box_each_sentence_is_about() -> None:
    html = show("{% form_errors form %}", form=Pair({**SENT, "title": ""}))
    assert '<a href="#id_title">Title: This field is required.</a>' in html
