"""A bad row is named with its file and line; a folder of one's own adds rows and puts rows in the place of others."""

from pathlib import Path

import pytest

from graph.errors import RegisterError
from ingest.registers import load_registers

HEAD = "id,name,aliases,kind,parent,start,end,source"
GOOD = "dept:test,Department for Tests,DfTest,ministerial department,,2020,2021-05-01,https://example.org/"


def write(folder: Path, file: str, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (GOOD.replace("dept:test", "Dept Test"), "not of the form"),
        (GOOD.replace("Department for Tests", ""), "name is empty"),
        (GOOD.replace("2021-05-01", "2021-13"), "is not a date"),
        (GOOD.replace("2021-05-01", "2021-02-30"), "is not a date"),
        (GOOD.replace("2021-05-01", "2019"), "is after end"),
        (GOOD.replace("https://example.org/", ""), "source is empty"),
        (GOOD.replace("https://example.org/", "unverified:start"), "marks only"),
        (GOOD.replace("DfTest", "DfTest|DfTest"), "alias is there twice"),
        (GOOD.replace("DfTest", "Department for Tests"), "is the name itself"),
        (GOOD.replace("DfTest", "Df  Test"), "stray spaces"),
        (GOOD.replace("ministerial department,", "ministerial department,dept:nowhere"), "is in no register"),
        (GOOD.replace("ministerial department,", "ministerial department,dept:test"), "points to itself"),
        (GOOD.replace("ministerial department,", "ministerial department,foundation:ideas"), "not in the ontology"),
        (GOOD + ",more", "9 cells where the header has 8"),
        (GOOD + "\n" + GOOD, "is there twice"),
        (GOOD.replace("dept:test", "lep:lancashire"), "is a LEP in leps.csv"),
        (GOOD.replace("Department for Tests", '"Tests" x'), "not CSV"),
    ],
)
def test_load_names_the_bad_row(tmp_path: Path, row: str, problem: str) -> None:
    write(tmp_path, "departments.csv", HEAD, row)
    with pytest.raises(RegisterError, match=problem) as caught:
        load_registers(tmp_path)
    assert caught.value.file.endswith("departments.csv")
    assert caught.value.line == (3 if "\n" in row else 2)


@pytest.mark.parametrize(
    ("file", "lines", "problem"),
    [
        ("departments.csv", ("id,name,colour,source", "dept:test,Tests,red,x"), "column 'colour' is unknown"),
        ("departments.csv", ("id,name", "dept:test,Tests"), "column 'source' is missing"),
        ("departements.csv", (HEAD, GOOD), "no register file"),
        ("succession.csv", ("from_id,to_id,date,source", "dept:bis,dept:gone,2020,x"), "is in no register"),
        ("leps.csv", ("id,name,wave,source", "lep:test,Test LEP,first,x"), "is not a number"),
        ("themes.csv", ("id,type,name,source", "foundation:test,Sector,Test,x"), "is not of this register"),
    ],
)
def test_load_names_the_bad_file(tmp_path: Path, file: str, lines: tuple[str, ...], problem: str) -> None:
    write(tmp_path, file, *lines)
    with pytest.raises(RegisterError, match=problem):
        load_registers(tmp_path)


def test_load_names_a_file_of_unknown_name_beside_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "departments.csv", HEAD, GOOD)
    write(tmp_path, "departements.csv", HEAD, GOOD)
    with pytest.raises(RegisterError, match=r"departements\.csv"):
        load_registers(tmp_path)


def test_load_refuses_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "departments.csv").write_bytes(f"{HEAD}\n{GOOD}\n".replace("Tests", "T\xeasts").encode("latin-1"))
    with pytest.raises(RegisterError, match="UTF-8") as caught:
        load_registers(tmp_path)
    assert caught.value.line == 2


def test_load_adds_rows_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "departments.csv", HEAD, GOOD)
    write(tmp_path, "succession.csv", "from_id,to_id,date,what_moved,source", "dept:test,dept:dbt,2021-05-01,tests,x")
    packaged, registers = load_registers(), load_registers(tmp_path)
    row = registers.rows["dept:test"]
    assert (row.aliases, row.start, row.end, row.line) == (("DfTest",), "2020", "2021-05-01", 2)
    assert Path(row.file) == tmp_path / "departments.csv"
    assert len(registers.rows) == len(packaged.rows) + 1
    assert registers.digest != packaged.digest
    moved = [item for item in registers.relations if item.source_id == "dept:test"]
    assert [(item.target_id, item.date, dict(item.properties)) for item in moved] == [
        ("dept:dbt", "2021-05-01", {"what_moved": "tests"})
    ]


def test_load_puts_a_row_in_the_place_of_one_with_its_id(tmp_path: Path) -> None:
    write(tmp_path, "leps.csv", "id,name,aliases,source", "lep:lancashire,Lancashire Business Board,,unverified")
    registers = load_registers(tmp_path)
    assert registers.rows["lep:lancashire"].name == "Lancashire Business Board"
    assert registers.rows["lep:lancashire"].unverified == ("row",)
    assert not [item for item in registers.relations if item.source_id == "lep:lancashire" and item.type == "COVERS"]
    assert len(registers.rows) == len(load_registers().rows)


def test_load_reads_the_packaged_registers_once() -> None:
    assert load_registers() is load_registers()
