import io
from pathlib import Path

import pytest

from ingest.sources import MissingSourceError, iter_sources


def _names(folder: Path, *paths: Path) -> list[str]:
    return [Path(file.shown).relative_to(folder).as_posix() for file in iter_sources([str(path) for path in paths])]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    for name in ("b/two.txt", "a.md", "b/deep/three.txt", ".hidden.txt", "~$a.docx"):
        (tmp_path / name).write_text(name, "utf-8")
    return tmp_path


def test_iter_sources_walks_folders_in_sorted_order_without_hidden_and_lock_files(folder: Path) -> None:
    assert _names(folder, folder) == ["a.md", "b/deep/three.txt", "b/two.txt"]


def test_iter_sources_keeps_the_order_of_paths_and_gives_each_file_once(folder: Path) -> None:
    assert _names(folder, folder / "b", folder) == ["b/deep/three.txt", "b/two.txt", "a.md"]


def test_iter_sources_survives_links_that_lead_back(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder, target_is_directory=True)
    assert _names(folder, folder) == ["a.md", "b/deep/three.txt", "b/two.txt"]


def test_iter_sources_reads_lazily(folder: Path) -> None:
    (file,) = iter_sources([str(folder / "a.md")])
    (folder / "a.md").write_text("changed", "utf-8")
    assert file.read_bytes() == b"changed"
    assert file.find_size() == 7


def test_iter_sources_takes_standard_input() -> None:
    (file,) = iter_sources(["-"], stdin=io.BytesIO(b"text"))
    assert (file.shown, file.read_bytes(), file.find_size()) == ("standard input", b"text", 4)


def test_iter_sources_names_a_missing_path_before_the_first_file(folder: Path) -> None:
    with pytest.raises(MissingSourceError, match="nowhere: no such file or folder"):
        next(iter(iter_sources([str(folder), str(folder / "nowhere")])))
