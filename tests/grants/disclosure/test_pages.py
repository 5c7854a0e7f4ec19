"""The pages of disclosure: the desk's, and those that everybody reads."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications import actions as applications
from monarca.grants.disclosure import queries
from monarca.grants.disclosure.models import Disclosure
from monarca.ground.people import actions as people
from tests import world_disclosure as make
from tests.world_disclosure import APRIL, GENERAL, TEXTS, officer


@pytest.fixture(autouse=True)
def _april(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: APRIL)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"disclosure:{name}", args=parts)


def of(agreement, name="file"):
    return address(name, agreement.application.reference)


def typed(texts):
    return {
        f"{field}_{code}": text
        for field, by_language in texts.items()
        for code, text in by_language.items()
    }


def test_the_record_walks_over_three_desks_without_a_script(agreement):
    coordinator = signed_in(officer(agreement, "coordinator"))
    manager = signed_in(officer(agreement, "manager"))
    head = signed_in(officer(agreement, "head_of_mission"))
    here = of(agreement)
    assert agreement.number in coordinator.get(address("list")).content.decode()
    begun = {"level": "full", "reason": "", "sector": "41010"}
    assert coordinator.post(here, begun).url == here
    row = Disclosure.objects.get()
    listed = coordinator.get(address("list") + "?view=write").content.decode()
    assert row.reference in listed
    assert coordinator.post(here, typed(TEXTS)).url == here

    assert of(agreement, "approve") not in coordinator.get(here).content.decode()
    assert row.reference in manager.get(address("list") + "?view=approve").content.decode()
    assert manager.post(of(agreement, "approve")).url == here
    assert row.reference in head.get(address("list") + "?view=publish").content.decode()
    assert head.post(of(agreement, "publish")).url == here
    page = head.get(here).content.decode()
    assert address("project", row.slug) in page
    assert Client().get(address("project", row.slug)).status_code == 200
    assert coordinator.post(of(agreement, "withdraw")).url == here
    assert Client().get(address("project", row.slug)).status_code == 404


def test_the_page_says_what_is_missing_and_keeps_what_was_typed(agreement):
    make.make_prepared(agreement)
    browser = signed_in(officer(agreement, "coordinator"))
    answer = browser.post(of(agreement), {"title_en": "Clean water", "title_fr": "x" * 201})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in html
    assert 'value="Clean water"' in html
    assert "x" * 201 in html
    assert "Title, French: the text is missing." in html
    browser.post(of(agreement), {"title_en": "Clean water"})
    html = browser.get(of(agreement)).content.decode()
    assert "Title, English: the text is missing." not in html
    assert "Title, French: the text is missing." in html


def test_less_than_everything_needs_a_reason_on_the_form_too(agreement):
    browser = signed_in(officer(agreement, "coordinator"))
    answer = browser.post(of(agreement), {"level": "withheld", "reason": "", "sector": "41010"})

    assert answer.status_code == 422
    assert not Disclosure.objects.exists()


def test_what_is_restricted_is_not_even_offered_in_full(another):
    hidden = another(2, restricted=True)
    browser = signed_in(officer(hidden, "coordinator"))
    html = browser.get(of(hidden)).content.decode()
    assert 'value="full"' not in html
    assert 'value="anonymised"' in html
    answer = browser.post(of(hidden), {"level": "full", "reason": "", "sector": "41010"})

    assert answer.status_code == 422
    assert "Colectiva 2" not in browser.get(address("list")).content.decode()


def test_whoever_prepared_it_reads_that_another_manager_approves(agreement):
    manager = officer(agreement, "manager")
    make.make_worded(agreement, by=manager)
    browser = signed_in(manager)

    assert "another manager approves it" in browser.get(of(agreement)).content.decode()
    assert browser.post(of(agreement, "approve")).status_code == 409


def test_a_gate_that_is_closed_is_answered_kindly(agreement):
    make.make_prepared(agreement)
    browser = signed_in(officer(agreement, "manager"))

    assert browser.post(of(agreement, "approve")).status_code == 409
    assert of(agreement, "approve") not in browser.get(of(agreement)).content.decode()


def test_a_text_is_reviewed_on_the_page_by_somebody_else(agreement):
    made = make.make_worded(agreement)
    ref = agreement.application.reference
    here = address("review", ref, "title", "en")
    writer, manager = officer(agreement, "coordinator"), officer(agreement, "manager")
    assert signed_in(writer).post(here).status_code == 403
    assert here not in signed_in(writer).get(of(agreement)).content.decode()

    browser = signed_in(manager)
    assert here in browser.get(of(agreement)).content.decode()
    assert browser.post(here).url == of(agreement)
    assert made.translations.get(field="title", language="en").reviewed_by == manager
    assert browser.post(address("review", ref, "title", "de")).status_code == 404


def test_it_is_prepared_again_with_less(agreement):
    make.make_approved(agreement)
    browser = signed_in(officer(agreement, "coordinator"))
    assert browser.get(of(agreement, "again")).status_code == 200
    given = {"level": "anonymised", "reason": "safety", "sector": "41010"}
    assert browser.post(of(agreement, "again"), given).url == of(agreement)
    html = browser.get(of(agreement)).content.decode()

    assert "read it again" in html
    assert browser.post(of(agreement), typed(GENERAL)).url == of(agreement)
    assert queries.gate(Disclosure.objects.get(), at=APRIL) == ()


@pytest.mark.parametrize("role", ["reviewer", "auditor", "finance"])
def test_others_read_at_most(agreement, role):
    make.make_worded(agreement)
    browser = signed_in(officer(agreement, role))
    expected = 404 if role == "reviewer" else 200
    assert browser.get(of(agreement)).status_code == expected

    posts = [of(agreement, name) for name in ("approve", "publish", "withdraw", "again")]
    answers = {browser.post(each).status_code for each in [*posts, of(agreement)]}
    assert answers <= ({404} if role == "reviewer" else {403, 422})


def test_a_recipient_does_not_reach_the_desk(agreement, person):
    make.make_published(agreement)
    browser = signed_in(person())

    assert browser.get(of(agreement)).status_code == 404
    assert browser.get(address("list")).status_code == 403


def test_a_barred_person_finds_nothing_at_any_address(agreement, staff):
    made = make.make_worded(agreement)
    ref = agreement.application.reference
    for role in ("coordinator", "manager", "head_of_mission", "auditor", "headquarters"):
        user = officer(agreement, role)
        before = APRIL - timedelta(days=1)
        people.close_to(user, agreement.application, by=None, at=before, reason="conflict")
        browser = signed_in(user)
        assert browser.get(of(agreement)).status_code == 404
        posts = [of(agreement, name) for name in ("approve", "publish", "withdraw", "again")]
        posts.append(address("review", ref, "title", "en"))
        assert {browser.post(each).status_code for each in posts} == {404}
        for view in ("prepare", "write", "approve", "publish", "all"):
            html = browser.get(address("list") + f"?view={view}").content.decode()
            assert made.reference not in html
        boxes = queries.inbox(user, at=APRIL)
        assert [box.key for box in boxes if box.count] == []


def test_a_sealed_file_is_on_no_list_but_its_readers(agreement):
    made = make.make_worded(agreement)
    manager, other = officer(agreement, "manager"), officer(agreement, "coordinator")
    applications.seal(agreement.application, by=manager, at=APRIL, readers=[], alias="Colibrí")

    assert signed_in(other).get(of(agreement)).status_code == 404
    assert signed_in(manager).get(of(agreement)).status_code == 200
    listed = signed_in(other).get(address("list") + "?view=all").content.decode()
    assert made.reference not in listed


@pytest.mark.parametrize(
    ("lang", "tag", "title"),
    [
        ("es", "es-MX", "Agua limpia para Yalálag"),
        ("en", "en-CA", "Clean water for Yalálag"),
        ("fr", "fr-CA", "De l&#x27;eau propre pour Yalálag"),
    ],
)
def test_everybody_reads_the_project_in_three_languages(rich, lang, tag, title):
    made = make.make_published(rich)
    html = Client().get(address("project", made.slug, lang=lang)).content.decode()

    assert f'<html lang="{tag}"' in html
    assert f"<h1>{title}</h1>" in html
    assert made.reference in html
    assert "<strong>41</strong>" in html
    amount = {"es": "45,000.00 CAD", "en": "45,000.00 CAD", "fr": "45\u00a0000,00 CAD"}[lang]
    assert amount in html.replace("\u202f", "\u00a0").replace("\u00a0CAD", " CAD")
    listed = Client().get(address("projects", lang=lang)).content.decode()
    assert title in listed
    assert address("project", made.slug, lang=lang) in listed
    data = Client().get(address("open-data", lang=lang)).content.decode()
    assert "/open-data/iati-activities.xml" in data
    assert "/open-data/proactive-disclosure.csv" in data
    for name in ("commitments.csv", "commitments.xlsx"):
        assert f"/open-data/{name}" in data
        assert Client().get(f"/open-data/{name}").status_code == 200


def test_every_public_file_is_listed_with_its_size_its_records_and_its_latest_change(agreement):
    make.make_published(agreement)
    html = Client().get(address("open-data")).content.decode()
    for name in (
        "iati-activities.xml",
        "proactive-disclosure.csv",
        "iati-organisation.xml",
        "360giving.json",
        "common-grants.json",
    ):
        size = -(-len(Client().get(f"/open-data/{name}").content) // 1024)
        _, section = html.split(f'<a href="/open-data/{name}">{name}</a>')
        facts = section.split("</section>")[0]
        assert f"{size} KB" in facts, name
        assert "Latest change" in facts, name
        assert "2025" in facts, name
    assert "/common-grants/opportunities" in html


def test_a_text_in_another_language_says_so(another):
    made = make.make_published(another(2, restricted=True), level="anonymised")
    html = Client().get(address("project", made.slug, lang="es")).content.decode()

    assert '<h1><span lang="en">Access to water</span></h1>' in html


def test_a_project_without_a_name_tells_money_and_dates_only(another):
    hidden = another(2, restricted=True)
    made = make.make_published(hidden, level="anonymised")
    pages = [
        Client().get(address("project", made.slug)).content.decode(),
        Client().get(address("projects")).content.decode(),
    ]

    for html in pages:
        assert "45,000.00" in html
        for name in ("Colectiva 2", "Yalálag", hidden.number, hidden.application.reference):
            assert name not in html
    assert "<td" in pages[1]
    assert 'Oaxaca: 1 project"' not in pages[1]


def test_the_list_is_narrowed_by_year_priority_and_state(agreement, another):
    first = make.make_published(agreement)
    second = make.make_published(another(2, state="07", priority="IG"))

    def shown(query):
        html = Client().get(address("projects") + query).content.decode()
        return [row.slug for row in (first, second) if row.slug in html]

    assert shown("") == [first.slug, second.slug]
    assert shown("?state=07") == [second.slug]
    assert shown("?priority=EC") == [first.slug]
    assert shown("?year=2024-2025&priority=IG&state=07") == [second.slug]
    assert shown("?year=1999-2000") == []
    assert shown("?state=99&page=abc") == [first.slug, second.slug]


def test_the_place_of_an_unnamed_project_narrows_nothing(another):
    made = make.make_published(another(2, restricted=True, state="07"), level="anonymised")

    here = Client().get(address("projects") + "?state=07").content.decode()
    assert made.slug not in here
    assert 'aria-label="Chiapas: 0 projects"' in here


@pytest.mark.parametrize("ref", ["nothing", "CFLI-MX-2024-25-001"])
def test_what_is_not_public_has_one_answer(agreement, ref):
    made = make.make_approved(agreement)

    assert Client().get(address("project", ref)).status_code == 404
    assert Client().get(address("project", made.slug)).status_code == 404


def test_empty_pages_say_so(db):
    html = Client().get(address("projects")).content.decode()
    assert "No project is public yet" in html
    html = Client().get(address("open-data")).content.decode()
    assert "/open-data/proactive-disclosure.csv" in html
    assert "/open-data/iati-activities.xml" not in html


@pytest.mark.parametrize("name", ["projects", "open-data"])
@pytest.mark.usefixtures("asked_before")
def test_public_lists_ask_the_same_of_one_and_of_four(agreement, another, name):
    def asked():
        cache.clear()  # what another test kept under the same numbers of the journal
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(address(name)).status_code == 200
        return len(seen)

    make.make_published(agreement)
    one = asked()
    for number in (2, 3, 4):
        make.make_published(another(number))
    assert asked() == one


@pytest.mark.parametrize("view", ["prepare", "write", "approve", "publish", "all"])
@pytest.mark.usefixtures("asked_before")
def test_desk_lists_ask_ten_questions_at_most_however_many_records(agreement, another, view):
    browser = signed_in(officer(agreement, "manager"))
    makers = {
        "write": make.make_prepared,
        "approve": make.make_worded,
        "publish": make.make_approved,
        "all": make.make_published,
    }

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address("list") + f"?view={view}").status_code == 200
        return len(seen)

    for each in (agreement,):
        makers.get(view, lambda _: None)(each)
    one = asked()
    for number in (2, 3):
        makers.get(view, lambda _: None)(another(number))
    assert asked() == one
    assert one <= 10
