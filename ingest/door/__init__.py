"""What a file is, by its first bytes, and which reader takes it; what is said of files that none can take.

Called by `ingest.read` and by every reader.
"""
