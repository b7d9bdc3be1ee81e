"""The archive: originals, Documents, records and a log are the truth; the SQLite index is made from them."""
