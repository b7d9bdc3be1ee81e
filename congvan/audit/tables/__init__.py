"""Checks of a table by itself: relations between columns, rows, totals.

Called by `congvan.audit.audit`.
"""
