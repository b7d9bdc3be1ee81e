"""Questions to the dataset, each answered by a pandas DataFrame; tables, a report and files for other programs.

Called by the commands and by `congvan.dataset`.
"""
