"""A web worker stays small: it serves every page without the packages that only loading needs."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from dashboard.domain import SourceCard
from dashboard.store.engine import connect
from dashboard.store.writer import write
from data_loaders.register import built_in

HEAVY = ("pandas", "geopandas", "plotly.express", "pyogrio", "authlib", "joserfc", "weasyprint", "pptx", "resvg_py",
         "celery", "redis")  # fmt: skip
SERVE_EVERY_PAGE = """
import json, sys


def main():
    from app import create_app
    from callbacks.pages import PAGES
    from dashboard.settings import Settings
    from dashboard.store.workspace import Workspace

    client = create_app(Workspace(Settings())).server.test_client()
    pages = {}
    for page in PAGES:
        headers = {"Host": "localhost", "Referer": "http://localhost" + page.path}
        answer = client.get("/_dash-layout", headers=headers)
        pages[page.path] = [answer.status_code, len(answer.data)]
    print(json.dumps({"pages": pages, "modules": sorted(sys.modules)}))


if __name__ == "__main__":
    main()
"""


def test_a_worker_serves_every_page_without_pandas_geopandas_or_plotly_express(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'coalition.db'}")
    write(engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    engine.dispose()
    script = tmp_path / "serve_every_page.py"
    script.write_text(SERVE_EVERY_PAGE, "utf-8")
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=120, check=False, cwd=root,
        env=os.environ | {"COALITION_HOME": str(tmp_path), "COALITION_DATABASE_URL": "", "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert {status for status, _ in told["pages"].values()} == {200}
    assert [name for name in HEAVY if name in told["modules"]] == []
