"""Who sent it: issuing bodies, number, place and day, subject, recipients, signers.

Called by `parsers.parse`.
"""
