"""A process that works on a site's queue: `python -m tests.jobs.working_site add|work|tell`.

Run as a process of its own, because the test kills it.
"""

import json
import os
import sys
import time
from collections.abc import Mapping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.embedded")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from primacy.platform.accounts.actions import ensure_organisation  # noqa: E402
from primacy.platform.accounts.models import Organisation  # noqa: E402
from primacy.platform.jobs.actions import ask_for_work  # noqa: E402
from primacy.platform.jobs.kinds import Outcome, Running, kind_of_work  # noqa: E402
from primacy.platform.jobs.models import Job  # noqa: E402
from primacy.platform.jobs.worker import run_next  # noqa: E402
from primacy.platform.policy import operator  # noqa: E402


@kind_of_work("test.slow", permission="missions.create")
def slow(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Two effects with a long pause between them."""
    for key in ("first", "second"):
        run.once(key, lambda key=key: str(_organisation(run, key)))
        for step in range(40 if key == "first" else 1):
            run.progress(step, 40, key)
            time.sleep(float(os.environ.get("PAUSE", "0.01")))
    return Outcome("both made")


def _organisation(run: Running, key: str) -> object:
    number = Organisation.objects.filter(name__startswith=key).count()
    return ensure_organisation(actor=run.actor, name=f"{key} {number}").pk


def main(act: str) -> None:
    if act == "add":
        call_command("migrate", verbosity=0)
        me = operator("test")
        job = ask_for_work(actor=me, kind="test.slow", title="slow", mission_id=None, arguments={})
        print(job.pk)
    elif act == "work":
        print("working", flush=True)
        run_next()
    else:
        job = Job.objects.get()
        names = list(Organisation.objects.order_by("name").values_list("name", flat=True))
        print(json.dumps({"state": job.state, "attempts": job.attempts, "names": names}))


if __name__ == "__main__":
    main(sys.argv[1])
