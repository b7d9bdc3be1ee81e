"""The command line's words: what goes wrong, help pages and complaints in Vietnamese, the schema of records.

Called by the command line.
"""
