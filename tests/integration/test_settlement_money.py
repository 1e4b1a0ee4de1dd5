"""The published settlement file of Massachusetts, as the page of the coalition shows it."""

from datetime import datetime
from pathlib import Path

from dashboard.settings import Settings
from dashboard.store.workspace import Workspace
from dashboard.views.registers_money import settlement
from data_loaders.load import Status, load_files


def test_settlement_money_of_each_town_is_shown_as_it_was_published(tmp_path: Path, shared: Path) -> None:
    file = shared / "ma" / "settlement_municipal_fy23.csv"
    workspace = Workspace(Settings(home=tmp_path, database_url=""))
    try:
        (loaded,) = load_files(workspace.engine, [file], now=datetime(2026, 11, 22))
        assert (loaded.source, loaded.status) == ("ma_settlement_funds", Status.LOADED)
        found = settlement(workspace.reader(), "")
    finally:
        workspace.engine.dispose()
    assert found is not None
    told = {row[0]: row[1:] for row in found.table[1]}
    assert len(told) == 351
    assert "fiscal year 2023" in found.sentence
    assert told["Athol"] == ("$15,898", "$0")
    assert told["Adams"] == ("$8,389", "not reported")
    assert told["Wales"] == ("$0", "not reported")
