"""Errors of jobs.

JobError
├── UnknownJob    no kind of work, or no job, of this name
├── BadJobState   the job cannot do this in the state it is in
└── JobCancelled  raised inside the work when somebody cancelled it; nothing was kept
"""


class JobError(Exception):
    """Any refusal by the queue; the message says what to do."""


class UnknownJob(JobError):
    """No such kind of work, or no such job open to the viewer."""


class BadJobState(JobError):
    """The job is in a state that does not allow this."""


class JobCancelled(JobError):
    """Somebody cancelled the job: the work stops here and its open transaction goes back."""
