"""`coalition serve`: the staff dashboard on this machine."""

import ipaddress
from typing import Annotated, Any

import typer
from gunicorn.app.base import BaseApplication

from app import create_app
from dashboard.errors import StoreError
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

THREADS = 8


def command(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8050,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Processes.")] = 1,
) -> None:
    """Serve the store on a loopback address."""
    if not _is_loopback(host):
        raise StoreError(
            f"Refused to listen on {host}: there is no sign-in yet, so the dashboard serves this machine only. "
            "Leave out --host, or use 127.0.0.1, ::1 or localhost."
        )
    settings = Settings()
    workspace = Workspace(settings)
    workspace.reader()
    workspace.engine.dispose()
    shown = f"[{host}]" if ":" in host else host
    print(f"Serving on http://{shown}:{port}/  (Ctrl+C stops)", flush=True)
    _Server(settings, f"{shown}:{port}", workers).run()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class _Server(BaseApplication):
    """gunicorn with our application: threads share one cube, processes map the same files."""

    def __init__(self, settings: Settings, address: str, workers: int) -> None:
        self._settings = settings
        self._options = {"bind": address, "workers": workers, "threads": THREADS, "worker_class": "gthread",
                         "loglevel": "warning", "timeout": 60, "keepalive": 15,
                         "limit_request_line": 8190}  # fmt: skip
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, made in each worker and warmed before it takes traffic."""
        return create_app(Workspace(self._settings)).server
