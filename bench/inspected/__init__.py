"""Whole letters with planted errors and decoys, marked by an inspector who did not see the checks, and the score on them.

They are not for making rules of: a kind of error that is missed is mended on inputs of our own, and the score is told with the
day of the set. `bench.planted` is the set that was looked at while the checks were made.
"""
