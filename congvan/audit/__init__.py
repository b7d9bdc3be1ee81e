"""The audit: do the reported figures follow from each other and from the tables? Sees records only."""
