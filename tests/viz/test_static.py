"""What the pages load comes from the package, unchanged and under a licence that travels with it."""

import hashlib
import re
from importlib import resources

import pytest

STATIC = resources.files("viz") / "static"
SCRIPT = STATIC / "vis-network" / "vis-network.min.js"
OURS = ["site.css", "network.js", "icon.svg"]


def test_vis_network_is_the_file_that_its_licence_note_names() -> None:
    note = (STATIC / "vis-network" / "LICENCE.txt").read_text(encoding="utf-8")
    said = re.search(r"SHA-256: ([0-9a-f]{64})", note)
    assert said is not None
    assert hashlib.sha256(SCRIPT.read_bytes()).hexdigest() == said[1]
    assert "9.1.2" in note
    assert "MIT" in note
    assert "@version 9.1.2" in SCRIPT.read_text(encoding="utf-8")[:1000]


@pytest.mark.parametrize("name", OURS)
def test_our_own_files_name_no_other_server(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?:|//\w|@import|eval\(|innerHTML", text) == []
