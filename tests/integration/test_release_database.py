"""Releases in a real PostgreSQL: what the public server's role may read, and that both sides hold the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from release_maker import release
from surroundings import runner

from dashboard.errors import StoreError
from dashboard.releases.build import Built
from dashboard.releases.database import check_reader, fetch
from dashboard.releases.exchange import shared
from dashboard.releases.file import write_release
from dashboard.releases.publish import publish
from dashboard.releases.reading import current
from dashboard.releases.shelf import listed, withdraw
from dashboard.settings import Settings
from dashboard.store.engine import connect
from public.server import build_server
from public.shelf import FolderShelf

ROLE = "reads releases"
OTHERS = """SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^(pg_|information_schema|public_release)'"""


@pytest.fixture
def publisher(postgresql_url: str) -> str:
    """The address with which releases are published, into the database that holds the store as well."""
    connect(postgresql_url).dispose()
    return Settings(public_database_url=postgresql_url).release_database


@pytest.fixture
def reader(publisher: str, tmp_path: Path) -> Iterator[str]:
    """The address of a role made as `coalition public-role` prints it, once there is a release."""
    with shared(tmp_path / "publisher", publisher):
        write_release(release(1), tmp_path / "publisher", made_by="Ann", approved_by="Ben")
    printed = runner(tmp_path, COALITION_PUBLIC_DATABASE_URL=publisher)("public-role", ROLE)
    assert printed.code == 0, printed.err
    with psycopg.connect(publisher, autocommit=True) as admin:
        admin.execute(printed.out)
        yield psycopg.conninfo.make_conninfo(publisher, user=ROLE)
        admin.execute(f'DROP OWNED BY "{ROLE}"')
        admin.execute(f'DROP ROLE "{ROLE}"')


def refused(address: str, statement: str) -> bool:
    """Whether the database refuses a statement for want of a right."""
    with psycopg.connect(address, options="-c default_transaction_read_only=off") as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def test_the_role_reads_releases_and_is_refused_on_every_other_table(publisher: str, reader: str) -> None:
    with psycopg.connect(publisher) as admin:
        others = [name for (name,) in admin.execute(OTHERS)]
    assert len(others) > 10
    assert {name: refused(reader, f"SELECT FROM {name}") for name in others} == dict.fromkeys(others, True)
    with psycopg.connect(reader) as connection:
        assert connection.execute("SELECT number, made_on FROM public_release.release").fetchall() == [
            (1, "2026-11-22")
        ]


@pytest.mark.parametrize("statement", [
    "SELECT made_by FROM public_release.release", "SELECT withdrawn_because FROM public_release.release",
    "UPDATE public_release.release SET made_on = ''", "DELETE FROM public_release.release",
    "TRUNCATE public_release.release", "INSERT INTO public_release.release (number) VALUES (9)",
    "DROP TABLE public_release.release", "CREATE TABLE public_release.other (number integer)", "CREATE ROLE other",
    "CREATE TABLE public.other (number integer)", "CREATE SCHEMA other", "COPY public_release.release TO '/tmp/x'",
])  # fmt: skip
def test_the_role_can_change_nothing_and_does_not_learn_who_made_a_release(reader: str, statement: str) -> None:
    assert refused(reader, statement)


def test_the_public_server_starts_with_that_role_alone(publisher: str, reader: str) -> None:
    check_reader(reader)
    with pytest.raises(StoreError, match="may do more than read releases"):
        check_reader(publisher)
    with psycopg.connect(publisher) as admin:
        admin.execute(f'GRANT SELECT (name) ON partner TO "{ROLE}"')
    with pytest.raises(StoreError, match=r"public\.partner"):
        check_reader(reader)


def test_the_public_server_follows_what_is_published_and_withdrawn(publisher: str, reader: str, tmp_path: Path) -> None:
    made, copy = tmp_path / "publisher", tmp_path / "copy"
    fetch(reader, copy)
    assert (copy / "release-0001.db").read_bytes() == (made / "release-0001.db").read_bytes()
    client = build_server(FolderShelf(copy)).test_client()
    assert client.get("/").headers["Location"] == "/r/1/"
    demonstration = replace(release(2), meta={"demonstration": "1"})
    publish(Built(demonstration, []), made, made_by="Ann", approved_by="", database=publisher)
    fetch(reader, copy)
    assert client.get("/").headers["Location"] == "/r/2/"
    with shared(made, publisher):
        withdraw(made, 2, reason="A slip", on="2026-12-01")
    fetch(reader, copy)
    assert client.get("/").headers["Location"] == "/r/1/"
    assert client.get("/r/2/").status_code == 410
    assert [(each.made_by, each.withdrawn_because) for each in listed(copy)] == [("", "")] * 2


def test_another_computer_publishes_with_every_earlier_release(publisher: str, reader: str, tmp_path: Path) -> None:
    assert reader
    there = tmp_path / "another computer"
    with shared(there, publisher):
        assert [(each.number, each.made_by, each.approved_by) for each in listed(there)] == [(1, "Ann", "Ben")]
        write_release(release(2), there)
    with pytest.raises(StoreError, match="release 2 already"), shared(tmp_path / "publisher", publisher):
        write_release(release(2), tmp_path / "publisher")
    served = current(tmp_path / "publisher")
    assert served is not None
    assert served.number == 2


def test_two_different_releases_of_one_number_are_told(publisher: str, reader: str, tmp_path: Path) -> None:
    assert reader
    other = tmp_path / "other"
    write_release(replace(release(1), notes=[("release", "Another one.")]), other)
    with pytest.raises(StoreError, match="another release 1"), shared(other, publisher):
        pass


def test_what_was_published_while_the_database_was_away_goes_there_later(
    publisher: str, reader: str, tmp_path: Path
) -> None:
    made = tmp_path / "publisher"
    write_release(release(2), made)  # as if the connection had broken before the end
    with shared(made, publisher):
        pass
    fetch(reader, tmp_path / "copy")
    assert [each.number for each in listed(tmp_path / "copy")] == [1, 2]


def test_a_release_that_the_database_damaged_is_passed_over(publisher: str, reader: str, tmp_path: Path) -> None:
    with shared(tmp_path / "publisher", publisher):
        write_release(release(2), tmp_path / "publisher")
    with psycopg.connect(publisher) as admin:
        admin.execute("UPDATE public_release.release SET body = set_byte(body, 5000, 7) WHERE number = 2")
    copy = tmp_path / "copy"
    fetch(reader, copy)
    assert build_server(FolderShelf(copy)).test_client().get("/").headers["Location"] == "/r/1/"


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    run: Any = runner(tmp_path, COALITION_PUBLIC_DATABASE_URL="postgresql://ann:hunter2@127.0.0.1:1/none")
    for command in (("releases",), ("serve", "--public"), ("export-site", str(tmp_path / "site"))):
        ran = run(*command)
        assert ran.code == 1
        assert "COALITION_PUBLIC_DATABASE_URL" in ran.err
        assert "hunter2" not in ran.err + ran.out
