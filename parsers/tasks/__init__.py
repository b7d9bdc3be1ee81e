"""What is asked: the items of the operative part, and which of them are directives.

Called by `parsers.parse`.
"""
