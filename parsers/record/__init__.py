"""What every parser works on: passages that know where they are printed, zones, the trail of evidence.

Called by all rooms of `parsers`.
"""
