"""`.streamlit/config.toml`: Streamlit knows what it says, and what keeps the app safe is set."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from streamlit import config

from tests.server import HOST, ROOT, command


def options(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every option by its full name, such as server.maxUploadSize."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from options(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


OPTIONS = dict(options(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))))


def test_streamlit_knows_every_option():
    # Of an option that it does not know Streamlit only warns, and goes on with the default.
    assert OPTIONS.keys() <= config.get_config_options().keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.maxUploadSize", 1),
        ("client.showErrorDetails", "none"),
        ("browser.gatherUsageStats", False),
        ("server.fileWatcherType", "none"),
        ("runner.postScriptGC", False),
        ("global.minCachedMessageSize", 1500),
        ("global.maxCachedMessageAge", 10),
    ],
)
def test_what_keeps_the_app_safe_and_quick_is_set(name, value):
    assert OPTIONS[name] == value
    assert config.get_config_options()[name].default_val != value


def test_protection_against_other_sites_stays_on():
    for name in ("server.enableCORS", "server.enableXsrfProtection"):
        assert OPTIONS.get(name, config.get_config_options()[name].default_val) is True


def test_tests_and_benchmarks_start_the_app_as_the_readme_does():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    theirs = re.search(r"\.venv/bin/(streamlit run app\.py.*)", readme)[1].split()
    program, *arguments = command(ROOT / "app.py", 8501)
    flags = [f"--server.port={8501}", f"--server.address={HOST}", "--server.headless=true"]
    assert [program.rpartition("/")[2], *arguments] == [*theirs, *flags]


def test_a_container_starts_it_with_the_same_configuration():
    started = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")
    flags = re.findall(r"--((?:server|client|runner|global)\.\w+)", started)
    assert flags == ["server.port", "server.address", "server.headless"]


def test_a_fork_checks_itself_by_the_readmes_command_on_every_python_it_promises():
    workflow = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command_of_readme,) = re.findall(r"^python3 tests/run\.py$", readme, re.MULTILINE)
    assert f"run: {command_of_readme}\n" in workflow
    versions = re.findall(r'"(3\.\d+)"', workflow)
    assert versions == [f"3.{minor}" for minor in range(11, 15)]
    assert f"Python {versions[0]} or newer" in readme
