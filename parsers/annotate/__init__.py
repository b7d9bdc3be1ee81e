"""What is written in a paragraph, found once and used by all: its words, and the times, whatever they mean.

Called by `parsers.actors` and `parsers.deadlines`.
"""
