"""Files for others: what is written in forms that other programs read.

Called by the commands.
"""
