"""A folder that is watched: what in it is whole, what is taken in, what may be taken away.

Called by the command `watch`; calls the pipeline of intake.
"""
