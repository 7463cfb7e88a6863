import pytest

from api.errors import BadCursor
from api.paging import number_key, text_key, to_cursor


@pytest.mark.parametrize("key", ["", "prop:1", "a name with spaces & é", "\U0001f600"])
def test_text_key_comes_back(key: str) -> None:
    assert text_key(to_cursor(key)) == key


@pytest.mark.parametrize("key", [-1, 0, 7, 2**31 - 1])
def test_number_key_comes_back(key: int) -> None:
    assert number_key(to_cursor(key), start=0) == key


def test_a_list_starts_without_a_cursor() -> None:
    assert text_key(None) == ""
    assert number_key(None, start=-1) == -1


@pytest.mark.parametrize("cursor", ["", "%%%", "é", "bm90IGpzb24", to_cursor(3), "W10", "bnVsbA", "\x00"])
def test_a_made_up_text_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        text_key(cursor)


@pytest.mark.parametrize("cursor", [to_cursor("x"), to_cursor(2**31), to_cursor(-2), to_cursor(True), "MS41"])
def test_a_made_up_number_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        number_key(cursor, start=0)
