"""The digital signatures of a PDF: by whom, when, whole or not, and what came after each.

Called by `congvan.intake`, in a worker process.
"""
