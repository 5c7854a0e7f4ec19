"""The worker: at least once, never two at a time, patient, and silent about secrets."""

import os
import signal
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import call_command
from django.db import connection

from monarca.config.environment import WrongSetting, post
from monarca.ground.journal.models import Entry
from monarca.ground.letters import actions
from monarca.ground.letters.http import identity
from monarca.ground.letters.management.commands import worker
from monarca.ground.letters.models import Beat, Letter
from monarca.ground.letters.queries import dressed

NOON = datetime(2024, 4, 1, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def put(*, is_secret=False, at=NOON, to="lupita@example.org"):
    words = dressed("CFLI-MX-2024-7K3QF", "Hay noticias.", "es")
    (letter,) = actions.keep("file.news", to=[to], words=words, by=None, at=at, is_secret=is_secret)
    return letter


def work(at):
    with time_machine.travel(at, tick=False):
        call_command("worker", once=True)


@pytest.fixture
def broken(settings):
    settings.MAILERS = {
        **settings.MAILERS,
        "post": post("smtp://127.0.0.1:1/"),  # nobody listens there
    }


def test_a_letter_leaves_once(db):
    letter = put()
    work(NOON)
    work(NOON + 60 * MINUTE)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries, letter.next_try_at) == (NOON, 1, None)
    assert [one.subject for one in mail.outbox] == ["CFLI-MX-2024-7K3QF"]
    assert letter.body == "Hay noticias.\n"
    assert Entry.objects.filter(verb="letter.sent", command="worker").count() == 1


def test_a_letter_says_its_language_and_that_a_machine_wrote_it(db):
    letter = put()
    work(NOON)
    sent = mail.outbox[0].message()
    assert sent["Content-Language"] == "es-MX"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == identity(letter)
    assert str(letter.pk) != sent["Message-ID"].strip("<>").split("@")[0]
    assert [part.get_content_type() for part in sent.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_letter_of_later_waits(db):
    put(at=NOON + MINUTE)
    work(NOON)
    assert mail.outbox == []


def test_a_secret_is_erased_once_sent(db):
    letter = put(is_secret=True)
    work(NOON)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.body, letter.html) == (NOON, "", "")
    assert "Hay noticias." in mail.outbox[0].body


def test_the_demo_shows_secrets(db, settings):
    settings.DEMO = True
    letter = put(is_secret=True)
    work(NOON)
    letter.refresh_from_db()
    assert letter.body == "Hay noticias.\n"


def test_a_secret_that_died_while_waiting_is_not_sent(db):
    letter = put(is_secret=True)
    work(NOON + 16 * MINUTE)
    letter.refresh_from_db()
    assert mail.outbox == []
    assert (letter.sent_at, letter.next_try_at, letter.body) == (None, None, "")
    assert letter.problem == "expired"


def test_a_failure_is_kept_and_tried_again_ever_later(db, broken):
    letter = put()
    at = NOON
    for minutes in (1, 2, 4, 8):
        work(at)
        letter.refresh_from_db()
        at += minutes * MINUTE
        assert letter.next_try_at == at
    assert letter.tries == 4
    assert letter.sent_at is None
    assert letter.problem.startswith("ConnectionRefusedError")


def test_after_a_failure_the_next_try_succeeds_and_the_problem_is_forgotten(db, settings, broken):
    letter = put()
    work(NOON)
    settings.MAILERS = {
        **settings.MAILERS,
        "post": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    work(NOON + 30 * timedelta(seconds=1))
    assert mail.outbox == []
    work(NOON + MINUTE)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries, letter.problem) == (NOON + MINUTE, 2, "")
    assert len(mail.outbox) == 1


def test_after_twelve_tries_a_letter_is_given_up(db):
    letter = put()
    Letter.objects.filter(pk=letter.pk).update(tries=11)
    letter = actions.claim(by=None, at=NOON)
    actions.failed(letter, by=None, at=NOON, problem="550 no such person")
    letter.refresh_from_db()
    assert (letter.next_try_at, letter.problem) == (None, "550 no such person")
    assert Entry.objects.filter(verb="letter.given_up").count() == 1


