from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGY_GRAPH_STORE", "sqlite:///other.db")
    monkeypatch.setenv("STRATEGY_GRAPH_PORT", "9000")
    monkeypatch.setenv("STRATEGY_GRAPH_REGISTERS", "mine")
    settings = Settings()
    assert (settings.store, settings.port, settings.registers) == ("sqlite:///other.db", 9000, Path("mine"))


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "70000"), ("PORT", "x"), ("TOKEN", "short"), ("MAX_BODY_BYTES", "-1")]
)
def test_values_out_of_bounds_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STRATEGY_GRAPH_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_the_token_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGY_GRAPH_TOKEN", "a secret of some length")
    assert "secret of" not in repr(Settings())


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("::", False)])
def test_loopback_is_told_from_the_rest(host: str, loopback: bool) -> None:
    assert Settings(host=host).is_loopback is loopback
