"""Which reported figures do not follow from the tables, and why.

`audit.audit` is the way in; called by the commands; sees records only.
"""
