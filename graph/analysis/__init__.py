"""The three questions: one module each, from a Subgraph to a dataclass."""
