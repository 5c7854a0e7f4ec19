"""Files of commitments that come in and go out, and the feed: hostile input, and nothing leaks."""

import csv
import io
from datetime import date, datetime
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from monarca.engines.documents.writing import workbook
from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.forms import sheets
from monarca.ground.commitments.models import Batch, Commitment, Wording
from monarca.ground.journal.models import Entry
from monarca.kit import reasons
from tests import world_commitments as make
from tests.ground.commitments.test_pages import NOW, at, browser, read
from tests.world_commitments import EVIDENCE, TEXT

ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = "external_id,text_es,text_en,origin,promised_on,due_on,owner_mexico,aims,status,evidence_url,public"
GOOD = (
    f"{HEAD}\n"
    "P-1,Cuidar el río,Care for the river,dialogue,2025-09-18,2026-12-31,SEMARNAT;CONAGUA,climate,,,\n"
    'P-2,"Abrir, juntos, la escuela",,agreement,2025-10-01,,,,kept,https://escuela.example/acta,no\n'
)


@pytest.fixture(autouse=True)
def _february(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOW)


def send(client, data, name="plan.csv"):
    data = data.encode() if isinstance(data, str) else data
    return client.post(at("import"), {"file": SimpleUploadedFile(name, data)})


def take_in(client, data, name="plan.csv", **given):
    """Upload, look, say yes."""
    looked = send(client, data, name)
    assert looked.status_code == 302, looked.content.decode()
    return client.post(looked.url, {"yes": "yes", **given})


def faults(answer):
    """(line, column, sentence) of the page's table of faults."""
    assert answer.status_code == 422
    return [tuple(row) for row in answer.context["flaws"]]


# In


def test_a_file_is_looked_at_first_and_written_after_a_yes(mexico, coordinator):
    client = browser(coordinator)
    looked = send(client, GOOD)
    assert not Commitment.objects.exists()
    page = read(client, looked.url)
    assert "Care for the river" in page
    assert "Nothing has been written yet" in page

    assert client.post(looked.url, {"yes": "yes"}).url == at("desk")
    river, school = Commitment.objects.order_by("external_id")
    assert (river.text, river.due_on) == (
        {"es": "Cuidar el río", "en": "Care for the river"},
        date(2026, 12, 31),
    )
    assert sorted(river.owners.values_list("name", flat=True)) == ["CONAGUA", "SEMARNAT"]
    assert (school.status, school.ended_at) == ("kept", NOW)
    assert school.progress.get().evidence_url == "https://escuela.example/acta"
    assert client.get(looked.url).status_code == 404
    assert Batch.objects.get().rows == []
    taken = Entry.objects.get(verb="commitments.file_taken")
    assert taken.data == {"new": 2, "worded": 0}


def test_the_same_file_twice_adds_nothing(mexico, coordinator):
    client = browser(coordinator)
    for _ in range(2):
        take_in(client, GOOD)
    assert Commitment.objects.count() == 2
    assert Wording.objects.count() == 2
    unnamed = "text_es,origin,promised_on\nSin número,agreement,2025-01-01\n"
    for _ in range(2):
        take_in(client, unnamed)
    assert Commitment.objects.count() == 3


def test_a_changed_line_is_a_new_wording_with_a_reason(mexico, coordinator):
    client = browser(coordinator)
    take_in(client, GOOD)
    changed = GOOD.replace("Care for the river", "Care for the whole river").replace(",kept,", ",,")
    looked = send(client, changed)
    assert client.post(looked.url, {"yes": "yes"}).status_code == 422
    client.post(looked.url, {"yes": "yes", "reason": "The plan was mended"})
    held = Commitment.objects.get(external_id="P-1")
    assert held.text["en"] == "Care for the whole river"
    assert [one.reason for one in queries.wordings_of(held)] == ["", "The plan was mended"]


