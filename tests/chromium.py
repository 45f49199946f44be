"""Find an installed Chromium or Chrome. Standard library only: run.py is started by a bare Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell without windows and menus does the same tests with three quarters of the CPU.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STANDARD_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    os.path.expandvars(r"%ProgramFiles%\Google\Chrome\Application\chrome.exe"),
    os.path.expandvars(r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe"),
    os.path.expandvars(r"%LocalAppData%\Google\Chrome\Application\chrome.exe"),
)


def find_chromium() -> str | None:
    """Path of a browser: the variable CHROMIUM, else the first one installed that starts."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    candidates = (*map(shutil.which, NAMES), *STANDARD_PATHS)
    return next((path for path in candidates if path and starts(path)), None)


def starts(path: str) -> bool:
    """Whether a browser answers. Ubuntu's chromium-browser may be a stub that only asks for a snap."""
    if sys.platform == "win32":
        return Path(path).exists()  # chrome.exe --version would open a window
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
