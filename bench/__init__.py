"""Measures the project against its budgets, in one run: `make bench`. It measures a copy of the checkout and changes nothing."""
