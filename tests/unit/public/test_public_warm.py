"""What most readers open is made before anybody asks, as browsers want it."""

from pathlib import Path

from release_maker import DEATHS

import public_app
from public.addresses import parse
from public.server import build_server
from public.shelf import FolderShelf


def test_every_page_of_a_release_is_remembered_before_anybody_asks(shelf: Path, monkeypatch) -> None:
    monkeypatch.setattr(public_app, "FOLLOW_SECONDS", 0.0)
    server = build_server(FolderShelf(shelf))
    public_app.warm(server, rest=0.0, looks=range(2))
    library = server.extensions["library"]
    for path in ("/r/1/", "/es/r/1/help/", f"/embed/r/1/map/{DEATHS}/2022-2024/all/", "/r/1/town/2502100005/"):
        assert library.remembered((1, parse(path), "", 1, "br")), path
