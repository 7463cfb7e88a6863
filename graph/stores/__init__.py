"""Stores: one contract (`base`), two engines."""
