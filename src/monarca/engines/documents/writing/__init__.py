"""Writing papers: one `Document`, two writers, Word and accessible PDF, from the same blocks."""
