"""The SQLite index, made from the truth and dropped at any time: tables, search, which copies are one dispatch.

Called by `congvan.archive` and by what asks it questions.
"""
