"""The pages of divisions: for the public, and for who prepares them."""

import csv
import io
import json
import subprocess
import sys

import pytest

from monarca.ground.people.models import Mission
from monarca.programmes.shares import actions, queries
from monarca.programmes.shares.models import Allocation
from monarca.programmes.shares.states import Line
from tests.world_shares import JUNE, make_draft, make_proposed, make_published, officer

pytestmark = pytest.mark.usefixtures("mexico")
MONARCA = "import sys; from monarca.config.cli import main; sys.exit(main())"
TERMS = {
    "what": "envelope",
    "title_es": "El año 2026",
    "title_en": "",
    "title_fr": "",
    "about_es": "",
    "supply": "1,000,000.50",
    "unit": "",
    "buffer": "5",
    "by": "weight",
    "target": "20",
    "doses": "2",
    "rules": ["webster", "water_filling", "equal_losses", "largest_remainder"],
}
TABLE = "id,name,claim,weight\r\nmx,México,700000,3\r\nco,Bogotá,600000.25,2\r\n"


@pytest.fixture
def clerk(client):
    user = officer("coordinator")
    client.force_login(user)
    return user


def test_everybody_reads_a_published_division_in_three_languages(client):
    made = make_published()
    for lang, word in (("es", "Bogotá"), ("en", "Vaccine doses"), ("fr", "Doses de vaccin")):
        page = client.get(f"/{lang}/shares/{made.reference}/")
        assert page.status_code == 200
        assert word in page.text
        assert made.sha256 in page.text
    assert "Vaccine doses" in client.get("/en/shares/").text


def test_a_draft_is_nobodys_business(client, person):
    made = make_draft()
    assert client.get(f"/en/shares/{made.reference}/").status_code == 404
    assert client.get(f"/en/shares/{made.reference}/needs.csv").status_code == 404
    client.force_login(person())
    assert client.get(f"/en/desk/shares/{made.reference}/").status_code == 404
    assert client.get("/en/desk/shares/").status_code == 403
    assert client.get("/en/desk/shares/new/").status_code == 403


def test_the_published_command_gives_the_published_shares(client, tmp_path):
    made = make_published(unit=10, buffer=50_000)
    page = client.get(f"/en/shares/{made.reference}/").text
    command = page.split("<code>monarca ")[1].split("</code>")[0]
    (tmp_path / "needs.csv").write_bytes(
        client.get(f"/en/shares/{made.reference}/needs.csv").content
    )
    done = subprocess.run(
        [sys.executable, "-c", MONARCA, *command.split(), "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    shares = {each["id"]: each["amount"] for each in json.loads(done.stdout)["shares"]}
    rows = list(queries.claimants_of(made))
    told = next(each for each in queries.published(made, rows) if each.rule == made.rule)
    assert shares == told.amounts


def test_a_person_makes_one_from_nothing_to_the_public(client, clerk):
    client.post("/en/desk/shares/new/", TERMS)
    made = Allocation.objects.get()
    assert (made.supply, made.unit, made.buffer) == (100_000_050, 1, 50_000)
    where = f"/en/desk/shares/{made.reference}"
    answer = client.post(f"{where}/claimants/", {"table": TABLE})
    assert answer.status_code == 302
    page = client.get(f"{where}/")
    assert "570,000.28" in page.text
    answer = client.post(f"{where}/propose/", {"rule": "webster", "why": "By weight."})
    assert answer.status_code == 302
    client.force_login(officer("manager"))
    assert client.post(f"{where}/publish/").status_code == 302
    public = client.get(f"/es/shares/{made.reference}/").text
    assert "El año 2026" in public
    assert "By weight." in public
    assert "570,000.28" in public


def test_faults_are_told_with_line_and_column_and_nothing_changes(client, clerk):
    made = make_draft()
    where = f"/en/desk/shares/{made.reference}/claimants/"
    wrong = "id,claim,weight\r\na,10\r\nb,x,0\r\na,5,2\r\n"
    answer = client.post(where, {"table": wrong})
    assert answer.status_code == 422
    for said in ("Line 2:", "Line 3, column claim:"):
        assert said in answer.text
    assert "b,x,0" in answer.text
    assert queries.claimants_of(made).count() == 4
    answer = client.post(where, {"table": "id,claim,weight\r\nb,1,0\r\n"})
    assert "Line 2, column weight:" in answer.text


def test_a_file_counts_before_the_box(client, clerk):
    made = make_draft()
    file = io.BytesIO(b"id;claim\nz;7\n")
    file.name = "needs.csv"
    answer = client.post(
        f"/en/desk/shares/{made.reference}/claimants/", {"file": file, "table": ""}
    )
    assert answer.status_code == 302
    assert [row.code for row in queries.claimants_of(made)] == ["z"]


def test_what_is_downloaded_can_be_brought_back(client, clerk):
    made = make_published(what="envelope", supply=2000_00)
    draft = actions.follow(made, 1000_00, by=clerk, at=JUNE)
    where = f"/en/desk/shares/{draft.reference}"
    before = list(
        queries.claimants_of(draft).values_list("code", "claim", "due", "received", "cap")
    )
    text = client.get(f"{where}/claimants.csv").content.decode("utf-8-sig")
    assert client.post(f"{where}/claimants/", {"table": text}).status_code == 302
    after = list(queries.claimants_of(draft).values_list("code", "claim", "due", "received", "cap"))
    assert after == before


def test_a_formula_is_brought_out_harmless_and_back_whole(client, clerk):
    made = make_draft()
    where = f"/en/desk/shares/{made.reference}"
    client.post(f"{where}/claimants/", {"table": "id,claim,name\r\n=1+1,5,=HYPERLINK()\r\n"})
    text = client.get(f"{where}/claimants.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK()" in text
    client.post(f"{where}/claimants/", {"table": text})
    assert [(row.code, row.name) for row in queries.claimants_of(made)] == [
        ("=1+1", "=HYPERLINK()")
    ]


def test_a_formula_is_harmless_in_what_everybody_downloads(client):
    lines = (Line("=1+1", '=HYPERLINK("https://evil.example")', 900), Line("b", "@sum", 900))
    made = make_published(lines=lines)
    shares = client.get(f"/en/shares/{made.reference}/shares.csv").content.decode("utf-8-sig")
    first, second = list(csv.reader(io.StringIO(shares)))[1:]
    assert first[:2] == ["'=1+1", '\'=HYPERLINK("https://evil.example")']
    assert second[1] == "'@sum"
    needs = client.get(f"/en/shares/{made.reference}/needs.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in needs


@pytest.mark.parametrize(
    ("what", "change", "said"),
    [
        ("vaccines", {"supply": "0"}, "too small"),
        ("vaccines", {"supply": "1,5"}, "Write a whole number"),
        ("vaccines", {"supply": "12.000"}, "Write a whole number"),
        ("vaccines", {"supply": "12,000", "buffer": "100"}, "There is nothing to divide"),
    ],
)
def test_nothing_and_half_a_dose_are_refused_at_their_box(client, clerk, what, change, said):
    answer = client.post("/en/desk/shares/new/", {**TERMS, "what": what, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert not Allocation.objects.exists()


@pytest.mark.parametrize(("what", "code"), [("vaccines", "whole"), ("envelope", "decimals")])
def test_twelve_thousand_written_with_a_point_is_never_twelve(client, clerk, what, code):
    made = make_draft(lines=(), what=what)
    where = f"/en/desk/shares/{made.reference}/claimants/"
    answer = client.post(where, {"table": "id,claim\r\nmx,12.000\r\n"})
    assert answer.status_code == 422
    assert code in answer.text
    assert not made.claimants.exists()


def test_wrong_terms_stay_typed_with_a_sentence(client, clerk):
    for box, said in (("supply", "a lot"), ("buffer", "120"), ("unit", "0"), ("title_es", "")):
        answer = client.post("/en/desk/shares/new/", {**TERMS, box: said})
        assert answer.status_code == 422, box
        assert said in answer.text
    assert not Allocation.objects.exists()


def test_a_refused_proposal_stays_typed(client, clerk):
    made = make_draft()
    where = f"/en/desk/shares/{made.reference}/propose/"
    answer = client.post(where, {"rule": "", "why": "Because it is fair to all."})
    assert answer.status_code == 422
    assert "Because it is fair to all." in answer.text


def test_the_page_of_a_large_division_asks_little(
    client, django_assert_max_num_queries, asked_before
):
    lines = tuple(Line(f"c{place:03}", f"Claimant {place}", place * 10) for place in range(300))
    made = make_published(lines=lines)
    with django_assert_max_num_queries(8):
        page = client.get(f"/en/shares/{made.reference}/")
    assert page.status_code == 200


def test_what_waits_for_a_second_person_is_in_their_inbox():
    made = make_proposed()
    assert list(queries.inbox(officer("manager"), at=JUNE)[0].rows) == [made]
    assert queries.inbox(officer("coordinator"), at=JUNE) == ()
    assert queries.inbox(officer("auditor"), at=JUNE) == ()


def test_an_unknown_page_of_claimants_is_the_first(client):
    made = make_published()
    assert client.get(f"/en/shares/{made.reference}/?page=x").status_code == 200
    assert Mission.objects.count() == 1