def test_a_file_does_not_reword_what_another_room_deposited(mexico, coordinator):
    talks = {"source_name": {"en": "The talks"}, "origin": "consultation"}
    held = make.make_commitment(mexico, source=mexico, **talks)
    head = "reference,text_es,text_en,text_fr,origin,promised_on,due_on\n"
    row = f"{held.reference},{{}},,,consultation,2025-09-18,{{}}\n"
    client = browser(coordinator)
    for words, due, column in (("Otra cosa.", "", "text_es"), ("", "2026-12-31", "due_on")):
        (found,) = faults(send(client, head + row.format(words, due)))
        assert found[:2] == ("2", column)
        assert "(The talks)" in found[2]
    assert send(client, head + row.format(TEXT["es"], "2025-12-31")).status_code == 302
    assert queries.wordings_of(held).count() == 1


def test_an_empty_cell_leaves_what_is_known(mexico, coordinator):
    client = browser(coordinator)
    take_in(client, GOOD)
    take_in(client, f"{HEAD}\nP-1,,,dialogue,2025-09-18,,,,,,\n")
    held = Commitment.objects.get(external_id="P-1")
    assert (held.text["es"], held.due_on) == ("Cuidar el río", date(2026, 12, 31))
    assert held.wordings.count() == 1


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("P-1,Río,,dialogue,2025-09-18,2025-01-01,,,,,", "due_on", "cannot be due before"),
        ("P-1,Río,,dialogue,18 de septiembre,,,,,,", "promised_on", ""),
        ("P-1,Río,,dialogue,9999-12-31,,,,,,", "promised_on", "between January 1, 1900"),
        ("P-1,Río,,dialogue,0900-01-01,,,,,,", "promised_on", "between January 1, 1900"),
        ("P-1,Río,,dialogue,2025-09-18,9999-12-31,,,,,", "due_on", "more than 100 years"),
        ("P-1,Río,,dialogue,2025-09-18,,,,kept,https://a,", "evidence_url", "https://"),
        ("P-1,Río,,rumour,2025-09-18,,,,,,", "origin", ""),
        ("P-1,Río,,dialogue,2025-09-18,,,fame,,,", "aims", ""),
        ("P-1,Río,,dialogue,2025-09-18,,,,kept,,", "evidence_url", "only with evidence"),
        ("P-1,Río,,dialogue,2025-09-18,,,,kept,javascript:x,", "evidence_url", "https://"),
        ("P-1,,,dialogue,2025-09-18,,,,,,", "text_es", "at least one language"),
        ("P-1,Río,,dialogue,2025-09-18,,,,,,yes", "public", "Only a manager"),
        ("P-1,Río,,dialogue,2025-09-18", "—", ""),
        ("P-1,Río,,dialogue,2025-09-18,,,,,,,,,", "—", ""),
        (f"P-1,{'x' * 4500},,dialogue,2025-09-18,,,,,,", "text_es", ""),
        (f"P-1,Río,,dialogue,2025-09-18,,{'x' * 201},,,,", "owner_mexico", ""),
    ],
)
def test_a_fault_is_told_with_line_and_column_and_nothing_is_written(
    mexico, coordinator, line, column, told
):
    good = "P-0,Bosque,,dialogue,2025-09-18,,,,,,"
    (found,) = faults(send(browser(coordinator), f"{HEAD}\n{good}\n{line}\n"))
    assert found[:2] == ("3", column)
    assert told in found[2]
    assert not Commitment.objects.exists()
    assert not Batch.objects.exists()


def test_all_faults_are_told_at_once(mexico, coordinator):
    rows = "P-1,Río,,rumour,2025-13-40,,,,,,\nP-1,,,dialogue,2025-09-18,,,,,,\n"
    found = faults(send(browser(coordinator), f"{HEAD}\n{rows}"))
    assert {row[:2] for row in found} == {
        ("2", "origin"),
        ("2", "promised_on"),
        ("3", "external_id"),
    }


