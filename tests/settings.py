"""The settings of tests: a home of its own, made before the product's settings are read."""

import os
import tempfile
from pathlib import Path

os.environ["MONARCA_HOME"] = tempfile.mkdtemp(prefix="monarca-tests-")
os.environ.setdefault("MONARCA_SECRET_KEY", "tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from monarca.config.settings import *

(Path(os.environ["MONARCA_HOME"]) / "static").mkdir()
