"""Documents to Dispatches: pure functions, no clock, file, network or environment.

Imports `schemas`, `vietnamese` and `form` only; `parsers.parse` is the way in; it is called by `congvan.intake`.
"""
