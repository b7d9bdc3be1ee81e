"""Who must act, with whom, and to whom it is reported, within one item.

Called by `parsers.tasks` and `parsers.deadlines`.
"""
