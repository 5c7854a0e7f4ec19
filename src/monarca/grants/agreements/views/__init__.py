"""Agreements' pages, by what stands before the person: lists, one file, a change, the recipient."""
