"""The records: what a reader returns, what a parser returns, what the audit says. Imports nothing of ours."""
