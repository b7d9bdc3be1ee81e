"""congvan beside other readers, on the same files, turn by turn: what each costs, and what came out right.

`tool` runs one reader in a process of its own, `judged` says what is right, `__main__` takes the turns, `scaling` does
the same for files by the thousand and workers, `page` writes docs/benchmarks.md.
"""
