"""The ways in: HTTP, web pages and the command line; the only place that builds stores and reads settings."""
