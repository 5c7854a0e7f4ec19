"""Static files as they are."""

import pytest


@pytest.fixture(autouse=True)
def _plain_static(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
