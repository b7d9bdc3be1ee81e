"""The command line: one module a group of commands; options, messages and exit codes.

Called by people; decides nothing, calls the services of the other rooms.
"""