def test_one_commitment_written_twice_in_a_file_is_a_fault(mexico, coordinator):
    rows = "text_es,origin,promised_on\nRío,dialogue,2025-01-01\nRío,dialogue,2025-01-01\n"
    (found,) = faults(send(browser(coordinator), rows))
    assert found[0] == "3"
    assert "line 2" in found[2]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("text_es,origin,promised_on,colour", "colour"),
        ("text_es,origin", "promised_on"),
        ("text_es,origin,promised_on,origin", "origin"),
    ],
)
def test_the_first_line_names_the_columns(mexico, coordinator, head, column):
    cells = ",".join(["x"] * len(head.split(",")))
    found = faults(send(browser(coordinator), f"{head}\n{cells}\n"))
    assert [row[1] for row in found] == [column]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.csv", b"\0\1\2"),
        ("a.csv", HEAD.encode()),
        ("a.csv", b'a,"b\nc'),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b""),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pdf", b"%PDF-1.4 %%EOF"),
        ("a.csv", b"PK\x03\x04"),
        ("a.exe", b"MZ"),
        ("a.csv", b"x" * 5_000_001),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{one[:6]!r}",
)
def test_what_is_no_table_is_refused_in_a_sentence(mexico, coordinator, name, data):
    answer = send(browser(coordinator), data, name)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error:" in page
    assert all(" " in row[2] for row in answer.context["flaws"])
    assert not Batch.objects.exists()


def test_a_file_longer_than_a_thousand_rows_is_refused(mexico, coordinator):
    rows = "\n".join(f"R {number},dialogue,2025-01-01" for number in range(1001))
    (found,) = faults(send(browser(coordinator), f"text_es,origin,promised_on\n{rows}\n"))
    assert "1,000" in found[2]


def sheet(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_spreadsheet_comes_in_with_its_days_and_lines(mexico, coordinator):
    rows = [
        ["text_es", "origin", "promised_on", "due_on", "external_id"],
        [
            "Primera línea\nsegunda línea",
            "dialogue",
            datetime.fromisoformat("2025-09-18"),
            date(2026, 1, 2),
            7,
        ],
    ]
    take_in(browser(coordinator), sheet(rows), "plan.xlsx")
    held = Commitment.objects.get()
    assert held.text == {"es": "Primera línea\nsegunda línea"}
    assert (held.promised_on, held.due_on, held.external_id) == (
        date(2025, 9, 18),
        date(2026, 1, 2),
        "7",
    )


def test_a_formula_of_a_spreadsheet_is_never_worked_out(mexico, coordinator):
    rows = [
        ["text_es", "origin", "promised_on"],
        ['=HYPERLINK("http://evil.example","x")', "dialogue", "2025-09-18"],
    ]
    found = faults(send(browser(coordinator), sheet(rows), "plan.xlsx"))
    assert found == [("2", "text_es", "Write what is promised in at least one language.")]


def test_a_cell_under_no_heading_is_a_fault(mexico, coordinator):
    rows = [["text_es", "origin", "promised_on"], ["Río", "dialogue", "2025-09-18", "lost"]]
    (found,) = faults(send(browser(coordinator), sheet(rows), "plan.xlsx"))
    assert found[0] == "2"
    assert "lost" in found[2]


def test_a_semicolon_file_of_an_old_excel_is_read(mexico, coordinator):
    rows = "text_es;origin;promised_on;owner_mexico\r\nAcción;dialogue;2025-09-18;\r\n"
    take_in(browser(coordinator), rows.encode("cp1252"))
    assert Commitment.objects.get().text == {"es": "Acción"}


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("origin", {"origin": "agreement"}),
        ("promised_on", {"promised_on": "2025-09-19"}),
        ("aims", {"aims": "migration"}),
        ("owner_mexico", {"owner_mexico": "Somebody else"}),
        ("status", {"status": "kept", "evidence_url": EVIDENCE}),
        ("public", {"public": "yes"}),
        ("reference", {"reference": "CMT-00000"}),
    ],
)
def test_what_a_file_may_not_change_is_told(mexico, manager, column, change):
    held = make.make_commitment(mexico, owners=(make.holder(),), external_id="X-1")
    row = {
        "reference": held.reference,
        "text_es": TEXT["es"],
        "origin": "action_plan",
        "promised_on": "2025-09-18",
        "aims": "climate",
        "owner_mexico": "Comisión de Parques",
        "status": "promised",
        "evidence_url": "",
        "public": "no",
    }
    good = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    assert send(browser(manager), good).status_code == 302
    bad = row | change
    (found,) = faults(send(browser(manager), ",".join(bad) + "\n" + ",".join(bad.values()) + "\n"))
    assert found[:2] == ("2", column)


