"""Words with places: lines, columns, tables by their rulings, margins and stamps of a printed page.

Called by the readers of `ingest.pdf` and `ingest.scan`.
"""
