"""What arrives by mail is read into rows that wait, once, whatever state the files are in."""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override

import monarca
from monarca.grants.applications import actions, queries
from monarca.grants.applications.forms.confirming import faults_of
from monarca.grants.applications.models import Intake, IntakePart
from monarca.ground.files import queries as files
from tests.conftest import NOON

INBOX = Path(monarca.__file__).parent / "examples" / "inbox"
NO_SHEET = SimpleNamespace(lines=(1,))
CARDENCHES = [
    INBOX / "Los Cardenches box.docx",
    INBOX / "Los Cardenches box presupuesto.xlsx",
]


def read_in(call, *paths, **given):
    return actions.read_in(paths, call=call, by=None, at=NOON, **given)


def test_the_whole_inbox_becomes_rows_and_a_second_run_makes_nothing_new(call):
    first = read_in(call, INBOX)
    assert [one.is_new for one in first] == [True] * 35
    assert Intake.objects.filter(problem="").count() == 32
    again = read_in(call, INBOX)
    assert [one.is_new for one in again] == [False] * 35
    assert Intake.objects.count() == 35


def test_what_cannot_be_read_is_kept_with_its_hash_and_its_reason(call):
    read_in(call, INBOX)
    rows = Intake.objects.exclude(problem="").order_by("name")
    assert [(row.name, row.problem) for row in rows] == [
        ("Escaneo_2024-04-19_14-22.pdf", "file.no_text"),
        ("Formato 2023 viejo.doc", "file.old_format"),
        ("Solicitud Huertas del Bordo (recuperado).docx", "file.damaged"),
    ]
    for row in rows:
        assert files.bytes_of(row.file) == (INBOX / row.name).read_bytes()
        assert row.file.original_sha256 == row.sha256


def test_form_and_budget_of_one_mail_are_one_arrival(call):
    (arrived,) = read_in(call, INBOX / "Solicitud CFLI Tinta Viva.eml")
    row = arrived.intake
    assert row.name == "Solicitud CFLI Tinta Viva.eml"
    assert row.received_at == datetime(2024, 4, 18, 23, 2, 9, tzinfo=UTC)
    assert [part.role for part in row.parts.order_by("pk")] == ["form", "budget", "message"]
    assert row.group == "Red de Periodistas del Sur Tinta Viva, A.C."
    assert len(queries.budget_read(row)) == 12
    assert row.read["whence"] == "mail"


def test_the_same_form_by_mail_and_as_a_file_is_one_arrival(call, tmp_path):
    (mailed,) = read_in(call, INBOX / "Solicitud CFLI Tinta Viva.eml")
    for part in IntakePart.objects.exclude(role="message"):
        (tmp_path / part.file.name).write_bytes(files.bytes_of(part.file))
    (again,) = read_in(call, tmp_path)
    assert again.intake == mailed.intake
    assert not again.is_new


def test_a_corrected_budget_with_the_same_form_is_something_new(call, tmp_path):
    read_in(call, *CARDENCHES)
    shutil.copy(CARDENCHES[0], tmp_path)
    other = INBOX / "TERMOBAJIO PRESUPUESTO.xlsx"
    shutil.copy(other, tmp_path / "Los Cardenches box presupuesto.xlsx")
    (arrived,) = read_in(call, tmp_path)
    assert arrived.is_new
    assert [one.name for one in arrived.twins] == ["Los Cardenches box.docx"]
    assert not read_in(call, tmp_path)[0].is_new


def test_a_group_that_wrote_twice_is_noticed(call):
    found = read_in(
        call, INBOX / "Tikua Yoso", INBOX / "solicitud comite agua (copia).docx", *CARDENCHES
    )
    twice = [one for one in found if one.twins]
    assert [(one.intake.name, one.twins[0].name) for one in twice] == [
        ("solicitud comite agua (copia).docx", "solicitud agua.docx")
    ]
    assert twice[0].intake.twin == twice[0].twins[0]


def test_a_group_at_risk_is_not_named(call):
    (arrived,) = read_in(call, INBOX / "pregunta y formato.eml")
    assert arrived.intake.at_risk
    assert arrived.intake.group == ""
    assert "Grupo M" not in str(arrived.intake)


def test_files_that_do_not_say_when_they_arrived_take_the_given_instant(call):
    monday = NOON + timedelta(days=2)
    (arrived,) = read_in(call, INBOX / "Lool Kaab", received_at=monday)
    assert arrived.intake.received_at == monday
    assert arrived.intake.read["whence"] == "given"


def test_a_mail_whose_time_only_its_sender_says_is_told_to_who_confirms(call, tmp_path):
    mail = (INBOX / "Solicitud CFLI Tinta Viva.eml").read_bytes()
    unstamped = re.sub(rb"(?im)^Received:.*\r?\n(?:[ \t].*\r?\n)*", b"", mail)
    (tmp_path / "carta.eml").write_bytes(unstamped)
    (arrived,) = read_in(call, tmp_path / "carta.eml")
    (stamped,) = read_in(call, INBOX / "proyecto de las tejedoras.eml")

    assert arrived.intake.read["whence"] == "sender"
    assert stamped.intake.read["whence"] == "mail"
    with override("en"):
        told = [faults_of(one.intake, NO_SHEET)[0] for one in (arrived,)]
        assert told == ["Only its sender says when it was sent; no mail server of ours did."]
        assert told[0] not in faults_of(stamped.intake, NO_SHEET)


def test_a_confirmed_arrival_becomes_the_application_it_stands_for(call, staff):
    (arrived,) = read_in(call, INBOX / "Solicitud CFLI Tinta Viva.eml")
    row = arrived.intake
    made = actions.confirm(
        row,
        by=staff("coordinator"),
        at=NOON,
        answers=queries.answers_read(row),
        budget=queries.budget_read(row),
    )
    assert made.status == "submitted"
    assert made.submitted_at == row.received_at
    assert made.applicant.legal_name == "Red de Periodistas del Sur Tinta Viva, A.C."
    assert len(queries.lines_of(made)) == 12


@pytest.mark.parametrize("name", ["nada.docx", "nada.eml"])
def test_a_missing_file_makes_no_row(call, tmp_path, name):
    (arrived,) = read_in(call, tmp_path / name)
    assert arrived.intake is None
    assert [one.code for one in arrived.reading.problems] == ["file.not_found"]


def test_a_file_whose_name_is_in_no_alphabet_is_read_like_any_other(call, tmp_path):
    """Old systems write names in bytes that are no letters today; they must not stop the run."""
    strange = os.fsencode(tmp_path) + b"/solicitud \xf1u\xff.docx"
    shutil.copy(CARDENCHES[0], strange)

    (arrived,) = read_in(call, tmp_path)

    assert arrived.intake.name == "solicitud \ufffdu\ufffd.docx"
    assert arrived.reading.path.encode("utf-8").endswith(b".docx")
