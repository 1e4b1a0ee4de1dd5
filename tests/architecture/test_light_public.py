"""The public process loads nothing of the staff's side: no store, no loaders, no Dash, no data frames."""

import json
import os
import subprocess
import sys
from pathlib import Path

from release_maker import release

from dashboard.releases.file import write_release

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("dash", "plotly", "pandas", "geopandas", "shapely", "sqlalchemy", "alembic", "psycopg", "highspy",
             "statsmodels", "dashboard.store", "data_loaders", "callbacks", "layouts", "app")  # fmt: skip
SERVE_EVERY_PAGE = """
import json, sys
import commands.main
import commands.serve
from commands.serve_public import public_site
from dashboard.settings import Settings

client = public_site(Settings(), "http://127.0.0.1:8051")().test_client()
deaths = "opioid_overdose_death_rate"
paths = ["/r/1/", f"/r/1/map/{deaths}/2022-2024/all/", f"/embed/r/1/map/{deaths}/2022-2024/all/",
         f"/r/1/trend/{deaths}/25/all/", "/r/1/town/2502100001/", "/r/1/targets/", "/r/1/gaps/", "/r/1/help/",
         "/r/1/said/",
         "/about/", "/method/", "/accessibility/", "/es/r/1/", f"/r/1/map/{deaths}/2022-2024/all.csv"]
told = {path: client.get(path).status_code for path in paths}
print(json.dumps({"pages": told, "modules": sorted(sys.modules)}))
"""


def test_the_public_process_serves_every_page_without_the_staff_side(tmp_path: Path) -> None:
    write_release(release(), tmp_path / "releases")
    ran = subprocess.run(
        [sys.executable, "-c", SERVE_EVERY_PAGE], capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
        env=os.environ | {"COALITION_HOME": str(tmp_path), "COALITION_PUBLIC_DATABASE_URL": ""},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert set(told["pages"].values()) == {200}
    loaded = [name for name in told["modules"] if name.split(".")[0] in FORBIDDEN or name in FORBIDDEN]
    assert loaded == []
