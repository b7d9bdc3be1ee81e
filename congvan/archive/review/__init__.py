"""Working off what needs a look: the queue, what settles a doubt, who did what, and the last step taken back.

Called by the commands and the web desk; everything said goes through the archive's log.
"""
