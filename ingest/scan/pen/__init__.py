"""Ink that is no print: what pens wrote into the blanks of a form, and figures read by their shapes.

Called by the reader of scans.
"""
