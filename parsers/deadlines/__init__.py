"""By when: times found with their words, the rules that say what they bound, the days they come to.

Called by `parsers.parse`.
"""
