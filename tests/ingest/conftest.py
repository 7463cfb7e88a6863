"""What reads short papers, built once for all tests of extraction."""

import sys
from pathlib import Path

import pytest

# Test folders are no packages; this lets the tests import paper_samples.
sys.path.insert(0, str(Path(__file__).parent))

from paper_samples import Desk


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()
