"""What works beside a server ends with it, however the server ended, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from release_maker import release

from dashboard.releases.file import write_release

ROOT = Path(__file__).parents[2]
SERVE = """
import os, signal, sys
from commands.beside import own_folder
from commands.monitoring import monitor
from commands.serve_public import public_site
from dashboard.settings import Settings

site = public_site(Settings(), "http://127.0.0.1:8051")
print(*site.make_beforehand(), monitor(("127.0.0.1", 0), own_folder("counts")), flush=True)
{end}
"""
KILLED, ENDED = "os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(0)"


@pytest.mark.parametrize("end", [KILLED, ENDED])
def test_what_works_beside_a_server_ends_with_it(tmp_path: Path, end: str) -> None:
    write_release(release(), tmp_path / "releases")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(end=end)], stdout=subprocess.PIPE, text=True, start_new_session=True,
        cwd=ROOT, env=os.environ | {"COALITION_PUBLIC_DATABASE_URL": str(tmp_path / "releases"),
                                    "COALITION_HOME": str(tmp_path), "TMPDIR": str(temporary)},
    )  # fmt: skip
    try:
        told = server.communicate(timeout=120)[0]  # until the last process that holds its output has ended
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        raise
    assert [child for child in map(int, told.split()) if Path(f"/proc/{child}/exe").exists()] == []
    assert list(temporary.iterdir()) == []
