"""Screening's pages, by who stands before them."""
