"""Every page: for whom it is there, in three languages, with few questions to the database."""

import re
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from monarca.ground.journal.models import Entry
from monarca.programmes.dialogues import queries
from monarca.programmes.dialogues.models import Edition, Input, Text
from monarca.programmes.dialogues.states import Sensitivity
from tests import world_dialogues as world
from tests.addresses import every_state, examples, named, only_posts
from tests.sessions import session_of

PAGES = [page for page in every_state() if page.name.startswith("dialogues:")]
KNOWN = examples()
STAFF = [page for page in PAGES if page.is_staff]


@pytest.fixture
def whole(mexico, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    with time_machine.travel(world.NOW, tick=False):
        edition, guest = world.make_whole(world.NOW)
        yield edition, guest


def look(client, user, name, *, lang="en", query="", **kwargs):
    client.cookies.clear()
    if user is not None:
        client.cookies["sessionid"] = session_of(name, user)
    with override(lang):
        return client.get(reverse(name, kwargs=kwargs) + query)


def test_every_address_has_an_example():
    wanted = {
        page.name
        for page, view in named()
        if page.name.startswith("dialogues:") and not only_posts(view)
    }
    assert wanted == {page.name for page in PAGES}


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_every_page_answers_in_every_language(whole, client, lang):
    for page in PAGES:
        user, kwargs = KNOWN[page.example](None)
        answer = look(client, user, page.name, lang=lang, query=page.query, **kwargs)
        assert answer.status_code == 200, page
        if answer["Content-Type"].startswith("text/html"):
            words = answer.content.decode()
            assert f'<html lang="{lang}-' in words, page
            assert words.count("<h1") == 1, page
        answer.close()


def test_no_desk_page_is_there_for_a_stranger_or_a_counterpart_of_nothing(whole, client):
    forbidden = {"dialogues:list": 403, "dialogues:found": 403}
    strangers = (world.make_person("x@example.org"), world.counterpart("other@example.org"))
    for page in STAFF:
        _user, kwargs = KNOWN[page.example](None)
        for user in strangers:
            answer = look(client, user, page.name, query=page.query, **kwargs)
            assert answer.status_code == forbidden.get(page.name, 404), page
            assert "Encuentro 2025" not in answer.content.decode(), page
            answer.close()
        assert look(client, None, page.name, **kwargs).status_code == 302, page


def test_a_counterpart_reads_what_is_shared_and_no_word_of_what_is_internal(whole, client):
    edition, guest = whole
    hidden = world.make_item(edition, Sensitivity.INTERNAL, words="Our secret line")
    world.make_paper(edition, item=hidden, text="Our inner paper")
    for name in ("edition", "agenda", "papers", "inputs", "practices", "texts", "people", "list"):
        kwargs = {} if name == "list" else {"ref": edition.reference}
        answer = look(client, guest, f"dialogues:{name}", **kwargs)
        assert answer.status_code == 200, name
        for word in ("Our secret line", "Our inner paper", "Petra Solís, Red Río Claro 2"):
            assert word not in answer.content.decode()
    other = Edition.objects.filter(asking="invited").get()
    assert look(client, guest, "dialogues:edition", ref=other.reference).status_code == 404
    kwargs = {"ref": edition.reference, "code": hidden.code}
    assert look(client, guest, "dialogues:item", **kwargs).status_code == 404


def test_a_counterpart_sees_no_page_of_the_fund(whole, client):
    """Whatever desk page there is outside this programme: refused, gone, or empty of files."""
    _edition, guest = whole
    for page, view in named():
        plain = "<" not in page.route and not only_posts(view)
        ours = page.name.partition(":")[0] in {"dialogues", "home", "commitments"}
        if page.is_staff and plain and not ours:
            answer = look(client, guest, page.name)
            assert (
                answer.status_code in {403, 404}
                or not answer.context
                or not (answer.context.get("rows"))
            ), page.name


def post(client, user, name, data=None, *, lang="en", query="", **kwargs):
    client.cookies.clear()
    if user is not None:
        client.cookies["sessionid"] = session_of(name, user)
    with override(lang):
        return client.post(reverse(name, kwargs=kwargs) + query, data or {})


def three(name, words="Words"):
    return {f"{name}_{code}": f"{words} {code}" for code in ("es", "en", "fr")}


def test_a_manager_founds_plans_and_publishes_without_a_script(whole, client, manager):
    given = {
        **three("name"),
        "kind": "working_group",
        "code": "MINING",
        "mission": "MEXICO",
        "aims": ["economies"],
        "pillar": "prosperity",
    }
    answer = post(client, manager, "dialogues:found", given)
    assert answer.status_code == 302, answer.context["form"].errors
    planned = {
        **three("name"),
        "place": "Sudbury",
        "host": "canada",
        "time_zone": "America/Toronto",
        "starts_on_day": "3",
        "starts_on_month": "9",
        "starts_on_year": "2025",
        "starts": "9:30",
        "ends_on_day": "3",
        "ends_on_month": "9",
        "ends_on_year": "2025",
        "ends": "16:00",
    }
    answer = post(client, manager, "dialogues:plan", planned, code="MINING")
    assert answer.status_code == 302, answer.context["form"].errors
    edition = Edition.objects.get(series__code="MINING")
    assert edition.starts_at.isoformat() == "2025-09-03T13:30:00+00:00"
    post(client, manager, "dialogues:show-series", {"public": "yes"}, code="MINING")
    post(client, manager, "dialogues:show", {"public": "yes"}, ref=edition.reference)
    page = look(client, None, "dialogues:public", code="MINING", ref=edition.reference)
    assert page.status_code == 200
    assert "Sudbury" in page.content.decode()


def test_what_was_typed_wrong_is_kept_with_422(whole, client, manager):
    wrong = {**three("name", "Kept"), "starts": "half past nine", "place": "Sudbury"}
    answer = post(client, manager, "dialogues:plan", wrong, code="ENV")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "half past nine" in page
    assert "Kept fr" in page
    assert 'class="summary"' in page


def test_a_refusal_stands_on_the_form_and_keeps_the_words(whole, client, manager):
    edition, _guest = whole
    answer = post(
        client,
        manager,
        "dialogues:people",
        {
            "side": "canada",
            "name": "Second Chair",
            "sector": "public",
            "is_chair": "on",
            "account": "",
        },
        ref=edition.reference,
    )
    assert answer.status_code == 422
    assert "Second Chair" in answer.content.decode()


def test_words_written_while_a_session_ended_are_shown_to_be_kept(whole, client):
    edition, _guest = whole
    given = {"title": "Paper", "words": "Three hours <of> work", "language": "en", "item": ""}
    answer = post(client, None, "dialogues:write", given, ref=edition.reference)
    assert answer.status_code == 401
    assert "Three hours &lt;of&gt; work" in answer.content.decode()
    assert "Encuentro 2025" not in answer.content.decode()
    assert post(client, None, "dialogues:write", {}, ref=edition.reference).status_code == 302


def test_both_sides_agree_and_adopt_over_the_pages(whole, client, manager):
    edition, guest = whole
    text = Text.objects.get(edition=edition)
    here = {"ref": edition.reference, "code": text.code}
    refused = post(client, manager, "dialogues:adopt", **here)
    assert refused.status_code == 409
    for user in (manager, guest):
        page = look(client, user, "dialogues:text", **here)
        boxes = re.findall(
            r'<input type="hidden" name="agree" value="([^"]+)"', page.content.decode()
        )
        assert len(boxes) == 9
        assert post(client, user, "dialogues:agree", {"agree": boxes}, **here).status_code == 302
    assert post(client, guest, "dialogues:adopt", **here).status_code == 403
    assert post(client, manager, "dialogues:adopt", **here).status_code == 302
    text.refresh_from_db()
    assert text.status == "final"
    post(client, manager, "dialogues:publish", **here)
    page = look(client, None, "dialogues:public", code="HRD", ref=edition.reference, lang="fr")
    assert "Paragraph 1 (es)" in page.content.decode()
    assert 'lang="es-MX"' in page.content.decode()


def test_a_box_that_was_read_before_a_change_is_refused(whole, client, manager):
    edition, guest = whole
    text = Text.objects.get(edition=edition)
    row = text.paragraphs.order_by("position").first()
    here = {"ref": edition.reference, "code": text.code}
    given = {**{f"words_{c}": "New" for c in ("es", "en", "fr")}, "seen": "1"}
    assert (
        post(client, manager, "dialogues:paragraph", given, mark=row.code, **here).status_code
        == 302
    )
    stale = {"agree": f"{row.code}:1:es"}
    assert post(client, guest, "dialogues:agree", stale, **here).status_code == 409
    late = post(client, guest, "dialogues:paragraph", given, mark=row.code, **here)
    assert late.status_code == 422
    for junk in ("", "x", f"{row.code}:²:es", f"{row.code}:99999999999:es", "a:1:es"):
        assert post(client, guest, "dialogues:agree", {"agree": junk}, **here).status_code == 302


def test_civil_society_sends_an_input_and_takes_it_back(whole, client):
    edition, _guest = whole
    here = {"code": "HRD", "ref": edition.reference}
    page = look(client, None, "dialogues:input", **here)
    assert page.status_code == 200
    given = {
        "text": "Nahuatl words",
        "language": "nhe",
        "consent": "anonymous",
        "organisation": "Only the reader",
        "person": "",
        "email": "",
    }
    answer = post(client, None, "dialogues:input", given, **here)
    assert answer.status_code == 302
    own = client.get(answer["Location"])
    assert own["Referrer-Policy"] == "no-referrer"
    assert "no-store" in own["Cache-Control"]
    assert 'lang="nhe"' in own.content.decode()
    taken = client.post(answer["Location"].partition("?")[0], {"erase": "on"})
    assert taken.status_code == 302
    assert Input.objects.latest("pk").text == ""
    with time_machine.travel(edition.starts_at, tick=False):
        late = post(client, None, "dialogues:input", given, **here)
    assert late.status_code == 422
    assert "Nahuatl words" in late.content.decode()
    wrong = {**given, "consent": "by_name", "organisation": ""}
    again = post(client, None, "dialogues:input", wrong, **here)
    assert again.status_code == 422
    assert "Nahuatl words" in again.content.decode()


def test_an_unnamed_name_is_on_no_list_file_or_export_and_only_its_reader_may_ask(whole, client):
    edition, guest = whole
    world.ask(edition)
    given = {"organisation": "", "person": "Nadie Sabe", "email": "", "secret": "third"}
    hidden = world.make_input(edition, "anonymous", **given)
    world.actions.pass_on(hidden, by=world.manager(), at=world.NOW)
    here = {"ref": edition.reference}
    other = world.make_person("coordinator@example.org", "coordinator")
    for user in (world.manager(), other, guest, world.make_person("a@example.org", "auditor")):
        for name in ("inputs", "edition", "list"):
            page = look(client, user, f"dialogues:{name}", **(here if name != "list" else {}))
            assert "Nadie Sabe" not in page.content.decode()
        pack = look(client, user, "dialogues:pack-docx", **here)
        words = "\n".join(p.text for p in Document(BytesIO(pack.content)).paragraphs)
        assert "Nadie Sabe" not in words
        assert "unnamed" in words
        asked = post(client, user, "dialogues:who", code=hidden.code, **here)
        assert asked.status_code == (200 if user == world.manager() else 404)
    told = post(client, world.manager(), "dialogues:who", code=hidden.code, **here)
    assert "Nadie Sabe" in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    entry = Entry.objects.filter(verb="input.name_read").last()
    assert (entry.by, entry.data) == (world.manager(), {})


def test_the_pack_holds_for_each_reader_what_that_reader_may_read(whole, client, manager):
    edition, guest = whole
    world.make_item(edition, Sensitivity.INTERNAL, words="Our inner item")
    world.make_paper(edition, text="Our inner paper")
    texts = {}
    for user in (manager, guest):
        answer = look(client, user, "dialogues:pack-pdf", ref=edition.reference)
        reader = PdfReader(BytesIO(answer.content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "en-CA"
        texts[user.pk] = "\n".join(page.extract_text() for page in reader.pages)
    for inner in ("Our inner item", "Our inner paper"):
        assert inner in texts[manager.pk]
        assert inner not in texts[guest.pk]


def test_the_report_is_made_from_the_register_for_whoever_reads_it(whole, client, manager):
    page = look(client, None, "dialogues:report", code="ENV", year=2025)
    assert "Promise 1 (en)" in page.content.decode()
    sheet = look(client, None, "dialogues:report-csv", code="ENV", year=2025).content.decode(
        "utf-8-sig"
    )
    head, row = sheet.strip().split("\r\n")
    assert head.startswith("reference,series,year,promised_on,text")
    assert "Embassy of Canada" in row
    assert look(client, None, "dialogues:report", code="ENV", year=2019).status_code == 404
    assert look(client, None, "dialogues:report", code="XX", year=2025).status_code == 404


def count(client, user, name, **kwargs):
    """How many questions the page asks; what a process keeps for a minute was asked before."""
    assert look(client, user, name, **kwargs).status_code == 200
    with override("en"), CaptureQueriesContext(connection) as found:
        assert client.get(reverse(name, kwargs=kwargs)).status_code == 200
    return len(found)


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(whole, client, manager):
    edition, _guest = whole
    series = edition.series
    before = {
        name: count(client, manager, f"dialogues:{name}", **kwargs)
        for name, kwargs in (("list", {}), ("agenda", {"ref": edition.reference}))
    }
    for _each in range(6):
        world.make_edition(series)
        world.make_item(edition)
    assert count(client, manager, "dialogues:list") == before["list"] <= 12
    assert count(client, manager, "dialogues:agenda", ref=edition.reference) == before["agenda"]
    public = count(client, None, "dialogues:series", code="HRD")
    assert public <= 10
    assert queries.public().count() == 9
