"""What docs/deploying shows can be copied: settings and options that exist, ports that fit together."""

import re
from pathlib import Path

import pytest

from callbacks.export_jobs import EXPORTS
from dashboard.settings import Settings

FOLDER = Path(__file__).parents[2] / "docs" / "deploying"
UNITS = sorted([*FOLDER.glob("*.service"), FOLDER / "compose.yaml"])
SETTINGS = {f"COALITION_{name.upper()}" for name in Settings.model_fields}


def served(unit: str) -> str:
    return (FOLDER / unit).read_text("utf-8")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_names_settings_that_exist(unit: Path) -> None:
    named = set(re.findall(r"COALITION_[A-Z_]+", unit.read_text("utf-8")))
    assert named
    assert named <= SETTINGS


def test_nginx_asks_where_the_units_listen() -> None:
    ports = [re.findall(r"--port (\d+)", served(name))[0] for name in ("coalition.service", "coalition-public.service")]
    assert re.findall(r"server 127\.0\.0\.1:(\d+);", served("nginx.conf")) == ports


def test_containers_listen_where_nginx_is_told_to_ask() -> None:
    told = served("compose.yaml")
    named = dict(re.findall(r"s/127\.0\.0\.1:(\d+)/(\w+):\1/", told))
    assert named == {"8050": "staff", "8060": "public"}
    assert set(re.findall(r"coalition serve .*--port (\d+)", told)) == set(named)
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+);", served("nginx.conf"))) == set(named)


def test_only_nginx_is_reached_from_elsewhere_and_no_password_stands_in_a_file() -> None:
    told = served("compose.yaml")
    reached = [service.partition(":")[0] for service in re.split(r"\n  (?=\w+:\n)", told) if "\n    ports:" in service]
    assert reached == ["nginx"]
    secrets = re.findall(r"(?:PASSWORD: |AUTH: |://\w*:)(\S+?)(?:@|$)", told, re.M)
    assert secrets
    assert {secret[:2] for secret in secrets} == {"${"}
    assert re.findall(r"requirepass (\S+)", told) == ["${REDIS_PASSWORD:?}"]


def test_a_worker_finishes_what_it_does_before_it_is_stopped() -> None:
    most = int(re.findall(r"TimeoutStopSec=(\d+)", served("coalition-worker.service"))[0])
    assert most > 60 * EXPORTS["export"].minutes
    assert f"stop_grace_period: {most}s" in served("compose.yaml")


def test_the_public_view_cannot_reach_what_the_staff_keep() -> None:
    home = re.findall(r"COALITION_HOME=(\S+)", served("coalition.service"))[0]
    public = served("coalition-public.service")
    assert f"InaccessiblePaths=-{home}\n" in public
    assert re.findall(r"^User=(.*)$", public, re.M) != re.findall(r"^User=(.*)$", served("coalition.service"), re.M)


def test_nginx_writes_no_record_of_readers_and_takes_no_word_of_who_asks() -> None:
    told = served("nginx.conf")
    assert re.findall(r"^ *access_log (.*);", told, re.M) == ["off"]
    assert 'proxy_set_header X-Forwarded-User "";' in told