def test_a_sealed_one_is_not_given_away_by_its_words_or_its_number(
    mexico, coordinator, counterpart
):
    make.make_commitment(mexico, readers=(counterpart,), external_id="S-1")
    row = f'"{TEXT["es"]}","{TEXT["en"]}","{TEXT["fr"]}",action_plan,2025-09-18'
    head = "text_es,text_en,text_fr,origin,promised_on"
    looked = send(browser(coordinator), f"{head}\n{row}\n")
    assert looked.status_code == 302
    assert "come in new" in read(browser(coordinator), looked.url)
    (found,) = faults(send(browser(coordinator), f"external_id,{head}\nS-1,{row}\n"))
    assert found[2] == "This number is taken. Choose another one."


def test_a_register_that_changed_meanwhile_is_told_and_nothing_is_written(
    mexico, coordinator, manager
):
    held = make.make_commitment(mexico, external_id="P-9")
    client = browser(coordinator)
    row = "P-9,Otra cosa,action_plan,2025-09-18"
    looked = send(client, f"external_id,text_es,origin,promised_on\n{row}\n")
    make.end(held, by=manager)
    answer = client.post(looked.url, {"yes": "yes", "reason": "x"})
    assert answer.status_code == 422
    assert held.wordings.count() == 1


def test_a_batch_is_its_senders_alone_and_answered_once(mexico, coordinator, manager):
    looked = send(browser(coordinator), GOOD)
    for user in (manager, None):
        assert browser(user).get(looked.url).status_code in {404, 302}
    batch = Batch.objects.get()
    actions.take_in(batch, reason="", by=coordinator, at=NOW)
    with pytest.raises(actions.FileTaken):
        actions.take_in(batch, reason="", by=coordinator, at=NOW)
    for wrong in ("x", "00000000-0000-0000-0000-000000000000"):
        assert browser(coordinator).get(at("arrival", wrong)).status_code == 404


def test_every_reason_of_a_file_has_a_sentence_in_three_languages():
    known = reasons.catalogue()
    codes = [code for code in known if code.startswith("commitments.")]
    assert len(codes) == 10
    assert all(set(known[code]) == {"es", "en", "fr"} for code in codes)


def test_the_template_comes_in_as_it_is(mexico, coordinator):
    client = browser(coordinator)
    for kind in ("csv", "xlsx"):
        data = client.get(at("template", kind)).content
        assert send(client, data, f"t.{kind}").status_code == 302
    assert client.get(at("template", "pdf")).status_code == 404
    assert browser().get(at("template", "csv")).status_code == 302


# Out


def exported(client, kind="csv", query=""):
    answer = client.get(f"{at('export', kind)}{query}")
    assert answer.status_code == 200
    return answer.content


