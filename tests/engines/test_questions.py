"""Questions: what is typed is read, judged in words, and never lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import calendar, money, questions
from monarca.engines.packs.kinds import QUESTION_KINDS
from monarca.engines.questions import Context, parse

KNOWN = {*questions.CODES, *calendar.CODES, *money.CODES}


def q(kind, **more):
    return {"key": "it", "kind": kind, "required": True, **more}


def posted(**fields):
    return {name.replace("__", "-"): [value] for name, value in fields.items()}


def read(kind, text, **more):
    value, wrong = parse(q(kind), {"it": [text]}, "it", **more)
    return value, [each.reason.code for each in wrong]


def wrong(question, value, answers=None, **more):
    found = questions.problems(question, value, answers or {}, **more)
    return [(each.field, each.reason.code) for each in found]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  Agua\x00 limpia ", "Agua limpia"),
        ("words", "uno\r\ndos", "uno\ndos"),
        ("choice", "GE", "GE"),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("declaration", "on", True),
        ("date", "3 de septiembre de 2024", "2024-09-03"),
        ("date", "03/09/2024", "2024-09-03"),
        ("month", "septiembre de 2024", "2024-09"),
        ("money", "$45,000 CAD", {"cents": 4500000, "currency": "CAD"}),
        ("local_money", "850 000,50", {"cents": 85000050, "currency": "MXN"}),
        ("number", "1 200", 1200),
        ("number", "1,200", 1200),
        ("number", "1200.0", 1200),
        ("number", "0", 0),
        ("percent", "15 %", 15),
        ("email", "ana@example.org", "ana@example.org"),
    ],
)
def test_what_is_typed_becomes_the_value(kind, text, value):
    assert read(kind, text) == (value, [])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("date", "31/02/2024", "date.no_such_day"),
        ("month", "pronto", "month.unreadable"),
        ("money", "mucho", "money.unreadable"),
        ("money", "45 MXN", "money.other_currency"),
        ("local_money", "45 CAD", "money.other_currency"),
        ("number", "doce", "number.unreadable"),
        ("number", "1.5", "number.not_whole"),
        ("number", "9" * 18, "number.too_large"),
        ("percent", "12,5 %", "number.not_whole"),
        ("yes_no", "quizás", "question.unknown_option"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_still_wrong_later(kind, text, code):
    value, codes = read(kind, text)
    assert (value, codes) == ({"raw": text}, [code])
    assert wrong(q(kind), json.loads(json.dumps(value))) == [("", code)]


def test_an_english_date_in_figures_is_asked_again():
    assert read("date", "03/09/2024", language="en") == ({"raw": "03/09/2024"}, ["date.ambiguous"])
    assert wrong(q("date"), {"raw": "03/09/2024"}) == [("", "date.ambiguous")]
    assert read("date", "25/09/2024", language="en") == ("2024-09-25", [])


@given(
    st.sampled_from(sorted(QUESTION_KINDS - {"file", "repeat", "place", "people", "choices"})),
    st.text(max_size=60),
)
def test_no_text_is_lost_and_no_text_breaks_the_reader(kind, text):
    value, found = parse(q(kind), {"it": [text]}, "it")
    json.dumps(value)
    if found:
        assert value == {"raw": text.replace("\x00", "")}
    elif text.replace("\x00", "").strip():
        assert value is not None or kind == "declaration"
    assert {each.reason.code for each in found} <= KNOWN


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_nothing_posted_is_no_answer(kind):
    assert parse(q(kind, fields=[]), {}, "it") == (None, ())
    assert parse(q(kind, fields=[]), {"it": [""]}, "it") == (None, ())


def test_a_date_may_come_in_three_fields():
    fields = posted(it__day="3", it__month="9", it__year="2024")
    assert parse(q("date"), fields, "it", language="en") == ("2024-09-03", ())
    value, found = parse(q("date"), posted(it__day="31", it__month="2", it__year="2024"), "it")
    assert (value, len(found)) == ({"raw": "2024-2-31"}, 1)


def test_a_ticked_box_beats_the_hidden_field_before_it():
    assert parse(q("declaration"), {"it": ["no", "yes"]}, "it") == (True, ())


def test_choices_keep_their_order_once_each():
    assert parse(q("choices"), {"it": ["b", "", "a", "b"]}, "it") == (["b", "a"], ())


def test_a_place_has_three_parts():
    fields = posted(it__state="20", it__municipality="20067", it__locality=" Centro ")
    value, _ = parse(q("place"), fields, "it")
    assert value == {"state": "20", "municipality": "20067", "locality": "Centro"}
    assert wrong(q("place"), value) == []
    assert wrong(q("place"), {"state": "20"}) == [("-municipality", "place.municipality_missing")]
    assert wrong(q("place"), {"locality": "x"}) == [("-state", "place.state_missing")]
    elsewhere = {"state": "20", "municipality": "07001"}
    assert wrong(q("place"), elsewhere) == [("-municipality", "place.municipality_elsewhere")]


def test_people_are_counted_by_side_and_group():
    fields = posted(it__direct__women="1,200", it__direct__men="doce", it__indirect__girls="0")
    value, found = parse(q("people"), fields, "it")
    assert value == {"direct": {"women": 1200, "men": {"raw": "doce"}}, "indirect": {"girls": 0}}
    assert [each.field for each in found] == ["-direct-men"]
    assert wrong(q("people"), value) == [("-direct-men", "number.unreadable")]
    nobody = {"indirect": {"women": 5}}
    assert wrong(q("people"), nobody) == [("-direct", "people.nobody")]
    assert wrong(q("people"), {"direct": {"women": -1}}) == [("-direct-women", "number.too_small")]


ROWS = q(
    "repeat",
    fields=[q("text") | {"key": "what"}, q("number", required=False) | {"key": "year"}],
    min=1,
    max=2,
)


def test_rows_are_read_in_the_order_of_the_page():
    fields = {
        "it-ids": ["r2", "r1", "r3", "r4"],
        "it-r1-what": ["uno"],
        "it-r1-year": ["2019"],
        "it-r2-what": ["dos"],
        "it-r2-year": ["ayer"],
        "it-r3-what": [""],
        "it-r4-what": ["cuatro"],
        "it-r4-remove": ["1"],
    }
    value, found = parse(ROWS, fields, "it")
    assert value == [
        {"id": "r2", "what": "dos", "year": {"raw": "ayer"}},
        {"id": "r1", "what": "uno", "year": 2019},
    ]
    assert [each.field for each in found] == ["-r2-year"]
    assert wrong(ROWS, value) == [("-r2-year", "number.unreadable")]
    assert questions.next_row(value) == "r3"
    assert questions.next_row(None) == "r1"


def test_rows_without_a_list_of_ids_are_still_read():
    value, _ = parse(ROWS, {"it-r1-what": ["uno"], "it-<b>-what": ["x"]}, "it")
    assert value == [{"id": "r1", "what": "uno", "year": None}]


def test_too_many_rows_and_a_missing_field():
    rows = [{"id": f"r{n}", "what": "a"} for n in range(3)]
    assert wrong(ROWS, rows) == [("", "question.too_many")]
    assert wrong(ROWS, [{"id": "r9", "year": 2020}]) == [("-r9-what", "question.required")]
    assert wrong({**ROWS, "min": 2}, rows[:1]) == [("", "question.too_few")]
    assert wrong(ROWS, []) == [("", "question.required")]
    assert wrong({**ROWS, "required": False}, []) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  ", 0),
        ("uno dos", 2),
        ("l'eau d'ici", 2),
        ("uno - dos", 2),
        ("co-diseño", 1),
        ("a\nb\u00a0c", 3),
        ("— ¿Qué?", 1),
    ],
)
def test_words_are_counted_as_people_count_them(text, count):
    assert questions.count_words(text) == count


def test_a_text_over_its_limit_says_by_how_much():
    found = questions.problems(q("words", words=3), "uno dos tres cuatro cinco", {})
    assert found[0].reason.code == "question.too_many_words"
    assert found[0].reason.values == {"limit": 3, "count": 5, "over": 2}
    assert wrong(q("words", words=3), "uno dos tres") == []
    assert wrong(q("text", length=3), "ñandú") == [("", "question.too_long")]


def test_required_means_answered_when_it_is_asked():
    asked = q("text", when={"question": "registered", "is": ["yes"]})
    assert wrong(asked, None, {"registered": "yes"}) == [("", "question.required")]
    assert wrong(asked, None, {"registered": "at_risk"}) == []
    assert wrong(asked, "x" * 9, {}) == []
    assert wrong(q("text"), "   ") == [("", "question.required")]
    assert wrong(q("number"), 0) == []
    assert wrong(q("yes_no"), False) == []
    assert wrong(q("declaration"), None) == [("", "question.declaration_missing")]
    assert wrong(q("declaration"), False) == [("", "question.declaration_missing")]


def test_a_question_hangs_on_a_tick_a_yes_or_another_question_that_is_asked():
    when = {"question": "above", "is": ["yes"]}
    assert questions.is_asked(q("text", when=when), {"above": True})
    assert not questions.is_asked(q("text", when=when), {"above": False})
    assert questions.is_asked(q("text", when=when), {"above": ["no", "yes"]})
    above = {"key": "above", "kind": "yes_no", "when": {"question": "top", "is": ["a"]}}
    context = Context({"sections": [{"key": "s", "questions": [above]}]})
    assert not questions.is_asked(
        q("text", when=when), {"above": True, "top": "b"}, context=context
    )
    assert questions.is_asked(q("text", when=when), {"above": True, "top": "a"}, context=context)


DEFINITION = {
    "priorities": [
        {"code": "GE", "focus": [{"code": "GE-1"}]},
        {
            "code": "IG",
            "focus": [],
            "children": [
                {"code": "IG-D", "focus": [{"code": "IG-D-1"}]},
                {"code": "IG-H", "focus": [{"code": "IG-H-1"}]},
            ],
        },
    ],
    "gba": {"factors": [{"code": "age"}]},
    "sections": [
        {
            "key": "project",
            "questions": [
                {"key": "title", "kind": "text", "required": True},
                {"key": "priority", "kind": "choice", "list": "priorities", "required": True},
                {"key": "focus", "kind": "choices", "list": "focus", "required": False},
                {"key": "starts_on", "kind": "date", "required": True},
                {"key": "ends_on", "kind": "date", "required": True},
            ],
        },
        {"key": "files", "questions": [{"key": "budget_file", "kind": "file", "required": True}]},
    ],
}


def codes_of(name, **more):
    found = questions.options_of({"list": name}, DEFINITION, [{"code": "20"}], **more)
    return [option["code"] for option in found]


def test_lists_come_from_the_fund():
    assert codes_of("priorities") == ["GE", "IG", "IG-D", "IG-H"]
    assert codes_of("focus") == ["GE-1", "IG-D-1", "IG-H-1"]
    assert codes_of("focus", answers={"priority": "IG"}) == ["IG-D-1", "IG-H-1"]
    assert codes_of("focus", answers={"priority": "IG-H"}) == ["IG-H-1"]
    assert codes_of("states") == ["20"]
    assert codes_of("factors") == ["age"]
    assert questions.options_of(q("choice", options=[{"code": "a"}]), DEFINITION)[0]["code"] == "a"


GOOD = {
    "title": "Agua",
    "priority": "IG-D",
    "focus": ["IG-D-1"],
    "starts_on": "2024-09-01",
    "ends_on": "2025-02-28",
}


def test_a_whole_form_without_fault_has_no_problem():
    context = Context(DEFINITION, attached=frozenset({"budget_file"}))
    assert questions.problems_of(DEFINITION, GOOD, context=context) == {}
    assert all(questions.complete(s, GOOD, context=context) for s in DEFINITION["sections"])


def test_every_fault_of_a_form_is_found_at_its_question():
    answers = {**GOOD, "title": "", "priority": "XX", "focus": [], "ends_on": "2024-08-31"}
    found = questions.problems_of(DEFINITION, answers)
    assert {
        key: [each.reason.code for each in each_found] for key, each_found in found.items()
    } == {
        "title": ["question.required"],
        "priority": ["question.unknown_option"],
        "ends_on": ["question.ends_before_start"],
        "budget_file": ["question.file_missing"],
    }
    assert not questions.complete(DEFINITION["sections"][0], answers)
    elsewhere = questions.problems_of(DEFINITION, {**GOOD, "focus": ["GE-1"]})
    assert [each.reason.code for each in elsewhere["focus"]] == ["question.unknown_option"]


@pytest.mark.parametrize(
    "text", ["ana@example.org", "a.b+c@sub.example.com.mx", "señora@correo.mx"]
)
def test_an_e_mail_address_is_accepted(text):
    assert wrong(q("email"), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ana@",
        "ana@localhost",
        "a b@example.org",
        "ana@example..org",
        "@example.org",
        "ana@example.org, luis@example.org",
        "a@" + "x" * 260 + ".org",
    ],
)
def test_what_is_no_e_mail_address_is_named(text):
    assert wrong(q("email"), text) == [("", "question.not_email")]


def test_telephones():
    for text in ("55 1234 5678", "+52 (951) 123-4567", "951 123 4567 ext. 12", "613.944.4000"):
        assert wrong(q("phone"), text) == []
    for text in ("123", "no tengo", "55 1234 567O", "+"):
        assert wrong(q("phone"), text) == [("", "question.not_phone")]


def test_web_addresses():
    for text in ("https://example.org/a?b=c", "www.example.org.mx", "example.org"):
        assert wrong(q("url"), text) == []
    for text in (
        "javascript:alert(1)",
        "ejemplo",
        "ftp://example.org",
        "https://",
        "two words.org",
    ):
        assert wrong(q("url"), text) == [("", "question.not_url")]


def test_numbers_and_percentages_have_bounds():
    assert wrong(q("number", min=1, max=3), 4) == [("", "number.too_large")]
    assert wrong(q("number", min=1, max=3), 0) == [("", "number.too_small")]
    assert wrong(q("number"), -1) == [("", "number.too_small")]
    assert wrong(q("percent"), 101) == [("", "number.too_large")]
    assert wrong(q("money"), {"cents": -1, "currency": "CAD"}) == [("", "money.negative")]


scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["2024-13", "2024-02-31", "raw"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["raw", "id", "what", "cents", "currency", "direct", "women", "state"])
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
FIELDS = [
    {"key": "what", "kind": "date", "required": True},
    {"key": "state", "kind": "place", "required": False},
]


@given(
    st.sampled_from(sorted(QUESTION_KINDS)),
    scraps,
    st.dictionaries(st.text(max_size=3), scraps, max_size=3),
)
def test_no_stored_value_breaks_the_judge(kind, value, answers):
    question = q(kind, words=1, length=2, min=1, max=2, options=[{"code": "a"}], fields=FIELDS)
    for each in questions.problems(question, value, answers):
        assert each.reason.code in KNOWN
        assert each.field == "" or each.field.startswith("-")


@pytest.mark.parametrize("kind", ["text", "words", "choice", "choices", "place", "email"])
def test_the_sign_that_no_database_can_hold_is_left_out(kind):
    question = {"key": "q", "kind": kind, "label": {}, "options": [{"code": "a", "label": {}}]}
    posted = {"q": ["a\x00b"], "q-state": ["20\x00"], "q-locality": ["San\x00 Juan"]}
    value, _ = parse(question, posted, "q")
    assert "\\u0000" not in json.dumps(value)
