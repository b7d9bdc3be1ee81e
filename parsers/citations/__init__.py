"""Which documents are cited, each once, with type, số hiệu, date and issuer.

Called by `parsers.parse` and, for the days of citations, by `parsers.deadlines`.
"""
