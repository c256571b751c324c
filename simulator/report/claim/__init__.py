"""Judged claims in words, tables and plain data: what is printed of them, and what is kept."""
