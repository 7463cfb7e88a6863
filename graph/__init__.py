"""The knowledge graph: its model, ontology, ids, stores and analysis. Imports neither spaCy nor FastAPI."""
