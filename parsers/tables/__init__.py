"""Appendix tables: caption, heading levels, rows by kind, cells with typed values, pieces joined over pages.

Called by `parsers.parse`.
"""
