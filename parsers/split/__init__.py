"""A document's dispatches as its zones part them, each with its notes and furniture; appendices that are announced.

Called by `parsers.parse`.
"""
