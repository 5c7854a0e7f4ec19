"""Reviews' pages: the manager's and the reviewer's."""
