"""Files to Documents: one reader a format. Imports `schemas`, `vietnamese` and `form` only.

`ingest.read` is the way in; it is called by `congvan.intake`.
"""
