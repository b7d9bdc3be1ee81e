"""How right records are: each against a gold record, thing by thing; what `congvan score` and the measurements use.

Called by `congvan.commands` and from outside of the package.
"""
