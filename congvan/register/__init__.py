"""The books and the deadlines: what is due when, numbers of arrival, what was handled, the calendar.

Called by the commands; sees records and the archive only.
"""
