"""Files for others: spreadsheets, CSV, edXML. One policy for formulas, days, numbers, links, and half-written files.

Called by the commands, the register, the audit and the dataset.
"""
