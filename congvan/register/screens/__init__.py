"""The deadline register a screen at a time: how many there are of each group, and those that one screen shows.

Called by the pages; `entries` reckons whole registers. What has a day of its own is counted and sorted by the index;
what recurs is reckoned once a rule, and what is counted from an event only where that event is known.
"""
