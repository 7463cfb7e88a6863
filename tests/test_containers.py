"""The container files, checked without an engine: pins, secrets, ports, rights, and that the image's command runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STEPS = [line.split(maxsplit=1) for line in DOCKERFILE.replace("\\\n", " ").splitlines() if re.match(r"[A-Z]+ ", line)]
PINNED = re.compile(r"[\w./-]+:\d+\.\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?")


def defaults(text: str) -> str:
    """Return a text of the compose file with the defaults of its variables, as without any environment."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_services_and_volumes_are_those_named() -> None:
    assert set(SERVICES) == {"neo4j", "app"}
    used = {item.partition(":")[0] for service in SERVICES.values() for item in service["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_images_are_pinned_to_a_release() -> None:
    assert PINNED.fullmatch(defaults(SERVICES["neo4j"]["image"]))
    images = [text for step, text in STEPS if step == "ARG" and "IMAGE" in text]
    assert [image for image in images if not PINNED.fullmatch(image.partition("=")[2])] == []
    assert {text.split()[0] for step, text in STEPS if step == "FROM"} == {"${PYTHON_IMAGE}"}


def test_database_is_the_version_that_is_tested() -> None:
    pom = (ROOT / "scripts" / "neo4j" / "pom.xml").read_text(encoding="utf-8")
    found = re.search(r"<neo4j.version>(.+)</neo4j.version>", pom)
    assert found is not None
    assert f":{found.group(1)}-" in defaults(SERVICES["neo4j"]["image"])


def test_no_secret_has_a_default() -> None:
    secrets = [
        str(value)
        for service in SERVICES.values()
        for name, value in service["environment"].items()
        if re.search("PASSWORD|TOKEN|AUTH", name)
    ]
    assert len(secrets) == 3
    assert [value for value in secrets if not re.fullmatch(r"(neo4j/)?\$\{\w+:\?[^}]+\}", value)] == []
    assert not re.search(r"(ENV|ARG).*(PASSWORD|TOKEN)", DOCKERFILE)


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_open_to_this_machine_alone(name: str) -> None:
    ports = SERVICES[name]["ports"]
    assert ports
    assert [port for port in ports if not re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_watched_and_keep_their_data(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert any(item.endswith(":/data") for item in SERVICES[name]["volumes"])


def test_app_waits_for_the_database_and_uses_it() -> None:
    app = SERVICES["app"]
    assert app["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert app["environment"]["STRATEGY_GRAPH_STORE"] == "bolt://neo4j:7687"
    assert "/api/v1/readiness" in app["healthcheck"]["test"][-1]


def test_settings_of_the_app_exist() -> None:
    from api.settings import Settings

    names = {f"STRATEGY_GRAPH_{name.upper()}" for name in Settings.model_fields}
    assert set(SERVICES["app"]["environment"]) <= names


def test_image_runs_without_rights() -> None:
    users = [text for step, text in STEPS if step == "USER"]
    assert users == ["10001:10001"]
    last = max(at for at, (step, _) in enumerate(STEPS) if step == "USER")
    assert not [step for step, _ in STEPS[last:] if step in {"RUN", "COPY", "ADD"}]
    assert SERVICES["app"]["cap_drop"] == ["ALL"]
    assert SERVICES["app"]["read_only"] is True


def copied() -> list[str]:
    """Return what the build takes from the repository."""
    steps = [text.split() for step, text in STEPS if step == "COPY" and not text.startswith("--from")]
    return [name for *names, _ in steps for name in names]


def test_builder_is_sent_what_it_copies_and_no_more() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied())
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_the_command_of_the_image_runs_from_what_is_copied_alone(tmp_path: Path) -> None:
    source, site = tmp_path / "src", tmp_path / "site"
    source.mkdir()
    for name in copied():
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*install, "--no-build-isolation", "--target", site, source], check=True)
    (command,) = [text for step, text in STEPS if step == "CMD"]
    program, verb = re.findall(r'"([\w-]+)"', command)
    environment = {"PYTHONPATH": str(site), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for arguments in ([verb, "--help"], ["registers", "list"]):
        done = subprocess.run(
            [sys.executable, site / "bin" / program, *arguments],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
