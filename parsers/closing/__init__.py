"""The end of a letter: who signed, in whose place, and who gets a copy.

Called by `parsers.header`.
"""
