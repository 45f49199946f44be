"""nginx with the configuration of deploy/, in front of replicas of the app on this machine."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.server import HOST, ROOT, free_port, is_healthy

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
# What a distribution's nginx.conf has around the files of conf.d.
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    default_type application/octet-stream;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@contextmanager
def running_nginx(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """Serve these two ports of HOST through nginx; yields the URL. Its logs are in `folder`."""
    port = free_port()
    (folder / "site.conf").write_text(_site(folder, port, ports), encoding="utf-8")
    # As root, nginx would let its workers be somebody who may not read pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    process = subprocess.Popen(
        [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 10
        while not is_healthy(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx did not start:\n{(folder / 'error.log').read_text()}")
            time.sleep(0.05)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _site(folder: Path, port: int, ports: Sequence[int]) -> str:
    """deploy/nginx.conf with the ports and folders of this run, and nothing else changed."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    replacements = {
        "listen 80;": f"listen {HOST}:{port};",
        "server 127.0.0.1:8501 ": f"server {HOST}:{ports[0]} ",
        "server 127.0.0.1:8502 ": f"server {HOST}:{ports[1]} ",
        "/var/cache/nginx/backprop": f"{folder}/cache",
    }
    for old, new in replacements.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
