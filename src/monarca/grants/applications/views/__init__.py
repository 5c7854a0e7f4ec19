"""The applicant's pages, by what one does on them."""