def test_two_workers_never_hold_the_same_letter(db):
    put()
    first, second = actions.claim(by=None, at=NOON), actions.claim(by=None, at=NOON)
    assert first is not None
    assert second is None


def test_only_one_of_two_workers_that_read_the_same_row_takes_it(db):
    letter = put()
    mine, yours = Letter.objects.get(pk=letter.pk), Letter.objects.get(pk=letter.pk)
    assert [actions._take(mine, NOON), actions._take(yours, NOON)] == [True, False]


def test_the_letter_of_a_worker_that_died_is_sent_by_the_next(db):
    put()
    actions.claim(by=None, at=NOON)
    work(NOON + 4 * MINUTE)
    assert mail.outbox == []
    work(NOON + 5 * MINUTE)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_send_each_letter_once():
    people = sorted(f"p{number}@example.org" for number in range(12))
    for one in people:
        put(to=one)
    stop = threading.Event()

    def one_worker():
        worker.run(stop, pause=0.01)
        if connection.connection is not None:
            connection.connection.close()  # Django keeps an in-memory database open

    threads = [threading.Thread(target=one_worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(500):
        if len(mail.outbox) >= len(people):
            break
        stop.wait(0.01)
    stop.wait(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    assert sorted(one.to[0] for one in mail.outbox) == people


def test_the_worker_gives_a_sign_of_life(db):
    work(NOON)
    work(NOON + MINUTE)
    assert Beat.objects.get(name="worker").at == NOON + MINUTE
    assert Entry.objects.filter(verb="worker.started").count() == 1
    work(NOON + 10 * MINUTE)
    assert Entry.objects.filter(verb="worker.started").count() == 2


def stop_once_sent():
    """SIGTERM to ourselves when a letter has left, or after ten seconds."""
    until = time.monotonic() + 10
    while not mail.outbox and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGTERM)


def test_the_worker_stops_when_it_is_told_to(db):
    put(at=datetime(2024, 1, 1, tzinfo=UTC))
    before = signal.getsignal(signal.SIGTERM)
    threading.Thread(target=stop_once_sent).start()
    call_command("worker", pause=0.05)
    assert len(mail.outbox) == 1
    assert signal.getsignal(signal.SIGTERM) is before


class Postman:
    """Takes every letter as it came over the wire."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 taken"


def test_a_letter_travels_by_smtp(db, settings):
    postman = Postman()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.MAILERS = {**settings.MAILERS, "post": post(f"smtp://127.0.0.1:{port}")}
        put()
        work(NOON)
    finally:
        controller.stop()
    ((people, content),) = postman.letters
    letter = message_from_bytes(content, policy=policy.default)
    assert people == ["lupita@example.org"]
    assert letter.get_body(("plain",)).get_content().strip() == "Hay noticias."
    assert '<html lang="es-MX">' in letter.get_body(("html",)).get_content()


def test_a_folder_can_be_the_post(db, settings, tmp_path):
    settings.MAILERS = {**settings.MAILERS, "post": post(f"file://{tmp_path}")}
    put()
    work(NOON)
    assert "Hay noticias." in next(tmp_path.iterdir()).read_text()


def test_the_console_can_be_the_post(db, settings, capsys):
    settings.MAILERS = {**settings.MAILERS, "post": post("console://")}
    put()
    work(NOON)
    assert "Hay noticias." in capsys.readouterr().out


def test_the_address_of_the_post_is_read_with_care():
    given = post("smtps://fondo%40x.org:p%2Fw@mail.example.org")["OPTIONS"]
    assert (given["username"], given["password"]) == ("fondo@x.org", "p/w")
    assert (given["port"], given["use_ssl"], given["use_tls"]) == (465, True, False)
    assert post("smtp://u:p@mail.example.org")["OPTIONS"]["use_tls"] is True
    assert post("smtp://u:p@mail.example.org?tls=no")["OPTIONS"]["use_tls"] is False
    with pytest.raises(WrongSetting):
        post("pigeon://loft")
