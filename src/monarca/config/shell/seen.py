"""What is invisible or commands a terminal, made visible: ⟨U+202E⟩."""

import re

HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # commands of a terminal; lines and tabs may stand
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"  # no width
    "\u2028-\u202e\u2060-\u206f"  # ends of lines, and what turns the direction of writing
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # fillers, and no signs at all
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # halves, beams, tags
    "]"
    "|(?<![\u203c-\u3299\U0001f000-\U0001faff\ufe0f])[\ufe0f\u200d]"  # unless they join pictures
)
"""Signs that nobody sees, or that a terminal obeys: C0, C1, Unicode's Bidi_Control and
Default_Ignorable_Code_Point. Source: Unicode Standard Annexes 9 and 44; CVE-2021-42574."""


def visible(text: str) -> str:
    """The same text, with every hidden sign written out by its number."""
    if not HIDDEN.search(text):
        return text
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))
