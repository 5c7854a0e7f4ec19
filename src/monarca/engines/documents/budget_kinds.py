"""What a line belongs to when its own row does not say so: a category above it or in its words."""

import re
from collections.abc import Sequence

from monarca.engines.documents.budget_heads import CATEGORY, Head
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.words import plain

NUMBERED = re.compile(r"^(?:actividad|activity|activite) \d{1,2}\b")


def category_in(description: str) -> str:
    """The category that the words of a line or its first words name, "" when they name none."""
    found = CATEGORY.match(description, asked=True) if description else None
    if found is not None:
        return found.target
    words = description.split()
    starts = (CATEGORY.match(" ".join(words[:count])) for count in (3, 2, 1) if words[:count])
    return next((one.target for one in starts if one is not None), "")


def counts_below(grid: Grid, head: Head) -> bool:
    """A category stands once, at the first of its lines, and counts for the blank cells below.

    So it is where no category is written twice; where one is, a blank cell says that there is none.
    """
    column = head.columns.get("category")
    if column is None:
        return False
    held = [row[column] for row in grid[head.last + 1 :] if column < len(row)]
    told = [plain(one) for one in held if isinstance(one, str) and plain(one)]
    return len(told) > 1 and len(set(told)) == len(told)


def activity_in_titles(grid: Grid, head: Head) -> str:
    """The activity a sheet is for, said above its head: "Activity: Wooden ramps"."""
    for row in grid[: head.last]:
        texts = _said(row)
        words = plain(texts[0]) if texts else ""
        if len(texts) == 2 and words in {"actividad", "activity", "activite"}:
            return texts[1]
    row = next((row for row in reversed(grid[: head.first]) if any(row)), [])
    over = _said(row)
    return over[0] if len(over) == 1 and NUMBERED.match(plain(over[0])) else ""


def _said(row: Sequence[Value]) -> list[str]:
    return [one.strip() for one in row if isinstance(one, str) and one.strip()]