def lines(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_export_holds_what_its_asker_may_see(mexico, commitment, coordinator, counterpart):
    public = make.make_commitment(mexico, is_public=True, external_id="P-1")
    make.make_report(public, by=coordinator, percent=30, evidence_url=EVIDENCE)
    make.make_report(public, by=coordinator, percent=20, is_public=True)

    (told,) = lines(exported(browser()))
    assert (told["reference"], told["percent"], told["evidence_url"], told["external_id"]) == (
        public.reference,
        "20",
        "",
        "",
    )
    assert told["address"].endswith(f"/en/commitments/{public.reference}/")
    assert {row["reference"] for row in lines(exported(browser(coordinator)))} == {
        public.reference,
        commitment.reference,
    }
    assert len(lines(exported(browser(counterpart)))) == 1
    assert lines(exported(browser(), query="?aim=migration")) == []


def test_no_persons_name_leaves_with_a_file(mexico, counterpart, coordinator):
    make.make_commitment(mexico, owners=(make.holder(user=counterpart),))
    data = exported(browser(coordinator)).decode()
    assert "Comisión de Parques" in data
    assert counterpart.name not in data
    assert counterpart.email not in data


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A0"])
def test_a_formula_leaves_as_text_and_comes_back_as_it_was(mexico, coordinator, text):
    make.make_commitment(mexico, text={"es": text})
    (row,) = lines(exported(browser(coordinator)))
    assert not row["text_es"].startswith(("=", "+", "-", "@", "\t"))
    book = load_workbook(io.BytesIO(exported(browser(coordinator), "xlsx")))
    cell = next(one for one in book.active[2] if one.value and text.strip() in str(one.value))
    assert cell.data_type in {"s", "inlineStr"}
    take_in(browser(coordinator), exported(browser(coordinator)))
    assert Commitment.objects.get().text == {"es": text.strip()}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_leaves_comes_in_again_and_changes_nothing(mexico, coordinator, kind):
    make.make_commitment(mexico, owners=(make.holder(), make.holder("canada", "A; B")))
    make.end(make.make_commitment(mexico, text={"fr": "À la ligne\nsuivante"}), by=coordinator)
    take_in(browser(coordinator), exported(browser(coordinator), kind), f"all.{kind}")
    assert Commitment.objects.count() == 2
    assert Wording.objects.count() == 2


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=30), st.integers(-9, 10**12)), max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_a_workbook_gives_back_every_text_and_number(rows):
    book = load_workbook(io.BytesIO(workbook.write([("Ñ/a: [1]", rows)])))
    assert book.sheetnames == ["Ñ a   1"]
    for row, cells in zip(rows, book.active.iter_rows(values_only=True), strict=False):
        told = [workbook.UNWRITABLE.sub("", one) if isinstance(one, str) else one for one in row]
        plain = [
            one.replace("\r\n", "\n").replace("\r", "\n") if isinstance(one, str) else one
            for one in told
        ]
        assert [one or (one if one == 0 else "") for one in plain] == [
            "" if one is None else one for one in cells[: len(plain)]
        ]


