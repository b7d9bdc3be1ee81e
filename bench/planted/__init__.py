"""Sentences and tables with planted errors and decoys (`offices.toml`), and the audit's score on them."""
