"""Many machines: the client of a Dask cluster, and records worked on there.

Called by `intake/cluster`, which has files read there, and by the commands that take `--scheduler`.
"""
