"""nginx with the configuration of deploy/, in front of replicas of the app on this machine."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.server import HOST, ROOT, free_port, is_healthy

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
# Folders that belong to the distribution's user.
TEMPORARY = "".join(
    f"    {name}_temp_path {{folder}}/{name};\n"
    for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)


@contextmanager
def running_nginx(folder: Path, ports: Sequence[int], wait: bool = True) -> Iterator[str]:
    """Serve these two ports of HOST through nginx; yields the URL. Its logs are in `folder`.

    Waits until a replica answers, or, if told not to, only for nginx.
    """
    port = free_port()
    (folder / "nginx.conf").write_text(_configuration(folder, port, ports), encoding="utf-8")
    process = subprocess.Popen(
        [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log", "-g", "daemon off;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 10
        while not (is_healthy(port) if wait else is_open(port)):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx did not start:\n{(folder / 'error.log').read_text()}")
            time.sleep(0.05)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def is_open(port: int) -> bool:
    """Whether anybody takes connections there."""
    with socket.socket() as connection:
        return connection.connect_ex((HOST, port)) == 0


def _configuration(folder: Path, port: int, ports: Sequence[int]) -> str:
    """deploy/nginx.conf with the ports and folders of this run, and nothing else changed."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    replacements = {
        # As root, nginx would let its workers be somebody who may not read pytest's folders.
        "user www-data;": "user root;" if os.geteuid() == 0 else "",
        "pid /run/": f"pid {folder}/",
        "error_log /var/log/nginx/": f"error_log {folder}/",
        "access_log /var/log/nginx/": f"access_log {folder}/",
        "http {\n": "http {\n" + TEMPORARY.format(folder=folder),
        "listen 80;": f"listen {HOST}:{port};",
        "server 127.0.0.1:8501 ": f"server {HOST}:{ports[0]} ",
        "server 127.0.0.1:8502 ": f"server {HOST}:{ports[1]} ",
        "/var/cache/nginx/backprop": f"{folder}/cache",
    }
    for old, new in replacements.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
