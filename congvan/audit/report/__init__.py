"""Findings as text, XLSX, HTML and marks in the PDF.

Called by the commands.
"""
