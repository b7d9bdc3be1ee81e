"""Takes files in: finds them, reads each in a worker process, keeps what came out, holds in quarantine what did not.

Called by the commands; the only room besides `archive` that writes to the archive.
"""
