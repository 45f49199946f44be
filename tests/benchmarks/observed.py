"""The app's server, and from outside the app what its process holds.

Run as a program this is `streamlit run` with one thread more, which answers every line on its input by one
line of JSON. The app itself knows nothing of it.
"""

import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import HOST, ROOT, command, free_port, stop, wait_until_healthy

OURS = ("backprop", "ui")


class Server:
    """A running server, seen from another process."""

    def __init__(self, url: str, process: subprocess.Popen, log: Path):
        self.url = url
        self.process = process
        self.log = log

    def cpu(self) -> float:
        """Seconds of CPU of all threads so far, those that have ended too."""
        return time.clock_gettime(
            (~self.process.pid << 3) | 2
        )  # the process's clock, as clock_getcpuclockid has it

    def rss(self) -> float:
        """Resident memory in MB."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def holds(self) -> dict:
        """What `what_is_held` says in the server."""
        self.process.stdin.write(b"?\n")
        self.process.stdin.flush()
        while not (line := self.process.stdout.readline()).startswith(b"{"):
            if not line:
                raise RuntimeError(self.log.read_text(errors="replace"))
        return json.loads(line)

    def tracebacks(self) -> int:
        """How often something failed without being caught."""
        return self.log.read_text(errors="replace").count("Traceback")


@contextmanager
def observed(script: Path = ROOT / "app.py") -> Iterator[Server]:
    """Start the app, or another script with the app's configuration."""
    port = free_port()
    program = [sys.executable, "-m", __spec__.name, *command(script, port)[1:]]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with (
            log.open("ab") as errors,
            subprocess.Popen(program, cwd=ROOT, stderr=errors, **pipes) as process,
        ):
            try:
                wait_until_healthy(process, port, log)
                yield Server(f"http://{HOST}:{port}", process, log)
            finally:
                stop(process)


# --- in the server ----------------------------------------------------------------------------------


def what_is_held() -> dict:
    """Threads, open files, sessions, and the caches of the app's own modules."""
    from streamlit.runtime import get_instance

    manager = get_instance()._session_mgr
    caches = caches_of(OURS)
    return {
        "threads": threading.active_count(),
        "files": len(os.listdir("/proc/self/fd")),
        "connected": len(manager.list_active_sessions()),
        "sessions": len(manager.list_sessions()),
        "entries": sum(size for size, _ in caches.values()),
        "caches": len(caches),
        "unbounded": {name: size for name, (size, most) in caches.items() if most is None},
        "too_full": [name for name, (size, most) in caches.items() if most and size > most],
    }


def caches_of(packages: tuple[str, ...]) -> dict[str, tuple[int, int | None]]:
    """What every lru_cache and store of these packages holds, and how much it may, by its name."""
    from ui.state import cache

    found = {
        f"{build.__module__}.{build.__qualname__}:{number}": (len(store), store.maxsize)
        for build, stores in cache._parts.items()
        for number, store in enumerate(stores)
    }
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in packages:
            continue
        for key, value in vars(module).items():
            if isinstance(value, functools._lru_cache_wrapper):
                info = value.cache_info()
                found[f"{value.__module__}.{value.__qualname__}"] = info.currsize, info.maxsize
            elif isinstance(value, cache.Store):
                found[f"{name}.{key}"] = len(value), value.maxsize
    return found


def answer_questions() -> None:
    for _ in sys.stdin:
        print(json.dumps(what_is_held()), flush=True)


def main() -> None:
    from streamlit.web import cli

    threading.Thread(target=answer_questions, daemon=True).start()
    sys.argv = ["streamlit", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
