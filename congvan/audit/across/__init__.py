"""Checks over several dispatches that report the same figures.

Called by the commands.
"""
