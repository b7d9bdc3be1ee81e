"""Text without places: lines joined to paragraphs, halves of a letterhead, notes and tables told from typed text.

Called by the readers of `ingest.text` and `ingest.word`.
"""
