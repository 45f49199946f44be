"""Run the real app on a free port, for the browser tests and the screenshots."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 60


@contextmanager
def running_app(log_path: Path, script: Path = ROOT / "app.py") -> Iterator[str]:
    """Start the app (or another script, with the app's configuration), yield its URL, stop it.

    The output goes to `log_path`.
    """
    with app_process(log_path, script) as (url, _):
        yield url


@contextmanager
def app_process(
    log_path: Path, script: Path = ROOT / "app.py", port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen]]:
    """As `running_app`, on this port, with the process."""
    port = port or free_port()
    with log_path.open("ab") as log:
        process = subprocess.Popen(command(script, port), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(process, port, log_path)
        yield f"http://{HOST}:{port}", process
    finally:
        stop(process)


def command(script: Path, port: int) -> list[str]:
    """The README's, with what changes nothing that is measured: where, and no question asked."""
    settings = {"server.port": port, "server.address": HOST, "server.headless": "true"}
    flags = [f"--{name}={value}" for name, value in settings.items()]
    name = str(script.relative_to(ROOT)) if script.is_relative_to(ROOT) else str(script)
    return [str(Path(sys.executable).with_name("streamlit")), "run", name, *flags]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def wait_until_healthy(process: subprocess.Popen, port: int, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_healthy(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The app did not start:\n{log_path.read_text(errors='replace')}")
        time.sleep(0.05)


def is_healthy(port: int) -> bool:
    # http.client, unlike urllib, never goes through a proxy of the environment.
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
