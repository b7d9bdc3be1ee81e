"""The codes of warnings, a closed list: one code for one kind of trouble, whoever met it."""

from __future__ import annotations

from typing import Literal

WarningCode = Literal[
    # The file: what it is, what in it was not read, what stands beside it.
    "no_text",
    "image_only",
    "step_failed",
    "damaged_text",
    "legacy_encoding",
    "other_text_layer",
    "struck_out",
    "attachment",
    "attachment_unread",
    "missing_appendix",
    "signature",
    # The reading of words and figures.
    "misread_word",
    "unsure_reading",
    "unsure_figures",
    "under_stamp",
    "readings_differ",
    "spelt_otherwise",
    "handwritten",
    # The header.
    "no_letterhead",
    "not_found",
    "blank_number",
    "blank_date",
    "draft_unclear",
    "subject_conflict",
    "joint_purpose",
    "date_conflict",
    # Tasks and deadlines.
    "duplicate_label",
    "unread_time",
    "unreadable_date",
    "impossible_date",
    "incomplete_date",
    "year_unknown",
    "vague_date",
    "past_date",
    "relative_date",
    "no_anchor",
    "weekday_conflict",
    # Tables.
    "same_heading",
    # A person's correction against what is read now.
    "correction_conflict",
]
