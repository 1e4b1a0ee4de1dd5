"""`coalition serve`: the staff dashboard, or with --public the released numbers alone."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Annotated, Any, cast

import typer
from flask import Flask
from gunicorn.app.base import BaseApplication

from commands.beside import own_folder
from commands.logs import ServerLog, set_up
from commands.patient_worker import PatientWorker
from commands.serve_public import public_site
from dashboard.errors import StoreError
from dashboard.settings import Settings

THREADS = 8


def command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8050,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Processes.")] = 1,
    public: Annotated[bool, typer.Option("--public", help="Serve releases to the public, and nothing else.")] = False,
) -> None:
    """Serve the store, or with --public the newest release. Beyond this computer people must be able to sign in."""
    settings = Settings()
    set_up()
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    make: Callable[[], Flask]
    if public:
        _check_free(host, port)
        make = public_site(settings, address)
        make.make_beforehand()
    else:
        make = _staff(settings, host)
        _check_free(host, port)
    if settings.monitoring_address:
        make = _monitored(make, settings, public=public)
    print(f"Serving on {address}/  (Ctrl+C stops)", flush=True)
    _Server(make, f"{shown}:{port}", workers).run()


def _staff(settings: Settings, host: str) -> Callable[[], Flask]:
    """The staff application, made in each worker. Imported here: the public process loads nothing of it."""
    from app import create_app
    from callbacks.provider import check_provider
    from dashboard.store.people import has_accounts
    from dashboard.store.workspace import Workspace

    check_provider(settings)
    _ = settings.proxies  # what is no address stops the server here, not at the first request
    workspace = Workspace(settings)
    if not _is_loopback(host) and not has_accounts(workspace.engine):
        raise StoreError(
            f"Refused to listen on {host}: nobody can sign in yet, so the dashboard serves this machine only. "
            "Make an account first (coalition people add NAME --role administrator), or leave out --host."
        )
    workspace.reader()
    workspace.engine.dispose()
    return lambda: cast(Flask, create_app(Workspace(settings)).server)


def _monitored(make: Callable[[], Flask], settings: Settings, *, public: bool) -> Callable[[], Flask]:
    """The application of each worker, its requests counted; Prometheus is answered from now on."""
    from commands.monitoring import Counted, StoreCounts, monitor, staff_route
    from public.route_names import route_name

    assert settings.monitoring_address
    monitor(
        settings.monitoring_address, own_folder("counts"), [] if public else [lambda: StoreCounts(settings.store_url)]
    )

    def counted() -> Flask:
        server = make()
        name = (lambda environ: route_name(str(environ.get("PATH_INFO", "")))) if public else staff_route(server)
        server.wsgi_app = Counted(server.wsgi_app, name)  # type: ignore[method-assign]
        return server

    return counted


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _check_free(host: str, port: int) -> None:
    """StoreError where nobody can listen, which gunicorn tells in five seconds and ten lines."""
    try:
        (family, *_, address), *_ = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise StoreError(
            f"Nothing can listen on port {port} of {host} ({error.strerror}). Is a dashboard running there already? "
            "Choose another port with --port."
        ) from None


class _Server(BaseApplication):
    """gunicorn with our application: threads share one cube, processes map the same files."""

    def __init__(self, make: Callable[[], Any], address: str, workers: int) -> None:
        self._make = make
        self._options = {"bind": address, "workers": workers, "threads": THREADS, "worker_class": PatientWorker,
                         "loglevel": "warning", "logger_class": ServerLog, "timeout": 60, "keepalive": 15,
                         "limit_request_line": 8190}  # fmt: skip
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, made in each worker and warmed before it takes traffic."""
        return self._make()
