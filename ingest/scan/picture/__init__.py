"""A page's picture: deskewed, its ink as connected shapes, rules and frames drawn on it.

Called by the reader of scans.
"""
