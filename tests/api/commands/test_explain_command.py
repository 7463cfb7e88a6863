"""`explain` prints passages with their facts, or writes a page of its own."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.commands.explain import explain

app = typer.Typer()
app.command()(explain)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "paper.txt"
    text = "Lancashire Enterprise Partnership will build a tram in Preston.\n\nThe <weather> was fine in 2018.\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_explain_prints_facts_with_rules_and_silences_with_reasons(paper: Path) -> None:
    result = CliRunner().invoke(app, [str(paper)])
    assert result.exit_code == 0
    assert "Lancashire Enterprise Partnership (lep:lancashire)" in result.stdout
    assert "The <weather> was fine in 2018." in result.stdout.split("no fact", 1)[1]


def test_explain_writes_an_escaped_page(paper: Path) -> None:
    page = paper.with_suffix(".html")
    result = CliRunner().invoke(app, [str(paper), "--html", str(page)])
    assert result.exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "The &lt;weather&gt; was fine" in text
    assert "<weather>" not in text
