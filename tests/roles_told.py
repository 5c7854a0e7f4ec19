"""The page that says which role may do what, held against what the policies answer."""

import os

from monarca.ground.people.states import Roles


def assert_told(found, table, page, head):
    """`found` is {rule: roles that may}; with MONARCA_WRITE the page is written first."""
    said = printed(found, table, head)
    if os.environ.get("MONARCA_WRITE"):
        page.write_text(said)
    assert page.read_text() == said, "write it anew: MONARCA_WRITE=1 pytest, and this test"


def printed(found, table, head):
    short = [str(Roles(role).label) for role in Roles.values]
    lines = [f"| verb | {' | '.join(short)} |", f"|---|{'---|' * len(short)}"]
    for verb, rule, _ in table:
        marks = ["yes" if role in found[rule] else "" for role in Roles.values]
        lines.append(f"| {verb} | {' | '.join(marks)} |")
    return "\n".join([head, *lines, ""])
