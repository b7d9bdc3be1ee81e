"""Reads DOCX, and what LibreOffice turns into it (DOC, RTF, HTML).

Called through the door's registry.
"""
