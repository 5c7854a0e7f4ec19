"""The applicant's pages as data: fields to draw, posted words to values, answers in words."""

from monarca.grants.applications.forms.asking import fields_of, shown_problems, titled
from monarca.grants.applications.forms.confirming import (
    SettingAside,
    facts_of,
    faults_of,
    groups_of,
    parts_of,
    read_answers,
    rules_of,
    sheet_of,
)
from monarca.grants.applications.forms.listing import rows_of
from monarca.grants.applications.forms.paper import receipt_document
from monarca.grants.applications.forms.posting import Beginning, posted, read
from monarca.grants.applications.forms.progress import (
    Page,
    closing_section,
    open_sections,
    page_of,
    section_of,
    tasks_of,
    what_to_mend,
)
from monarca.grants.applications.forms.proving import closed_list, public_key
from monarca.grants.applications.forms.saying import answers_in_words
from monarca.grants.applications.forms.shapes import Field, Row
from monarca.grants.applications.forms.source import Paper, papers_of
from monarca.grants.applications.forms.tabling import Table, lined, read_rows, table_of

__all__ = [
    "Beginning",
    "Field",
    "Page",
    "Paper",
    "Row",
    "SettingAside",
    "Table",
    "answers_in_words",
    "closed_list",
    "closing_section",
    "facts_of",
    "faults_of",
    "fields_of",
    "groups_of",
    "lined",
    "open_sections",
    "page_of",
    "papers_of",
    "parts_of",
    "posted",
    "public_key",
    "read",
    "read_answers",
    "read_rows",
    "receipt_document",
    "rows_of",
    "rules_of",
    "section_of",
    "sheet_of",
    "shown_problems",
    "table_of",
    "tasks_of",
    "titled",
    "what_to_mend",
]
