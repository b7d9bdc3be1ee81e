"""The archive: what was taken in and what people said of it, kept so that nothing confirmed is ever lost.

`archive.Archive` is the way in; called by intake, register, dataset and commands.
"""
