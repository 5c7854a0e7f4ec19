"""Pages of dialogues and working groups: the public's, and the desk of both sides."""
