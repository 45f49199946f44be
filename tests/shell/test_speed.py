"""What makes the app faster changes nothing."""

import re
import subprocess
import sys

import numpy as np
from sklearn import datasets

from tests.server import ROOT
from ui.state.data import load_iris

APP_STYLES = [ROOT / "ui/shell/app.css", *ROOT.glob("ui/views/*/page.css")]


def test_iris_is_scikit_learns():
    centimetres, species = datasets.load_iris(return_X_y=True)
    assert np.array_equal(load_iris().centimetres, centimetres)
    assert load_iris().species == tuple(species)


def test_the_first_page_comes_without_what_takes_long_to_import():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest\n"
        "assert len(AppTest.from_file('app.py').run(timeout=60).main)\n"
        "sys.exit(bool({'sklearn', 'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == 0


def test_a_process_may_open_as_many_files_as_the_system_lets_it():
    program = (
        "import resource; from ui.shell.speed import speed_up\n"
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, most)); speed_up()\n"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE), most)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    allowed, after, most = map(int, run.stdout.split())
    assert (allowed, after) == (min(65_536, most) if most > 0 else 65_536, most)


def test_no_rule_looks_at_the_whole_page_for_every_number_that_moves():
    styles = "".join(path.read_text(encoding="utf-8") for path in APP_STYLES)
    looks = re.findall(r"(?m)^.*(?:\.stApp|body) ?:has\(.*$", styles)
    assert [rule for rule in looks if "stExpandSidebarButton" not in rule] == []
