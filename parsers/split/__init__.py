"""Where one dispatch ends and the next bound into the same file begins; halves that a reader left tangled.

Called by `parsers.parse`.
"""
