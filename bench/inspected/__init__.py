"""Whole letters with planted errors and decoys, marked by who did not see the checks, and the score.

They are not for making rules of: a kind of error that is missed is mended on inputs of our own, and the first score
stays published beside the present one. `bench.planted` is the set that was looked at while the checks were made.
"""
