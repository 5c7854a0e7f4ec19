"""What an operator may set, and the sentence about what cannot work."""

import base64

import pytest

from monarca.config.environment import WrongSetting, read


@pytest.fixture
def settings_of(tmp_path):
    return lambda **given: read({"MONARCA_HOME": str(tmp_path), **given})


def test_nothing_set_is_a_safe_installation_on_this_machine(settings_of):
    found = settings_of()
    assert found.demo is False
    assert found.second_factor is True
    assert found.database["ENGINE"].endswith("sqlite3")
    assert found.hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(settings_of, tmp_path):
    first = settings_of().secret_key
    assert settings_of().secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_key_that_signs_receipts_is_made_once_and_never_another(settings_of, tmp_path):
    first = settings_of().seal_key
    assert len(first) == 32
    assert settings_of().seal_key == first
    assert (tmp_path / "seal-key").stat().st_mode & 0o777 == 0o600
    given = base64.b64encode(bytes(range(32))).decode()
    assert settings_of(MONARCA_SEAL_KEY=given).seal_key == bytes(range(32))


@pytest.mark.parametrize(
    "given",
    [
        {"MONARCA_HOSTS": "fondo.example.org"},
        {"MONARCA_HOSTS": "localhost,*"},
        {"MONARCA_HTTPS": "yes"},
    ],
)
def test_a_demo_never_faces_the_internet(settings_of, given):
    with pytest.raises(WrongSetting, match="MONARCA_DEMO"):
        settings_of(MONARCA_DEMO="1", **given)
    assert settings_of(**given).demo is False
    assert settings_of(MONARCA_DEMO="1").demo is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MONARCA_DEMO", "perhaps"),
        ("MONARCA_DATABASE_URL", "mysql://somewhere/x"),
        ("MONARCA_EMAIL_URL", "carrier://pigeon"),
        ("MONARCA_SEAL_KEY", "short"),
        ("MONARCA_SEAL_KEY", "AAAA"),
    ],
)
def test_a_wrong_setting_is_named(settings_of, name, value):
    with pytest.raises(WrongSetting, match=name):
        settings_of(**{name: value})
