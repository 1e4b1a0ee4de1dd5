"""What every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from ready_tables import by_copy, by_migration

# A busy machine is no fault of the code: properties have no deadline, and find the same cases every time.
settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")

ROOT = Path(__file__).parents[1]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with a long file that fills the demonstration, for half a minute: who needs it later does not wait."""
    items.sort(key=lambda item: item.path.stem != "test_pages_axe")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the checkout; skips where it is absent, fails in continuous integration."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"continuous integration needs the real files beside the checkout: {folder.name} is missing")
        pytest.skip("the real files (../shared/data) are not beside this checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def stores_made_quickly() -> Iterator[None]:
    """A new SQLite store is a copy of an empty one, and its cube is built here: a process for it takes a second.

    Tests that serve a store or run a command in a process of its own have both as they are in use.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.store.engine.migrate", by_copy)
        patch.setattr("dashboard.store.workspace.is_built", lambda *_: True)
        yield


@pytest.fixture
def tables_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every new store makes its tables by its migrations, as in use: for tests of just that."""
    monkeypatch.setattr("dashboard.store.engine.migrate", by_migration)
