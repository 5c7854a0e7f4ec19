"""The committee's pages, by what stands before the person: lists, meetings, a file, an answer."""
