"""The pages of the register: what everybody reads, and what owners and keepers do there."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.models import Commitment, Progress
from monarca.ground.files import actions as files
from monarca.ground.people import actions as people
from tests import world_commitments as make
from tests.world import PNG
from tests.world_commitments import AUTUMN, EVIDENCE, TEXT, WINTER

NOW = datetime(2026, 2, 10, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _february(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOW)


@pytest.fixture
def public(mexico):
    return make.make_commitment(mexico, is_public=True, source_name={"es": "Plan de Acción"})


def browser(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def at(name, *args, language="en"):
    with override(language):
        return reverse(f"commitments:{name}", args=args)


def read(client, where, status=200):
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


# What everybody reads


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_register_is_read_in_three_languages(public, language):
    page = read(browser(), at("list", language=language))
    assert TEXT[language] in page
    assert all(TEXT[other] not in page for other in {"es", "en", "fr"} - {language})


def test_words_in_another_language_say_so(mexico):
    made = make.make_commitment(mexico, text={"es": "Cuidar el río."}, is_public=True)
    listed = read(browser(), at("list"))
    assert re.search(r'lang="es-MX">\s*Cuidar el río\.', listed)
    assert '<span lang="es">Cuidar el río.</span>' in read(browser(), at("one", made.reference))


def test_what_is_withheld_leaves_no_trace_for_the_public(commitment):
    page = read(browser(), at("list"))
    assert commitment.reference not in page
    assert "No commitment is here yet" in page
    for name in ("one", "report"):
        where = at(name, commitment.reference)
        answer = browser().get(where)
        assert answer.status_code == (404 if name == "one" else 302)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("aim=climate", True),
        ("aim=migration", False),
        ("origin=action_plan", True),
        ("origin=dialogue", False),
        ("pillar=environment", True),
        ("pillar=security", False),
        ("side=mexico", True),
        ("side=canada", False),
        ("status=overdue", True),
        ("status=promised", True),
        ("status=kept", False),
        ("year=2025", True),
        ("year=2024", False),
        ("q=PROTECTED+areas", True),
        ("q=protégées", False),
        ("q=accion", True),
        ("q=nothing", False),
        ("q=%25", True),
        ("q=_", True),
        ("aim=banana&year=x&status=%00&sort=up&page=99999999999", True),
    ],
)
def test_the_register_is_narrowed_by_a_plain_form(mexico, query, found):
    made = make.make_commitment(
        mexico,
        is_public=True,
        owners=(make.holder(),),
        source_name={"es": "Plan de Acción"},
    )
    page = read(browser(), f"{at('list')}?{query}")
    assert (made.reference in page) == found
    assert ("No commitment fits" in page) == (not found)


def test_words_are_sought_as_the_reader_sees_them(mexico):
    made = make.make_commitment(mexico, text={"fr": "Forêts boréales"}, is_public=True)
    for language in ("es", "en", "fr"):
        where = at("list", language=language)
        assert made.reference in read(browser(), f"{where}?q=FORETS")
    keeper = people.join("k@example.org", by=None, at=AUTUMN)
    people.give_role(keeper, by=None, at=AUTUMN, mission=mexico, role="coordinator")
    actions.reword(made, {"es": "Selvas"}, None, reason="x", by=keeper, at=WINTER)
    assert made.reference not in read(browser(), f"{at('list')}?q=forets")
    assert made.reference in read(browser(), f"{at('list')}?q=selvas")


def test_the_list_is_in_the_order_that_was_asked_for(mexico):
    days = {
        "a": ("2025-01-05", "2026-12-31"),
        "b": ("2025-03-05", None),
        "c": ("2025-02-05", "2026-06-30"),
    }
    made = {}
    for name, (promised, due) in days.items():
        made[name] = make.make_commitment(
            mexico,
            text={"en": f"Words {name}."},
            promised_on=datetime.fromisoformat(promised).date(),
            due_on=datetime.fromisoformat(due).date() if due else None,
            is_public=True,
        )
    for query, order in (("", "cab"), ("sort=latest", "bca")):
        page = read(browser(), f"{at('list')}?{query}")
        assert list(re.findall(r"Words (\w)\.", page)) == list(order)


def test_the_overview_counts_what_is_shown(mexico, coordinator):
    make.end(make.make_commitment(mexico, is_public=True), by=coordinator)
    make.make_commitment(mexico, is_public=True, pillar="", aims=())
    make.make_commitment(mexico, due_on=None)
    rows = queries.visible_to(None, at=NOW)
    overview = queries.overview(rows, on=NOW.date())

    assert overview.total == 2
    assert {key: n for key, n in overview.statuses.items() if n} == {"kept": 1, "overdue": 1}
    assert [(one.key, one.kept, one.total) for one in overview.aims] == [("climate", 1, 1)]
    assert [(one.key, one.kept) for one in overview.pillars] == [("environment", 1)]
    assert queries.overview(queries.visible_to(coordinator, at=NOW), on=NOW.date()).total == 3


def test_progress_is_drawn_with_its_figures_beside(mexico, coordinator):
    late = make.make_commitment(mexico, is_public=True)
    make.end(late, by=coordinator)
    in_time = make.make_commitment(mexico, is_public=True, due_on=WINTER.date())
    make.end(in_time, by=coordinator)
    make.end(make.make_commitment(mexico, is_public=True), by=coordinator, status="partly_kept")
    make.end(make.make_commitment(mexico, is_public=True), by=coordinator, status="withdrawn")
    make.end(make.make_commitment(mexico), by=coordinator)

    (quarter,) = queries.ended(queries.public())
    assert (quarter.year, quarter.quarter) == (2026, 1)
    assert (quarter.in_time, quarter.late, quarter.partly, quarter.missed) == (1, 1, 1, 0)
    page = read(browser(), at("progress"))
    assert "2026, quarter 1" in page
    assert page.count("<svg") > 10
    assert page.count('<table class="plot"') == 4
    assert read(browser(coordinator), at("progress")).count("<svg") == page.count("<svg")


def test_a_register_without_public_rows_says_so(commitment):
    assert "No commitment is public yet" in read(browser(), at("progress"))


# One commitment


def test_the_page_of_one_tells_the_public_the_institution_and_not_the_person(mexico, counterpart):
    made = make.make_commitment(
        mexico,
        is_public=True,
        owners=(make.holder(user=counterpart), make.holder("canada", "Parks Canada")),
        source_name={"en": "Annual meeting"},
        source_path="/dialogues/D-1/",
    )
    page = read(browser(), at("one", made.reference))
    assert "Comisión de Parques" in page
    assert "Parks Canada" in page
    assert str(counterpart) not in page
    assert '<a href="/en/dialogues/D-1/">Annual meeting</a>' in page
    assert TEXT["es"] in page
    assert 'lang="fr-CA"' in page
    assert str(counterpart) in read(browser(counterpart), at("one", made.reference))


def test_the_public_reads_shown_words_only_and_insiders_all(mexico, counterpart, coordinator):
    made = make.make_commitment(mexico, is_public=True, owners=(make.holder(user=counterpart),))
    make.make_report(made, by=counterpart, note="Entre nosotros")
    make.make_report(made, by=coordinator, note="Para todos", is_public=True, evidence_url=EVIDENCE)

    public, inside = read(browser(), at("one", made.reference)), browser(counterpart)
    assert "Para todos" in public
    assert f'href="{EVIDENCE}"' in public
    assert "Entre nosotros" not in public
    assert "Entre nosotros" in read(inside, at("one", made.reference))


def test_words_of_a_report_are_escaped_and_say_their_language(public, coordinator):
    make.make_report(public, by=coordinator, note="<script>alert(1)</script>", is_public=True)
    page = read(browser(), at("one", public.reference))
    assert "<script>alert" not in page
    assert '<div lang="es-MX"><p>&lt;script&gt;' in page


def test_earlier_wordings_stand_with_their_differences_marked(public, coordinator):
    new = {**TEXT, "en": "Sign the agreement on marine areas."}
    actions.reword(public, new, None, reason="The sea too", by=coordinator, at=WINTER)
    page = read(browser(), at("one", public.reference))
    assert "on <del>protected</del> <ins>marine</ins> areas." in page
    assert "<del>December 31, 2025</del> <ins>no day</ins>" in page
    assert "Why: The sea too" in page
    assert TEXT["en"] in page


def test_what_was_worded_before_it_was_public_stays_inside(commitment, coordinator, manager):
    draft = {"en": "A first and clumsy draft."}
    actions.reword(commitment, draft, None, reason="Not yet", by=coordinator, at=AUTUMN)
    actions.reword(commitment, TEXT, None, reason="Better", by=coordinator, at=WINTER)
    actions.show(commitment, public=True, by=manager, at=NOW)

    assert "clumsy" not in read(browser(), at("one", commitment.reference))
    assert "clumsy" in read(browser(coordinator), at("one", commitment.reference))


def test_evidence_is_sent_to_those_who_may_read_its_words(public, coordinator, counterpart, person):
    kept = files.keep(PNG, "foto.png", by=coordinator, at=WINTER)
    said = make.make_report(public, by=coordinator, evidence=kept)
    where = at("evidence", public.reference, kept.sha256[:16])
    for client in (browser(), browser(person()), browser(counterpart)):
        read(client, where, 404)
    sent = browser(coordinator).get(where)
    assert b"".join(sent.streaming_content)
    sent.close()

    actions.show_report(said, by=coordinator, at=NOW)
    answer = browser().get(where)
    assert b"".join(answer.streaming_content)
    answer.close()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for wrong in (kept.sha256[:15], kept.sha256, "0" * 16, "%"):
        read(browser(), at("evidence", public.reference, wrong), 404)
    actions.hide_report(said, by=coordinator, at=NOW)
    read(browser(), where, 404)


def test_evidence_of_a_withheld_one_is_nobodys_but_insiders(commitment, coordinator):
    kept = files.keep(PNG, "foto.png", by=coordinator, at=WINTER)
    make.make_report(commitment, by=coordinator, evidence=kept, is_public=True)
    read(browser(), at("evidence", commitment.reference, kept.sha256[:16]), 404)


# What owners and keepers do


def test_the_counterpart_says_how_far_it_is(owned, counterpart):
    client, where = browser(counterpart), at("report", owned.reference)
    page = read(client, where)
    assert "Kept" not in re.findall(r"<label[^>]*>(.*?)</label>", page)
    sent = {"note": "Vamos a la mitad.", "language": "es", "status": "under_way", "percent": "50"}
    assert client.post(where, sent).url == at("one", owned.reference)

    said = Progress.objects.get()
    assert (said.note, said.percent, said.side, said.shown_at) == (
        "Vamos a la mitad.",
        50,
        "mexico",
        None,
    )
    for status in ("kept", "banana"):
        assert client.post(where, {**sent, "status": status}).status_code == 422


def test_closing_without_evidence_is_refused_in_words_and_nothing_is_lost(public, coordinator):
    client, where = browser(coordinator), at("report", public.reference)
    sent = {"note": "Ya se firmó, de veras.", "language": "es", "status": "kept"}
    answer = client.post(where, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in page
    assert "Ya se firmó, de veras." in page
    assert 'href="#id_evidence_url"' in page

    evidence = {"evidence_url": EVIDENCE, "is_public": "on"}
    assert client.post(where, sent | evidence).status_code == 302
    public.refresh_from_db()
    assert public.status == "kept"
    assert "Ya se firmó" in read(browser(), at("one", public.reference))


def test_it_is_closed_with_a_file_or_the_file_is_refused_at_its_box(public, coordinator):
    client, where = browser(coordinator), at("report", public.reference)
    sent = {"note": "", "language": "es", "status": "kept"}
    bad = SimpleUploadedFile("virus.exe", b"MZ")
    answer = client.post(where, sent | {"paper": bad})
    assert answer.status_code == 422
    assert 'href="#id_paper"' in answer.content.decode()
    good = SimpleUploadedFile("foto.png", PNG)
    assert client.post(where, sent | {"paper": good}).status_code == 302
    assert Progress.objects.get().evidence.name == "foto.png"


@pytest.mark.parametrize("name", ["report", "reword", "owners", "reopen"])
def test_who_may_not_act_is_told_so_and_who_may_not_see_finds_nothing(
    commitment, staff, person, name
):
    where = at(name, commitment.reference)
    assert browser(staff("auditor")).get(where).status_code == 403
    assert browser(person()).get(where).status_code == 404
    assert browser().get(where).status_code == 302


def test_a_keeper_words_it_anew_with_a_reason(public, coordinator):
    client, where = browser(coordinator), at("reword", public.reference)
    assert TEXT["fr"] in read(client, where)
    sent = {f"text_{code}": text for code, text in TEXT.items()} | {"text_en": "Sign it."}
    assert client.post(where, sent).status_code == 422
    assert client.post(where, sent | {"reason": "Shorter"}).status_code == 302
    public.refresh_from_db()
    assert (public.text["en"], public.due_on) == ("Sign it.", None)


def test_the_page_does_not_offer_what_only_another_room_may_do(mexico, coordinator):
    given = {"origin": "consultation", "is_public": True, "source_name": {"en": "The talks"}}
    lent = make.make_commitment(mexico, source=mexico, **given)
    make.make_report(lent, by=coordinator)
    client, where = browser(coordinator), at("reword", lent.reference)
    page = read(client, at("one", lent.reference))
    assert where not in page
    assert "Show these words" not in page
    assert "is_public" not in read(client, at("report", lent.reference))

    assert client.get(where).url == at("one", lent.reference)
    assert "(The talks)" in read(client, at("one", lent.reference))
    answer = client.post(where, {"text_en": "Less.", "reason": "x"})
    assert answer.status_code == 422
    assert "(The talks)" in answer.content.decode()


def test_a_keeper_names_and_releases_owners(commitment, coordinator, counterpart, person):
    client, where = browser(coordinator), at("owners", commitment.reference)
    person("outside@example.org")
    sent = {"side": "mexico", "name": "SRE", "email": "outside@example.org"}
    assert "Nobody with this address" in client.post(where, sent).content.decode()
    assert client.post(where, sent | {"email": counterpart.email}).url == where
    assert queries.owners_of(commitment, at=NOW).get().user == counterpart

    release = at("release", commitment.reference)
    assert client.post(release, {"owner": "mexico:Nobody"}).status_code == 404
    assert client.post(release, {"owner": "mexico:SRE"}).url == where
    assert not queries.owners_of(commitment, at=NOW).exists()


def test_a_manager_publishes_and_a_coordinator_may_not(commitment, manager, coordinator):
    where = at("show", commitment.reference)
    assert browser(coordinator).post(where, {"public": "yes"}).status_code == 403
    assert browser(manager).post(where, {"public": "yes"}).url == at("one", commitment.reference)
    assert "Take it back" in read(browser(manager), at("one", commitment.reference))
    assert browser(manager).post(where, {}).status_code == 403
    browser(manager).post(where, {"public": "no"})
    commitment.refresh_from_db()
    assert not commitment.is_public


def test_it_is_opened_again_on_its_page(public, coordinator):
    client, where = browser(coordinator), at("reopen", public.reference)
    assert client.get(where).url == at("one", public.reference)
    make.end(public, by=coordinator)
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "Too early"}).status_code == 302
    public.refresh_from_db()
    assert public.status == "under_way"


def test_a_keeper_shows_an_owners_words_and_takes_them_back(mexico, counterpart, coordinator):
    made = make.make_commitment(mexico, is_public=True, owners=(make.holder(user=counterpart),))
    make.make_report(made, by=counterpart, note="Palabras")
    client = browser(coordinator)
    assert client.post(at("show-report", made.reference, 2)).status_code == 404
    client.post(at("show-report", made.reference, 1))
    assert "Palabras" in read(browser(), at("one", made.reference))
    client.post(at("hide-report", made.reference, 1))
    assert "Palabras" not in read(browser(), at("one", made.reference))
    assert browser(counterpart).post(at("show-report", made.reference, 1)).status_code == 403


# The desk


def test_a_commitment_is_entered_by_hand(mexico, coordinator, counterpart):
    client, where = browser(coordinator), at("new")
    sent = {
        "text_es": "Plantar diez mil árboles.",
        "origin": "working_group",
        "aims": ["climate", "economies"],
        "promised_on_day": "5",
        "promised_on_month": "11",
        "promised_on_year": "2025",
        "mexico_email": counterpart.email,
        "canada_name": "Forest Service",
        "is_public": "on",
    }
    page = client.post(where, sent)
    assert page.status_code == 422
    assert "Plantar diez mil árboles." in page.content.decode()
    answer = client.post(where, sent | {"mexico_name": "CONAFOR"})
    made = Commitment.objects.get()
    assert answer.url == at("one", made.reference)
    assert (made.origin, made.is_public) == ("working_group", False)
    assert sorted(made.aims.values_list("aim", flat=True)) == ["climate", "economies"]
    assert {(one.side, one.user) for one in made.owners.all()} == {
        ("canada", None),
        ("mexico", counterpart),
    }


def test_the_desk_lists_what_waits(mexico, coordinator, counterpart):
    late = make.make_commitment(mexico, owners=(make.holder(user=counterpart),))
    actions.remind(late, by=None, at=datetime(2025, 10, 1, tzinfo=UTC))
    wordless = make.make_commitment(mexico, text={"es": "Solo en español"}, due_on=None)
    expected = {
        "overdue": {late},
        "silent": {late},
        "wordless": {wordless},
        "ownerless": {wordless},
        "unshown": set(),
        "withheld": {late, wordless},
        "all": {late, wordless},
    }
    for view, rows in expected.items():
        page = read(browser(coordinator), f"{at('desk')}?view={view}")
        assert {row for row in (late, wordless) if row.reference in page} == rows, view
    boxes = {box.key: box.count for box in queries.inbox(coordinator, at=NOW)}
    assert boxes == {
        "commitments-overdue": 1,
        "commitments-silent": 1,
        "commitments-wordless": 1,
        "commitments-unshown": 0,
    }
    make.make_report(late, by=counterpart, at=NOW)
    assert not queries.VIEWS["silent"](coordinator, at=NOW).exists()


@pytest.mark.parametrize("role", ["auditor", "headquarters", "reviewer", "counterpart"])
def test_the_desk_is_for_who_keeps_the_register(commitment, staff, role):
    user = staff(role)
    for name in ("desk", "new", "plan", "import"):
        assert browser(user).get(at(name)).status_code == 403
    assert queries.inbox(user, at=NOW) == ()


def test_the_example_comes_in_with_one_step_and_twice_is_once(mexico, coordinator, manager):
    client, where = browser(coordinator), at("plan")
    assert "Comprehensive Strategic Partnership" in read(client, where)
    for _ in range(2):
        assert client.post(where, {"public": "yes"}).url == at("desk")
    rows = Commitment.objects.all()
    assert rows.count() == 8
    assert not rows.filter(is_public=True).exists()
    assert set(rows.values_list("pillar", flat=True)) == {
        "prosperity",
        "mobility",
        "security",
        "environment",
        "",
    }
    assert all(set(row.text) == {"es", "en", "fr"} for row in rows)


def test_a_manager_loads_the_example_in_public(mexico, manager):
    browser(manager).post(at("plan"), {"public": "yes"})
    assert queries.public().count() == 8


# What a page costs


def test_the_register_asks_the_database_eight_times_at_most(mexico, coordinator, asked_before):
    for number in range(40):
        make.make_commitment(
            mexico, text={"en": f"Number {number}"}, is_public=True, owners=(make.holder(),)
        )
    for client in (browser(), browser(coordinator)):
        for query in ("", "?q=number&aim=climate&side=mexico&status=overdue&year=2025"):
            client.get(at("list"))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                read(client, at("list") + query)
            assert len(asked) <= 8, [one["sql"][:90] for one in asked]


def test_the_tag_for_other_rooms_asks_once(mexico, coordinator, rf):
    from django.template.loader import render_to_string

    for _ in range(3):
        make.make_commitment(mexico, source=mexico)
    request = rf.get("/")
    request.at, request.user = NOW, coordinator
    with CaptureQueriesContext(connection) as asked:
        rows = queries.of_source(mexico, coordinator, at=NOW)
        page = render_to_string("commitments/_of_source.html", {"rows": rows}, request)
    assert page.count("Overdue") == 3
    assert len([one for one in asked if "commitments_" in one["sql"]]) == 1


def test_a_manager_publishes_several_at_once(mexico, manager, coordinator, counterpart):
    first, second = make.make_commitment(mexico), make.make_commitment(mexico)
    make.make_commitment(mexico, readers=(manager,))
    where = at("publish")
    assert browser(coordinator).get(where).status_code == 403
    page = read(browser(manager), where)
    assert page.count('type="checkbox"') == 2
    assert browser(manager).post(where, {}).status_code == 422
    assert browser(manager).post(where, {"chosen": ["CMT-00000"]}).status_code == 422
    assert browser(manager).post(where, {"chosen": [first.reference]}).url == at("desk")
    assert list(queries.public()) == [first]
    assert second.reference in read(browser(manager), f"{at('desk')}?view=withheld")


def test_words_typed_while_a_session_ended_are_not_lost(commitment):
    where = at("report", commitment.reference)
    answer = browser().post(where, {"note": "Tres horas <de> trabajo", "language": "es"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Tres horas &lt;de&gt; trabajo" in page
    assert commitment.text["es"] not in page
    assert browser().post(where, {"note": " "}).status_code == 302
