"""Reading, checking and shaping packs: a fund as files."""
