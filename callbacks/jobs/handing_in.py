"""Where jobs are handed in and asked for, however they are done."""

from __future__ import annotations

import threading
from typing import BinaryIO
from weakref import WeakKeyDictionary

from callbacks.jobs.board import Board
from callbacks.jobs.job import GONE, Job, Kinds, Progress
from callbacks.jobs.local import LocalBoard
from callbacks.shared import shared_of
from dashboard.errors import InvalidQuery
from dashboard.store.workspace import Workspace

AT_ONCE = 2


class Jobs:
    """Jobs of some kinds: start them, see how far they are, take what came of them, stop them."""

    def __init__(self, board: Board, kinds: Kinds) -> None:
        self.board, self._kinds = board, kinds

    def start(self, job: Job) -> Job | None:
        """Have a job done; None where too many are being done.

        Asked twice for the same it is done once: the job that is on its way. JobsAway where nothing can be started.
        """
        going = self.board.going(job.person.account)
        same = next((other for other in going if other.is_same(job)), None)
        if same is None and len(going) >= AT_ONCE:
            return None
        if same is None:
            self.board.start(job, self._kinds[job.name])
        return same or job

    def job(self, token: str, account: str) -> Job:
        """The job under a token, for the account that asked for it; InvalidQuery otherwise."""
        found = self.board.job(token)
        if found.person.account != account:
            raise InvalidQuery(GONE)
        return found

    def progress(self, job: Job) -> Progress:
        """How far a job is."""
        return self.board.progress(job.token)

    def file(self, job: Job) -> BinaryIO:
        """The finished file; InvalidQuery while there is none."""
        return self.board.file(job.token)

    def stop(self, job: Job) -> None:
        """Forget a job; whoever works on it ends at the next step."""
        self.board.remove(job.token)


_boards: WeakKeyDictionary[Workspace, Board] = WeakKeyDictionary()
_lock = threading.Lock()


def jobs_of(workspace: Workspace, kinds: Kinds) -> Jobs:
    """The jobs of a workspace: through the queue of COALITION_BROKER_URL, else in processes of this machine."""
    with _lock:
        if workspace not in _boards:
            _boards[workspace] = board_of(workspace, kinds)
        return Jobs(_boards[workspace], kinds)


def board_of(workspace: Workspace, kinds: Kinds) -> Board:
    """Where jobs of a workspace are written down."""
    shared = shared_of(workspace)
    if shared is None:
        return LocalBoard(workspace.settings, kinds)
    from callbacks.jobs import queue

    return queue.board_of(shared, workspace.settings)
