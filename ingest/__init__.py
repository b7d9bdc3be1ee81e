"""Files to Documents: one reader a format. Imports `schemas` and `vietnamese` only."""
