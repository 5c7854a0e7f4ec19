"""Thin Django helpers without tables of their own; at most twelve modules."""
