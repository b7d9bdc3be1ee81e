"""Figures reported in prose, with what they are shares of.

Called by `parsers.parse`.
"""
