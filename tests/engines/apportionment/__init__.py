"""Sharing a scarce quantity by rules everybody can check."""
