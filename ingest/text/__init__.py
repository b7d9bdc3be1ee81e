"""Reads plain text in whatever encoding it comes.

Called through the door's registry.
"""
