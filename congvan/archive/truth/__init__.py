"""The files that are the archive's truth: originals, records, corrections, and the one log.

Called by `congvan.archive`.
"""
