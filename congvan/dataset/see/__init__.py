"""From a record to observations: which measure, place and time a figure is of.

Called by `congvan.dataset.keep`.
"""
