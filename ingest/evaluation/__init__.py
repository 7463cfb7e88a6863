"""Measuring extraction against gold: `gold` reads it, `score` compares, `report` says it, `runner` runs a set."""
