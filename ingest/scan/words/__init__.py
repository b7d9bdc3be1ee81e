"""Words by Tesseract, and the confusions that are put right among them.

Called by the reader of scans.
"""
