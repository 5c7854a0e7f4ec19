"""The pages of a report: the recipient writes without a script, the embassy reads and answers."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.reports import actions, queries
from monarca.grants.reports.models import Report
from monarca.ground.people import actions as people
from tests import world
from tests import world_reports as make
from tests.world_reports import MARCH

ALL_PARTS = ["narrative", "figures", "expenses", "budget", "check"]


@pytest.fixture(autouse=True)
def _march(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: MARCH)


def signed_in(user):
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"reports:{name}", args=parts)


def of(report, name="report", *more, lang="en"):
    return address(name, report.application.reference, report.number, *more, lang=lang)


@pytest.fixture
def report(agreement):
    return make.make_report(agreement)


def fields_of(html):
    """Every box of the first big form of a page, as a browser without a script would send it."""
    form = re.search(
        r'<form class="form" method="post" novalidate data-save>.*?</form>', html, re.DOTALL
    )[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or "checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        sent[name] = [text.strip()]
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


def test_lupita_writes_and_sends_a_whole_report_without_a_script(report, lupita):
    browser = signed_in(lupita)
    narrative = {
        key: {True: "yes", False: "no"}.get(value, value) for key, value in make.NARRATIVE.items()
    }
    assert browser.post(of(report, "part", "narrative"), narrative).url == of(
        report, "part", "figures"
    )

    page = browser.get(of(report, "part", "figures")).content.decode()
    assert "People you reached" in page
    figures = {
        "people-direct-women": "1,200",
        f"actual-{make.outcome(report)}": "41",
        f"words-{make.outcome(report)}": "Listas",
    }
    assert browser.post(of(report, "part", "figures"), figures).url == of(
        report, "part", "expenses"
    )

    row = {
        "row-ids": "n1",
        "row-n1-spent_on": "10 de septiembre de 2024",
        "row-n1-category": "training",
        "row-n1-description": "Taller",
        "row-n1-supplier": "Ferretería",
        "row-n1-cents": "12,345.60",
    }
    assert browser.post(of(report, "part", "expenses"), row).url == of(report, "part", "budget")

    why = {f"why-{code}": "Costó menos." for code in ("training", "supplies", "overhead")}
    assert browser.post(of(report, "part", "budget"), {"interest": "0", **why}).url == of(
        report, "check"
    )

    report.refresh_from_db()
    assert queries.problems_of(report) == ()
    assert report.people == {"direct": {"women": 1200}}
    assert report.rows[0]["cents"] == 1_234_560
    assert report.rows[0]["spent_on"] == "2024-09-10"
    sent = browser.post(
        of(report, "check"), {"name": "Lupita Cruz", "title": "Presidenta", "declares": "on"}
    )
    assert sent.url == of(report)
    report.refresh_from_db()
    assert report.status == "submitted"
    assert "Lupita Cruz" in browser.get(of(report)).content.decode()


def test_what_cannot_be_read_is_saved_shown_again_and_said(report, lupita):
    browser = signed_in(lupita)
    row = {
        "row-ids": "n1",
        "row-n1-spent_on": "anteayer",
        "row-n1-cents": "mil <pesos>",
        "row-n1-description": "Taller",
    }

    answer = browser.post(of(report, "part", "expenses"), row)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in html
    assert 'value="anteayer"' in html
    assert 'value="mil &lt;pesos&gt;"' in html
    assert "Row 1:" in html
    report.refresh_from_db()
    assert report.rows[0]["cents"] == {"raw": "mil <pesos>"}


@pytest.mark.parametrize("part", ["narrative", "figures", "expenses", "budget"])
def test_saving_a_page_as_it_was_shown_changes_nothing(report, lupita, part):
    make.fill(report, lupita)
    before = queries.content_of(Report.objects.get(pk=report.pk))
    browser = signed_in(lupita)
    html = browser.get(of(report, "part", part)).content.decode()

    assert browser.post(of(report, "part", part), fields_of(html)).status_code == 302

    assert queries.content_of(Report.objects.get(pk=report.pk)) == before


def test_the_check_page_names_what_is_missing_and_leads_there(report, lupita):
    browser = signed_in(lupita)
    html = browser.get(of(report, "check")).content.decode()
    assert f"{of(report, 'part', 'narrative')}?check=1#activities" in html

    answer = browser.post(of(report, "check"), {"name": "L", "title": "P", "declares": "on"})
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert "answer" in browser.get(of(report, "part", "narrative") + "?check=1").content.decode()


def test_of_a_file_beyond_the_limit_no_more_is_read_than_shows_it(report, lupita, monkeypatch):
    monkeypatch.setattr("monarca.ground.files.queries.LIMIT", 1000)
    sizes = []
    monkeypatch.setattr(
        "monarca.grants.reports.views.actions.attach",
        lambda _report, data, _name, **_given: sizes.append(len(data)),
    )

    big = SimpleUploadedFile("recibo.png", b"x" * 50_000)
    signed_in(lupita).post(of(report, "receipts"), {"receipts": [big]})

    assert sizes == [1001]


def test_a_receipt_comes_goes_and_is_refused_with_its_name(report, lupita):
    browser = signed_in(lupita)
    files = [
        SimpleUploadedFile("recibo.png", world.PNG),
        SimpleUploadedFile("virus.png", b"MZ not a picture"),
    ]

    page = browser.post(of(report, "receipts"), {"receipts": files}, follow=True).content.decode()

    assert "recibo.png" in page
    assert "virus.png" in page
    assert queries.receipts_of(report).count() == 1
    got = browser.get(of(report, "receipt", 1))
    assert got.headers["Content-Disposition"].startswith("attachment")
    got.close()
    browser.post(of(report, "remove", 1))
    assert queries.receipts_of(report).count() == 0
    assert browser.get(of(report, "receipt", 1)).status_code == 404


def test_a_report_sent_in_another_window_is_answered_kindly(agreement, lupita):
    report = make.make_submitted(agreement, lupita)
    answer = signed_in(lupita).post(of(report, "part", "narrative"), {"activities": "tarde"})

    assert answer.status_code == 409


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
@pytest.mark.parametrize("part", ["narrative", "figures", "expenses", "budget"])
def test_every_part_opens_in_three_languages(report, lupita, lang, part):
    answer = signed_in(lupita).get(of(report, "part", part, lang=lang))

    assert answer.status_code == 200
    assert f'lang="{lang}-' in answer.content.decode()[:60]


def test_the_embassy_reads_accepts_and_returns(agreement, lupita, coordinator):
    report = make.make_submitted(agreement, lupita)
    browser = signed_in(coordinator)
    listed = browser.get(address("list")).content.decode()
    assert report.agreement.number in listed
    page = browser.get(of(report, "read")).content.decode()
    assert "Hicimos los doce talleres" in page
    assert "Off the plan" in page

    empty = browser.post(of(report, "return"), {"words": " "})
    assert empty.status_code == 422
    browser.post(of(report, "return"), {"words": "Falta un recibo."})
    report.refresh_from_db()
    assert report.status == "returned"
    assert "Falta un recibo." in signed_in(lupita).get(of(report)).content.decode()

    actions.submit(report, by=lupita, at=MARCH, name="L", title="P")
    browser.post(of(report, "accept"))
    report.refresh_from_db()
    assert report.status == "accepted"


def test_a_draft_report_is_not_read_by_the_embassy(report, lupita, coordinator):
    make.fill(report, lupita)
    for name in ("read", "report"):
        assert (
            "Hicimos los doce" not in signed_in(coordinator).get(of(report, name)).content.decode()
        )
    for part in ALL_PARTS[:4]:
        assert signed_in(coordinator).get(of(report, "part", part)).status_code == 404


def test_a_coordinator_asks_for_a_report_by_hand(agreement, coordinator):
    days = {}
    for name, (year, month, day) in {
        "from_on": (2024, 7, 2),
        "until_on": (2024, 9, 30),
        "due_on": (2024, 10, 15),
    }.items():
        days |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
    where = address("file", agreement.application.reference)
    browser = signed_in(coordinator)

    assert browser.post(where, {"kind": "interim", **days}).status_code == 302
    assert Report.objects.get().kind == "interim"
    wrong = browser.post(where, {"kind": "interim", **days, "due_on_year": 2023})
    assert wrong.status_code == 422


def addresses(report):
    ref = report.application.reference
    return [
        address("mine", ref),
        of(report),
        *(of(report, "part", part) for part in ALL_PARTS[:4]),
        of(report, "check"),
        of(report, "receipt", 1),
        address("file", ref),
        of(report, "read"),
    ]


def test_a_barred_person_finds_nothing_at_any_address(report, lupita, coordinator, staff):
    actions.attach(report, world.PNG, "recibo.png", by=lupita, at=MARCH)
    for user in (lupita, coordinator, staff("manager"), staff("auditor")):
        people.close_to(
            user, report.application, by=None, at=MARCH - timedelta(days=1), reason="conflict"
        )
        browser = signed_in(user)
        assert {browser.get(each).status_code for each in addresses(report)} == {404}
        posts = [
            of(report, "accept"),
            of(report, "return"),
            of(report, "receipts"),
            of(report, "remove", 1),
        ]
        assert {browser.post(each).status_code for each in posts} == {404}
        assert (
            report.agreement.number
            not in browser.get(address("list") + "?view=all").content.decode()
        )


def test_a_stranger_and_another_missions_reviewer_find_nothing(report, person, staff):
    for user in (person("otra@example.org"), staff("reviewer")):
        browser = signed_in(user)
        assert {browser.get(each).status_code for each in addresses(report)} == {404}


def test_nobody_signed_out_reads_a_report(report):
    assert {Client().get(each).status_code for each in addresses(report)} == {302}


def test_headquarters_reads_and_cannot_accept(agreement, lupita, staff):
    report = make.make_submitted(agreement, lupita)
    browser = signed_in(staff("headquarters"))

    assert browser.get(of(report, "read")).status_code == 200
    assert browser.post(of(report, "accept")).status_code == 403


@pytest.mark.usefixtures("asked_before")
def test_the_list_costs_the_same_for_one_report_and_for_twelve(agreement, coordinator):
    browser = signed_in(coordinator)
    counts = []
    for many in (1, 11):
        for _each in range(many):
            make.make_report(agreement, kind="interim")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(address("list") + "?view=all")
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_a_recipient_has_no_desk_of_reports(agreement, lupita):
    report = make.make_submitted(agreement, lupita)
    browser = signed_in(lupita)

    assert browser.get(address("list")).status_code == 403
    assert browser.get(address("file", report.application.reference)).status_code == 404
    assert browser.get(of(report, "read")).status_code == 404
    for name in ("accept", "return"):
        assert browser.post(of(report, name)).status_code == 404


def test_a_paper_of_an_unsent_report_is_its_writers_alone(report, lupita, coordinator):
    actions.attach(report, world.PNG, "recibo.png", by=lupita, at=MARCH)
    assert signed_in(coordinator).get(of(report, "receipt", 1)).status_code == 404

    make.fill(report, lupita)
    actions.submit(report, by=lupita, at=MARCH, name="Lupita Cruz", title="Presidenta")
    read = signed_in(coordinator).get(of(report, "receipt", 1))
    assert read.status_code == 200
    read.close()


def test_a_second_final_report_is_refused_at_its_box(report, coordinator):
    days = {}
    for name, (year, month, day) in {
        "from_on": (2024, 7, 2),
        "until_on": (2024, 9, 30),
        "due_on": (2024, 10, 15),
    }.items():
        days |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
    where = address("file", report.application.reference)
    answer = signed_in(coordinator).post(where, {"kind": "final", **days})

    assert answer.status_code == 422
    assert 'href="#id_kind' in answer.content.decode()


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_the_embassys_pages_open_in_three_languages(agreement, lupita, coordinator, lang):
    report = make.make_submitted(agreement, lupita)
    browser = signed_in(coordinator)
    ref = report.application.reference
    with override(lang):
        pages = [
            reverse("reports:read", args=[ref, report.number]),
            reverse("reports:file", args=[ref]),
            *(reverse("reports:list") + f"?view={view}" for view in ("read", "overdue", "all")),
        ]
    for where in pages:
        html = browser.get(where).content.decode()
        assert f'<html lang="{lang}-' in html, where
