import pytest

from graph.ids import make_document_id, make_id, make_slug


def test_make_id_is_the_same_on_every_machine() -> None:
    assert make_id("passage", "doc:1", 0) == "passage:9e8eabee6ebd8bd1372c"


def test_make_id_parts_cannot_run_together() -> None:
    ids = {
        make_id("x", "ab", "c"),
        make_id("x", "a", "bc"),
        make_id("x", "abc"),
        make_id("x", '["a","bc"]'),
        make_id("xa", "bc"),
    }
    assert len(ids) == 5


def test_make_id_tells_numbers_from_their_text() -> None:
    assert make_id("x", 1) != make_id("x", "1")


def test_make_id_takes_equal_unicode_for_equal() -> None:
    assert make_id("x", "caf\u00e9") == make_id("x", "cafe\u0301")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        (
            "Department for Business, Energy & Industrial Strategy",
            "department-for-business-energy-and-industrial-strategy",
        ),
        ("  King's Lynn — Norfolk ", "kings-lynn-norfolk"),
        ("Ynys Môn", "ynys-mon"),
        ("🙂", ""),
    ],
)
def test_make_slug_holds_letters_digits_and_hyphens(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def test_make_document_id_depends_on_bytes_alone() -> None:
    assert make_document_id(b"") == "doc:e3b0c44298fc1c149afb"
    assert make_document_id(b"a") != make_document_id(b"b")
