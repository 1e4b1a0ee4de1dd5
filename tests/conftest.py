"""What every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: properties have no deadline, and find the same cases every time.
settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the checkout; skips where it is absent, fails in continuous integration."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"continuous integration needs the real files beside the checkout: {folder.name} is missing")
        pytest.skip("the real files (../shared/data) are not beside this checkout")
    return folder
