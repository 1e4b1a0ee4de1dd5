"""Handing long work in to the workers of COALITION_BROKER_URL, and waiting for what comes of it."""

from __future__ import annotations

import time

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from callbacks.jobs import Asked, Job, Jobs, Progress, jobs_of, new_job
from commands.jobs import KINDS
from dashboard.errors import CoalitionError, StoreError
from dashboard.people import acting
from dashboard.store.workspace import open_workspace

QUEUED = "Have a worker (coalition work) do it, and wait; without COALITION_BROKER_URL a process of this machine does."
LOOK_SECONDS = 0.5
STOPPED = 130


def hand_in(name: str, arguments: Asked) -> None:
    """Have a job done as whoever acts, wait, and print what came of it; a fault is a refusal. Ctrl-C stops the job."""
    with open_workspace() as workspace:
        jobs = jobs_of(workspace, KINDS)
        job = jobs.start(new_job(name, acting(), arguments))
        if job is None:
            raise StoreError("Two jobs of yours are being done just now. Nothing was started; try again in a while.")
        try:
            ended = _wait(jobs, job)
        except KeyboardInterrupt:
            jobs.stop(job)
            print("Stopped. What was finished until now is kept.")
            raise typer.Exit(STOPPED) from None
    if ended.fault:
        raise CoalitionError(ended.fault)
    print(ended.said)


def _wait(jobs: Jobs, job: Job) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Handed in", total=1.0)
        while not (told := jobs.progress(job)).ended:
            bar.update(task, description=told.said, completed=told.share)
            time.sleep(LOOK_SECONDS)
    return told
