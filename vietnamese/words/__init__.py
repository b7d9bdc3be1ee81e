"""Words of Vietnamese, which is written syllable by syllable: where each begins and ends.

Called by `parsers.annotate`. The list of compounds is data; its source and licence: `NOTICE.md` beside it.
"""
