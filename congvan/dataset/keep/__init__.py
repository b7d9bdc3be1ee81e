"""Builds the Parquet files, part by part, and keeps them in step with the archive.

Called by the commands.
"""
