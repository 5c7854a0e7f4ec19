"""What somebody at a terminal reads when a command cannot do what was asked."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from monarca.config import cli


def test_a_refused_command_says_one_sentence_and_no_label_of_the_program(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = tmp_path / "no-such-pack"

    assert cli.main(["pack", "check", str(missing)]) == 2

    assert capsys.readouterr().err == f"{missing} is not a folder.\n"


def test_a_taken_port_is_said_by_the_server_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])

        assert cli.main(["serve", "--port", port]) == 1

    assert capsys.readouterr().err == f"Port {port} is taken: choose another with --port.\n"


def test_code_that_calls_a_command_gets_the_refusal_to_handle(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"is not a folder\.$"):
        call_command("pack", "check", str(tmp_path / "no-such-pack"))
