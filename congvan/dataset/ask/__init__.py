"""Questions to the built dataset, its report and its exports.

Called by the commands.
"""
