"""The desk: pages for the clerk, the inspector and the analyst, and the same for programs.

Called by `congvan serve` and `congvan mcp`; decides nothing, calls the services of the other rooms.
"""
