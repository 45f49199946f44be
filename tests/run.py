"""Run every check of the project: `python3 tests/run.py [pytest arguments]`.

Needs only Python 3.11+ with venv. Makes `.venv` from the pinned requirements when it is missing or out of
date, finds or installs a Chromium, then runs pytest and, beside it, ruff, mypy and deno, all of them even if
one fails.
"""

import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "requirements.sha256"
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
WORKERS = str(min(os.cpu_count() or 2, 3) + 1)

# One after another beside pytest, whose browsers wait for a good part of their time.
CHECKS = {
    "ruff check": ("ruff", "check"),
    "ruff format": ("ruff", "format", "--check"),
    "mypy": ("mypy",),
    "deno check": ("deno", "check", "--quiet", "ui"),
    "deno lint": ("deno", "lint", "--quiet"),
    "deno fmt": ("deno", "fmt", "--quiet", "--check"),
    "deno test": ("deno", "test", "--quiet", "--allow-read", "tests"),
}
# A file of browser tests shares one server and one browser, so a file stays with one worker. They wait
# for half of their time, hence more workers than cores, and come first (tests/browser/conftest.py).
PYTEST = ("pytest", "-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder")
START_BROWSER = """
from playwright.sync_api import sync_playwright
from tests.browser.helpers import launch_chromium
with sync_playwright() as playwright:
    launch_chromium(playwright).close()
"""


def main(pytest_args: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words to whoever has an older Python
        sys.exit(f"Python 3.11 or newer is needed, this is {platform.python_version()}")
    # Else every worker and every server compiles all of the tests and the app again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    prepare_environment()
    failed = [] if provide_browser() or not os.environ.get("CI") else ["browser"]
    with ThreadPoolExecutor(1) as beside:
        others = {name: beside.submit(output_of, *command) for name, command in CHECKS.items()}
        heading("pytest")
        if not succeeds(PYTHON, "-m", *PYTEST, *pytest_args):
            failed.append("pytest")
        for name, other in others.items():
            code, output = other.result()
            heading(name)
            print(output, end="", flush=True)
            if code:
                failed.append(name)
    heading(f"failed: {', '.join(failed)}" if failed else "every check passed")
    return 1 if failed else 0


def prepare_environment() -> None:
    """Make `.venv` and install the pinned requirements, unless that has been done for these very files."""
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in REQUIREMENTS)).hexdigest()
    if has_pip() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    heading("environment")
    if not has_pip():
        make_venv()
    if not succeeds(PYTHON, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS[-1]):
        sys.exit("The requirements could not be installed; pip says why above.")
    STAMP.write_text(wanted)


def has_pip() -> bool:
    return PYTHON.exists() and succeeds(PYTHON, "-c", "import pip", quiet=True)


def make_venv() -> None:
    # Debian's python3 comes without ensurepip, and its venv then fails halfway.
    if not importlib.util.find_spec("ensurepip") and is_root_on_debian():
        apt_install("python3-venv")
    if not succeeds(sys.executable, "-m", "venv", "--clear", VENV):
        sys.exit("No virtual environment could be made. On Debian or Ubuntu: sudo apt install python3-venv")


def provide_browser() -> bool:
    """Whether the browser tests can run, after an attempt to install what they need."""
    if not browser_starts():
        heading("browser")
        install_browser()
        if not browser_starts(quiet=False):
            os.environ["SKIP_BROWSER_TESTS"] = "no Chromium starts here, and none could be installed"
            print(os.environ["SKIP_BROWSER_TESTS"], flush=True)
            return False
    return True


def browser_starts(quiet: bool = True) -> bool:
    """Try it as the tests do. CHROMIUM tells them the path; without it they use Playwright's own download."""
    if path := find_chromium():
        os.environ["CHROMIUM"] = path
    return succeeds(PYTHON, "-c", START_BROWSER, quiet=quiet)


def install_browser() -> None:
    if is_root_on_debian():
        apt_install("chromium-headless-shell", "libatomic1")  # Playwright's Node.js needs libatomic
    else:
        succeeds(PYTHON, "-m", "playwright", "install", "chromium")


def is_root_on_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian" and os.geteuid() == 0
    except OSError:  # no such file: not Linux
        return False


def apt_install(*packages: str) -> None:
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    succeeds("apt-get", "-qq", "update") and succeeds("apt-get", "-qq", "install", "-y", *packages)


def succeeds(*command: str | Path, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0


def output_of(*command: str) -> tuple[int, str]:
    """Exit code and output of a tool of the environment."""
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    run = subprocess.run((PYTHON, "-m", *command), cwd=ROOT, check=False, **both)
    return run.returncode, run.stdout


def heading(text: str) -> None:
    print(f"== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
