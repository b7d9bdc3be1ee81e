"""Checks of figures in prose, by themselves and against the tables.

Called by `congvan.audit.audit`.
"""
