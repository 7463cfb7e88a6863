"""The bundled example documents: what `make demo` loads; README.md says what each is and where its facts come from."""

from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"
TEXTS = Path(__file__).parent / "texts"
