"""What pages are made of: templates, words in two languages, pictures of pages, places on them, lists.

Called by `congvan.web.pages` and `congvan.web.api`.
"""
