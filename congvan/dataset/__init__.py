"""One dataset over all records: `see` makes observations, `keep` builds the files, `ask` answers questions.

Called by the commands; sees records and the archive only.
"""
