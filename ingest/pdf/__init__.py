"""Reads PDFs that hold text, page by page; pages without a sound text layer go to `ingest.scan`.

Called through the door's registry.
"""
