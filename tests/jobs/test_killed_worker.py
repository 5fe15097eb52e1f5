"""A worker killed in the middle: the next one takes the work up, and effects happen once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(home: Path, act: str, pause: str = "0.01") -> subprocess.Popen[str]:
    env = {
        **os.environ,
        "PAUSE": pause,
        "PRIMACY_HOME": str(home),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    env.pop("PRIMACY_DATABASE_URL", None)
    env["DJANGO_SETTINGS_MODULE"] = "primacy.settings.embedded"
    command = [sys.executable, "-m", "tests.jobs.working_site", act]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def say(home: Path, act: str) -> str:
    process = start(home, act)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out.strip()


def test_killed_work_is_resumed_and_its_effects_are_not_repeated(tmp_path: Path) -> None:
    home = tmp_path / "site"
    job = say(home, "add")
    worker = start(home, "work", pause="2")
    progress = home / "jobs" / f"{job}.json"
    deadline = time.monotonic() + 30
    while not progress.exists():
        assert time.monotonic() < deadline, "the worker never reported"
        time.sleep(0.02)
    # A living worker's job is not taken up by another one.
    say(home, "work")
    assert json.loads(say(home, "tell")) == {
        "state": "running",
        "attempts": 1,
        "names": ["first 0"],
    }
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    say(home, "work")
    assert json.loads(say(home, "tell")) == {
        "state": "done",
        "attempts": 2,
        "names": ["first 0", "second 0"],
    }
    assert not progress.exists()
