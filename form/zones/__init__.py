"""Where in a document its dispatches and the zones of each begin, its two columns taken apart: decided once.

Called by `ingest.read` for whatever a reader gives; the parsers find the zones in the `Document`.
"""
