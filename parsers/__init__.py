"""Documents to Dispatches: pure functions, no clock, file, network or environment. Imports `schemas`, `vietnamese`."""
