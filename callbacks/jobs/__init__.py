"""Long work outside the web request, through one interface: processes of this machine, or workers behind Redis."""

from callbacks.jobs.handing_in import Jobs, jobs_of
from callbacks.jobs.job import FAILED, GONE, Asked, Job, JobsAway, Kind, Kinds, Progress, Say, Stopped, new_job

__all__ = ["FAILED", "GONE", "Asked", "Job", "Jobs", "JobsAway", "Kind", "Kinds", "Progress", "Say", "Stopped",
           "jobs_of", "new_job"]  # fmt: skip
