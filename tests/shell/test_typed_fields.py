"""The fields for whole numbers: what the browser makes of a text before Streamlit reads it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = """
import { wholeNumber } from "./ui/shell/number_fields.js";
console.log(JSON.stringify(JSON.parse(Deno.args[0]).map(wholeNumber)));
"""
WHOLE = {
    "12": 12,
    "1e1": 10,
    "12,0": 12,
    "12.": 12,
    " 7 ": 7,
    "+3": 3,
    "−3": -3,
    "- 3": -3,
    "–3": -3,
    "-0": 0,
    "15e-1": None,
    "7.5": None,
    "0,5": None,
    "abc": None,
    "": None,
    "1/2": None,
    "1 2": None,
    "1e": None,
    "1e999": None,
    "٣": None,
    "0x10": None,
    "1.2.3": None,
}


def test_whole_numbers_as_people_type_them():
    command = [sys.executable, "-m", "deno", "eval", READ, json.dumps(list(WHOLE))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == list(WHOLE.values())  # NaN is null in JSON
