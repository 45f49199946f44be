"""What the stage's JavaScript writes for real payloads, by deno: entries, labels of the network, notes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ui.state.settings import Settings
from ui.steps.payload import stage_payload

SCRIPT = Path(__file__).with_name("stage_script.mjs")
WIDTH = 450  # of the network beside the explanation, on a screen of 1366 × 768


def question(settings: Settings, entries=(), at=(), width=WIDTH) -> dict[str, Any]:
    """What to write for these settings.

    Args:
        entries: (step, table, row, col, block) of entries to write out.
        at: steps to look at.
        width: of the network.
    """
    payload = json.loads(stage_payload(settings))
    return {"payload": payload, "entries": list(entries), "at": list(at), "width": width}


def run_script(*questions: dict[str, Any]) -> list[dict[str, Any]]:
    """For each question: `written`, pairs of an entry and its running sum; `seen`, for each step in `at`."""
    done = subprocess.run(
        [sys.executable, "-m", "deno", "run", str(SCRIPT)],
        input=json.dumps(questions),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers
