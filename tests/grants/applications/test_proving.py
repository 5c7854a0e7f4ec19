"""The sealed list of a closed call: an outsider can check a receipt, and nobody learns a number."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.test import Client

from monarca.config.cli import main
from monarca.engines import sealing
from monarca.engines.sealing import checkpoints, verify
from monarca.grants.applications import actions, forms, queries
from monarca.grants.applications.models import Submission
from monarca.grants.calls.models import Call
from tests import world
from tests.conftest import NOON


@pytest.fixture
def sent(call, person, submitted):
    """Lupita's application and those of four more groups."""
    others = [person(f"g{number}@example.org", name=f"G {number}") for number in range(4)]
    return [submitted, *(world.make_submitted(call, who, name=who.name) for who in others)]


@pytest.fixture
def closed(call, sent, clock):
    clock.at = call.closes_at + timedelta(minutes=1)
    return call


def proof_of(browser, application):
    answer = browser.get(f"/es/applications/{application.reference}/proof.json")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_an_outsider_checks_the_proof_with_the_published_key_alone(closed, sent, lupita, tmp_path):
    """The verifier is the file that the page offers, run by itself in another process."""
    page = Client().get(f"/en/calls/{closed.code}/seal/").content.decode()
    program, bundle = tmp_path / "verify.py", tmp_path / "proof.json"
    program.write_bytes(Client().get("/en/verify.py").content)
    bundle.write_text(json.dumps(proof_of(lupita, sent[0])))
    key = forms.public_key()
    assert key in page

    done = subprocess.run(
        [sys.executable, "-I", program, bundle, key], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert f"/calls/{closed.code}: received, number" in done.stdout


def test_the_command_checks_the_same_proof(closed, sent, lupita, tmp_path, capsys):
    bundle = tmp_path / "proof.json"
    bundle.write_text(json.dumps(proof_of(lupita, sent[0])))
    assert main(["seal", "--check", str(bundle), "--public-key", forms.public_key()]) == 0
    assert queries.last_submission(sent[0]).sha256 in capsys.readouterr().out


def test_the_proof_is_of_what_the_receipt_names(closed, sent, lupita):
    bundle = proof_of(lupita, sent[0])
    made = queries.last_submission(sent[0])
    assert (bundle["reference"], bundle["sha256"]) == (sent[0].reference, made.sha256)
    verify.verify({**bundle, "content": made.content}, forms.public_key())
    note = checkpoints.opened(bundle["checkpoint"], checkpoints.public_key_of(_key()))
    assert note.size == bundle["size"]


def _key():
    return settings.SEAL_KEY


@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"place": 0}, {"size": 3}, {"path": []}],
)
def test_another_receipt_place_or_way_proves_nothing(closed, sent, lupita, change):
    bundle = proof_of(lupita, sent[0])
    assert bundle["place"] != 0, "a blind entry stands first"
    with pytest.raises((ValueError, InvalidSignature)):
        verify.verify({**bundle, **change}, forms.public_key())


def test_everything_received_is_in_the_list_and_what_was_sent_again_stands_twice(
    call, sent, person, clock
):
    actions.reopen(sent[0], by=person(), at=NOON)
    actions.submit(sent[0], by=person(), at=NOON + timedelta(hours=1))
    listed = forms.closed_list(call)
    hashes = list(Submission.objects.order_by("pk").values_list("sha256", flat=True))
    assert len(hashes) == 6
    places = [listed.places[each] for each in hashes]
    assert places == sorted(places)


def test_the_list_only_grows(call, sent, person):
    """What is written down later, from a letter that came in time, stands behind all the rest."""
    before = forms.closed_list(call).tree
    world.make_submitted(call, person("late@example.org"), name="Tarde")
    after = forms.closed_list(call).tree
    assert after.size > before.size
    assert sealing.extends(after.root, before.root, after.consistency(before.size))


def test_neither_size_nor_place_tells_how_many_applications_there_were(call, sent):
    """Blind entries look like any other and are the same each time, but of another key others."""
    received = list(Submission.objects.order_by("pk").values_list("sha256", flat=True))
    whole = list(forms.proving.entries(call, received))
    blind = set(whole) - set(received)
    assert whole == list(forms.proving.entries(call, received))
    assert len(blind) == len(whole) - len(received) > 0
    assert whole[0] in blind
    assert all(sealing.HEX.fullmatch(each) for each in blind)
    gaps = {len(list(forms.proving.entries(call, [f"{number:064x}"]))) for number in range(200)}
    assert len(gaps) == 4
    assert list(forms.proving.entries(Call(code="NOBODY-1"), []))


def test_while_the_call_is_open_there_is_no_list_and_no_proof(call, sent, lupita):
    assert Client().get(f"/en/calls/{call.code}/seal/").status_code == 404
    assert Client().get(f"/en/calls/{call.code}/checkpoint.txt").status_code == 404
    assert lupita.get(f"/en/applications/{sent[0].reference}/proof.json").status_code == 404
    page = lupita.get(f"/en/applications/{sent[0].reference}/receipt/").content.decode()
    assert "You can then download here the proof" in page
    assert "proof.json" not in page


def test_the_receipt_leads_to_the_proof_and_the_call_to_the_list(closed, sent, lupita):
    page = lupita.get(f"/en/applications/{sent[0].reference}/receipt/").content.decode()
    assert f"/en/applications/{sent[0].reference}/proof.json" in page
    assert f"/en/calls/{closed.code}/seal/" in page
    assert (
        f"/en/calls/{closed.code}/seal/"
        in Client().get(f"/en/calls/{closed.code}/").content.decode()
    )


def test_the_page_and_the_note_say_the_same_list(closed):
    page = Client().get(f"/fr/calls/{closed.code}/seal/").content.decode()
    note = Client().get(f"/fr/calls/{closed.code}/checkpoint.txt").content.decode()
    known = checkpoints.opened(note, checkpoints.public_key_of(_key()))
    assert known.root in page
    assert known.root == forms.closed_list(closed).tree.root


def test_a_proof_belongs_to_its_group_and_to_nobody_else(closed, sent, person, browser_of, staff):
    place = f"/en/applications/{sent[0].reference}/proof.json"
    for stranger in (person("g1@example.org"), staff("manager")):
        assert browser_of(stranger).get(place).status_code == 404
    assert Client().get(place).status_code == 302


def test_a_call_that_the_public_may_not_read_has_no_list(closed, lupita, sent):
    Call.objects.filter(pk=closed.pk).update(status="cancelled")
    assert Client().get(f"/en/calls/{closed.code}/seal/").status_code == 404
    assert lupita.get(f"/en/applications/{sent[0].reference}/proof.json").status_code == 404
    page = lupita.get(f"/en/applications/{sent[0].reference}/receipt/").content.decode()
    assert "proof.json" not in page
