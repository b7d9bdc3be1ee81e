"""One dataset over districts: records to observations, and what they are written out as."""
