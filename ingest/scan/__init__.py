"""Reads pictures of pages: the picture set upright, words by OCR, then the page's layout like that of a PDF.

Called by the reader of PDFs and through the door's registry.
"""
