"""Facts of the language: normal forms, fold, legacy encodings, numerals, periods. Imports nothing of ours."""
