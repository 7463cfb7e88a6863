"""The pages in a real browser: scripts run within the content policy, and the network is drawn."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--virtual-time-budget=3000",
    "--window-size=1280,900",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("STRATEGY_GRAPH_TEST_BROWSER") == "required":
            pytest.fail(f"none of {', '.join(NAMES)} is installed")
        pytest.skip(f"needs a browser: none of {', '.join(NAMES)} is installed")
    return found


@pytest.fixture(scope="module")
def address(store_url: str) -> Iterator[str]:
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0", "--store", store_url]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        line = server.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found is not None, line + server.stderr.read()
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=10)
        server.stderr.close()


def _open(browser: str, url: str, folder: Path) -> tuple[str, list[str]]:
    """Return the page as the browser holds it after its scripts ran, and what it complained of."""
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    done = subprocess.run(
        [browser, *FLAGS, *root, f"--user-data-dir={folder}", "--dump-dom", url],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.stdout, re.findall(r"CONSOLE.*", done.stderr)


@pytest.mark.parametrize("path", ["/", "/entities/prop:drone-zone", "/docs"])
def test_pages_open_without_a_complaint(browser: str, address: str, tmp_path: Path, path: str) -> None:
    page, complaints = _open(browser, address + path, tmp_path)
    assert "<h1>" in page
    assert complaints == []


def test_the_network_is_drawn(browser: str, address: str, tmp_path: Path) -> None:
    page, complaints = _open(browser, f"{address}/entities/prop:drone-zone/network", tmp_path)
    assert complaints == []
    network = page[page.index('id="network"') : page.index("network-bar")]
    assert "<canvas" in network
    assert "<svg" not in network
    assert re.search(r'id="controls">', page)
