"""What a cell asks: by its first paragraph, by a question under a heading, or by all its words."""

import re
from collections.abc import Callable, Sequence

from monarca.engines.documents.asking import Asked, Ear, said
from monarca.engines.documents.tree import Cell, Paragraph
from monarca.engines.documents.words import plain

OFFERS = re.compile(r"(?:yes|si|oui) (?:no|non) ")
LONGEST = 2_500
FEW, SHORT = 3, 250


def heard_in(cell: Cell, ear: Ear, key_of: Callable[[str], str]) -> Asked | None:
    """What the cell asks; `key_of` tells the question a target means here, "" for none."""
    texts = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text]
    if not texts or len(cell.text) > LONGEST or OFFERS.match(f"{plain(texts[0].text)} "):
        return None
    asked = ear.hear(texts[0], label=True)
    if not 1 < len(texts) <= FEW:
        return asked
    if asked is None and len(cell.text) < SHORT:
        return ear.hear(said(" ".join(one.text for one in texts)), label=True)
    heads = asked is not None and asked.rest is None and not key_of(asked.target)
    return _under(texts[1:], ear, key_of) or asked if heads else asked


def _under(texts: Sequence[Paragraph], ear: Ear, key_of: Callable[[str], str]) -> Asked | None:
    """The question below the heading of a part that stands in its cell: "3. Description"."""
    for one in texts:
        asked = ear.hear(one, label=True)
        if asked is not None and asked.rest is None and key_of(asked.target):
            return asked
    return None
