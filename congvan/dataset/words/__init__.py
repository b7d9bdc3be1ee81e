"""What the words of headings, captions and sentences mean: what is counted, when, planned or reached, of whom.

Called by `see`; its tables are `measures.toml` and `headings.toml`.
"""
