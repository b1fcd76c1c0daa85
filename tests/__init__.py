"""The tests: sentences that mirror the tree."""