def test_a_workbook_has_the_same_bytes_for_the_same_rows():
    rows = [["a", "=b"], ["c", 1]]
    assert workbook.write([("x", rows)]) == workbook.write([("x", rows)])
    with ZipFile(io.BytesIO(workbook.write([("x", rows)]))) as book:
        assert book.testzip() is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_open_data_is_what_is_public_whoever_asks(mexico, commitment, manager, kind):
    public = make.make_commitment(mexico, is_public=True)
    answers = [
        client.get(f"/open-data/commitments.{kind}") for client in (browser(), browser(manager))
    ]
    first, second = answers
    assert first.content == second.content
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    if kind == "csv":
        assert [row["reference"] for row in lines(first.content)] == [public.reference]
    again = browser().get(
        f"/open-data/commitments.{kind}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


# The feed


def feed(client=None, query="", language="en"):
    answer = (client or browser()).get(f"{at('feed', language=language)}{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def entries(tree):
    return [
        {
            "id": one.find(f"{ATOM}id").text,
            "title": one.find(f"{ATOM}title").text,
            "updated": one.find(f"{ATOM}updated").text,
            "summary": one.findtext(f"{ATOM}summary"),
            "links": {link.get("rel"): link.get("href") for link in one.findall(f"{ATOM}link")},
        }
        for one in tree.findall(f"{ATOM}entry")
    ]


def test_a_feed_tells_public_news_the_latest_first(mexico, commitment, coordinator):
    public = make.make_commitment(mexico, is_public=True)
    make.make_report(public, by=coordinator, note="Nobody hears this")
    make.make_report(
        public, by=coordinator, note="Half <done> & more", is_public=True, evidence_url=EVIDENCE
    )
    make.make_report(commitment, by=coordinator, note="Withheld", is_public=True)
    actions.reword(public, {"en": "Anew."}, None, reason="x", by=coordinator, at=NOW)

    told = entries(feed())
    assert [one["title"] for one in told] == [
        "Worded anew: Anew.",
        "Promised: Anew.",
        "New commitment: Anew.",
    ]
    assert [one["updated"] for one in told] == [
        "2026-02-10T18:00:00Z",
        "2026-02-03T16:00:00Z",
        "2025-09-22T16:00:00Z",
    ]
    assert told[1]["summary"] == "Half <done> & more"
    assert told[1]["links"]["related"] == EVIDENCE
    assert told[0]["links"]["alternate"] == f"http://testserver/en/commitments/{public.reference}/"
    assert entries(feed(browser(coordinator))) == told


def test_a_feed_is_valid_and_its_identities_stay(mexico, coordinator):
    public = make.make_commitment(mexico, is_public=True)
    first = feed()
    names = [child.tag.removeprefix(ATOM) for child in first]
    assert {"id", "title", "updated", "author", "link"} <= set(names)
    links = {one.get("rel"): one.get("href") for one in first.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/en/commitments/feed.atom"
    make.make_report(public, by=coordinator, is_public=True)
    second = feed()
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")
    assert entries(first)[0]["id"] == entries(second)[1]["id"]
    ids = [one["id"] for one in entries(second)]
    assert len(set(ids)) == 2
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert first.findtext(f"{ATOM}updated") < second.findtext(f"{ATOM}updated")


def test_a_feed_speaks_its_language_and_says_when_it_cannot(mexico):
    make.make_commitment(mexico, text={"es": "Cuidar el río."}, is_public=True)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    french = feed(language="fr")
    assert french.get(lang) == "fr-CA"
    assert french.find(f"{ATOM}entry/{ATOM}title").get(lang) == "es-MX"
    assert feed(language="es").find(f"{ATOM}entry/{ATOM}title").get(lang) is None


def test_a_feed_is_narrowed_by_an_aim(mexico):
    make.make_commitment(mexico, is_public=True)
    assert len(entries(feed(query="?aim=climate"))) == 1
    empty = feed(query="?aim=migration")
    assert entries(empty) == []
    assert empty.findtext(f"{ATOM}updated") == "2000-01-01T00:00:00Z"
    assert browser().get(f"{at('feed')}?aim=banana").status_code == 404


def test_signs_that_xml_cannot_hold_are_left_out(mexico):
    make.make_commitment(mexico, text={"en": "A\x0b]]>B & <i>"}, is_public=True)
    assert entries(feed())[0]["title"] == "New commitment: A]]>B & <i>"


def test_news_that_were_taken_back_are_gone(mexico, manager):
    public = make.make_commitment(mexico, is_public=True)
    said = make.make_report(public, by=manager, is_public=True)
    actions.hide_report(said, by=manager, at=NOW)
    assert len(entries(feed())) == 1
    actions.show(public, public=False, by=manager, at=NOW)
    assert entries(feed()) == []


def test_a_reader_who_has_the_feed_is_sent_nothing(mexico):
    make.make_commitment(mexico, is_public=True)
    tag = Client().get(at("feed")).headers["ETag"]
    assert Client().get(at("feed"), headers={"If-None-Match": tag}).status_code == 304


def test_the_columns_are_documented_on_the_page(mexico, coordinator):
    page = read(browser(coordinator), at("import"))
    assert all(f">{name}<" in page for name, _, _ in sheets.described())
