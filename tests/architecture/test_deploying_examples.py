"""What docs/deploying shows can be copied: settings and options that exist, ports that fit together."""

import re
from pathlib import Path

import pytest

from dashboard.settings import Settings

FOLDER = Path(__file__).parents[2] / "docs" / "deploying"
UNITS = sorted(FOLDER.glob("*.service"))
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


def test_the_public_view_cannot_reach_what_the_staff_keep() -> None:
    home = re.findall(r"COALITION_HOME=(\S+)", served("coalition.service"))[0]
    public = served("coalition-public.service")
    assert f"InaccessiblePaths=-{home}\n" in public
    assert re.findall(r"^User=(.*)$", public, re.M) != re.findall(r"^User=(.*)$", served("coalition.service"), re.M)


def test_nginx_writes_no_record_of_readers_and_takes_no_word_of_who_asks() -> None:
    told = served("nginx.conf")
    assert re.findall(r"^ *access_log (.*);", told, re.M) == ["off"]
    assert 'proxy_set_header X-Forwarded-User "";' in told
