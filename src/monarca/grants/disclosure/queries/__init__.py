"""Questions about public records: whose turn it is, what the gate says, what the public reads."""

from monarca.grants.disclosure.queries.asking import (
    inbox,
    listed,
    of,
    to_approve,
    to_prepare,
    to_publish,
    to_write,
    translations_of,
    visible_to,
    working_at,
)
from monarca.grants.disclosure.queries.files import file_of, kept, last_export
from monarca.grants.disclosure.queries.further import awards, opportunities
from monarca.grants.disclosure.queries.gate import Point, gate, names_of
from monarca.grants.disclosure.queries.programmes import DEPARTMENT
from monarca.grants.disclosure.queries.public import (
    Filter,
    Project,
    batches,
    by_priority,
    by_state,
    narrowed,
    project,
    public,
    published,
    told_of,
    years,
)
from monarca.grants.disclosure.queries.sending import PublicFile, records
from monarca.grants.disclosure.queries.sources import Source, sectors_for, sources_of

__all__ = [
    "DEPARTMENT",
    "Filter",
    "Point",
    "Project",
    "PublicFile",
    "Source",
    "awards",
    "batches",
    "by_priority",
    "by_state",
    "file_of",
    "gate",
    "inbox",
    "kept",
    "last_export",
    "listed",
    "names_of",
    "narrowed",
    "of",
    "opportunities",
    "project",
    "public",
    "published",
    "records",
    "sectors_for",
    "sources_of",
    "to_approve",
    "to_prepare",
    "to_publish",
    "to_write",
    "told_of",
    "translations_of",
    "visible_to",
    "working_at",
    "years",
]
