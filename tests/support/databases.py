"""In which database the index of the tests' archives stands: SQLite, or PostgreSQL under `make test-postgres`."""

from __future__ import annotations

import os

import pytest

ON_POSTGRES = bool(os.environ.get("CONGVAN_INDEX"))
only_sqlite = pytest.mark.skipif(ON_POSTGRES, reason="about the file of SQLite")
only_postgres = pytest.mark.skipif(not ON_POSTGRES, reason="needs PostgreSQL: make test-postgres")
