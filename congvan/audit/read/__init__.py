"""What the audit reads: tables as sheets of exact figures, names, hedges, formulas, and how two figures are judged.

Called by the checks of `congvan.audit`.
"""
