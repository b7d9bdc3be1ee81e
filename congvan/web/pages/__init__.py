"""One module a page of the desk: what it asks of the services, and which template shows it.

Called by `congvan.web.app`.
"""
