"""A web process that has written no paper carries no library that writes papers."""

import subprocess
import sys

STARTED = """
import django, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "monarca.config.settings"
django.setup()
import monarca.config.urls, monarca.config.wsgi
from django.template.loader import get_template
get_template("base.html")
print(sorted({"typst", "docx", "fitz", "pymupdf"} & set(sys.modules)))
"""


def test_a_started_web_process_has_no_writer_of_papers_loaded():
    done = subprocess.run(
        [sys.executable, "-c", STARTED], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.stdout == "[]\n"


def test_the_writer_of_papers_loads_when_it_is_asked():
    asked = STARTED.replace(
        "print(",
        "from datetime import UTC, datetime\n"
        "from monarca.engines.documents.writing import docx, pdf\n"
        "from monarca.engines.documents.writing.shapes import Document\n"
        "paper = Document(language='es', title='Acuerdo')\n"
        "docx.write(paper, at=datetime(2024, 5, 3, tzinfo=UTC))\n"
        "pdf.write(paper, at=datetime(2024, 5, 3, tzinfo=UTC))\n"
        "print(",
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )

    assert done.stdout == "['docx', 'typst']\n", done.stderr
