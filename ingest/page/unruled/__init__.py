"""Tables that rules show in part or not at all: by where their words stand.

Called by the reader of `ingest.pdf`.
"""
