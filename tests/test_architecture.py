"""Imports go down only, floor by floor. Read from the source, so nothing is executed."""

import ast
import inspect
import re
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import streamlit as st

ROOT = Path(__file__).resolve().parent.parent

FLOORS = (
    {"backprop"},
    {"ui.names"},
    {"ui.state"},
    {"ui.draw", "ui.steps", "ui.questions"},
    {"ui.views", "ui.export"},
    {"ui.shell"},
    {"pages", "app"},
)
"""From the ground up; a room may import those on lower floors. CONTRIBUTING.md says what each holds."""


def python_files(*patterns: str) -> list[Path]:
    files = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    assert files, f"no file matches {patterns}"
    return files


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_packages(path: Path) -> set[str]:
    """Top-level names of all imports in a file, also those inside functions."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            own_package = path.relative_to(ROOT).parts[0]
            names.add(own_package if node.level else node.module.partition(".")[0])
    return names


def imports_of(*patterns: str) -> dict[str, set[str]]:
    return {str(path.relative_to(ROOT)): imported_packages(path) for path in python_files(*patterns)}


def offenders(imports: dict[str, set[str]], forbidden: set[str]) -> dict[str, set[str]]:
    return {path: names & forbidden for path, names in imports.items() if names & forbidden}


def test_core_imports_numpy_and_the_standard_library_only():
    imports = imports_of("backprop/**/*.py")
    allowed = sys.stdlib_module_names | {"numpy", "backprop"}
    assert offenders(imports, set().union(*imports.values()) - allowed) == {}


def test_the_engine_knows_neither_study_nor_practice():
    above = [
        f"{module_name(path)} → {name}"
        for path in python_files("backprop/*.py")
        for name in modules_named(path)
        if name.startswith(("backprop.study", "backprop.practice"))
    ]
    assert above == []


def test_ui_imports_neither_pages_nor_app():
    assert offenders(imports_of("ui/**/*.py"), {"pages", "app", "tests"}) == {}


def modules_named(path: Path) -> set[str]:
    """The project's own modules that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.partition(".")[0] in ("backprop", "ui", "pages", "app")}


def room_of(module: str) -> str:
    """Such as ui.draw of ui.draw.svg, and backprop of backprop.tape."""
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[0] == "ui" else 1])


def test_every_room_stands_on_its_floor():
    rooms = {room_of(module_name(path)) for path in python_files("ui/*/*.py")}
    assert rooms | {"backprop", "pages", "app"} == set().union(*FLOORS)


def test_imports_go_down_only():
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    upward = [
        f"{module_name(path)} → {name}"
        for path in python_files("app.py", "pages/*.py", "ui/*/**/*.py", "backprop/**/*.py")
        for name in modules_named(path)
        if (own := room_of(module_name(path))) != room_of(name) and floor[own] <= floor[room_of(name)]
    ]
    assert upward == []


def test_no_view_imports_another():
    view = re.compile(r"ui\.views\.\w+")
    across = [
        f"{module_name(path)} → {name}"
        for path in python_files("ui/views/*/**/*.py")
        for name in modules_named(path)
        if (found := view.match(name)) and found[0] != view.match(module_name(path))[0]
    ]
    assert across == []


def test_what_computes_and_says_needs_no_streamlit():
    rooms = imports_of(
        *(f"ui/{room}/**/*.py" for room in ("names", "state/own", "state/rooms", "steps", "questions")),
        *("ui/draw/**/*.py", "ui/export/**/*.py"),
        *(f"ui/views/*/{part}.py" for part in ("scenes", "scenes/*", "words", "words/*", "*markup")),
        *(f"ui/views/*/{part}.py" for part in ("facts", "figures", "rules", "payload")),
    )
    on_pages = {"ui/draw/library.py", "ui/draw/page.py", "ui/draw/prose.py"}  # components, a page's heading
    assert set(offenders(rooms, {"streamlit"})) == on_pages


def test_pages_leave_numbers_and_charts_to_ui_and_core():
    assert offenders(imports_of("pages/*.py", "app.py"), {"numpy", "plotly", "sklearn"}) == {}


PUBLIC = {"streamlit", "plotly.graph_objects"}
"""What the app imports of Streamlit and Plotly."""

OF_STREAMLIT = {"components", "delta_generator"}
"""Modules of Streamlit that stand in its documentation, and are reached by st."""

READS_MORE = "ui/state/runtime.py"


def internals(path: Path) -> set[str]:
    """What a file uses of Streamlit or Plotly that is not public, and what it sets of anything imported."""
    tree = tree_of(path)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {f"{getattr(node, 'module', '')}.{a.name}".lstrip(".") for node in imports for a in node.names}
    found = {name for name in names - PUBLIC if name.partition(".")[0] in ("streamlit", "plotly")}
    bound = {(a.asname or a.name).partition(".")[0] for node in imports for a in node.names}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if root(node) in bound:
                is_set, is_private = not isinstance(node.ctx, ast.Load), re.match("_[^_]", name)
                is_module = ast.unparse(node.value) == "st" and inspect.ismodule(getattr(st, name, None))
                if is_set or is_private or (is_module and name not in OF_STREAMLIT):
                    found.add(ast.unparse(node))
            case ast.Call(func=ast.Name(id="setattr"), args=[changed, *_]) if root(changed) in bound:
                found.add(ast.unparse(node))
    return found


def root(node: ast.expr) -> str | None:
    """The name that attributes or items are of: a of a.b[c].d."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def test_streamlit_and_plotly_stay_as_they_are_and_one_file_reads_more_of_them():
    files = python_files("app.py", "pages/*.py", "ui/**/*.py", "backprop/**/*.py")
    found = {str(path.relative_to(ROOT)): names for path in files if (names := internals(path))}
    assert set(found) == {READS_MORE}, found


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("from streamlit import runtime", "streamlit.runtime"),
        ("from plotly.basedatatypes import BaseFigure", "plotly.basedatatypes.BaseFigure"),
        ("import streamlit as st\nst.runtime.exists()", "st.runtime"),
        ("import streamlit as st\nst.html = print", "st.html"),
        ("import plotly.graph_objects as go\ngo.Figure.to_dict = print", "go.Figure.to_dict"),
        ("import plotly.graph_objects as go\nsetattr(go.Figure, 'a', 1)", "setattr(go.Figure, 'a', 1)"),
        ("import streamlit as st\nst.markdown._x()", "st.markdown._x"),
    ],
)
def test_internals_are_found(tmp_path, code, what):
    file = tmp_path / "file.py"
    file.write_text(code, encoding="utf-8")
    assert internals(file) == {what}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_when_loaded(path: Path, modules: set[str]) -> set[str]:
    """The project's own modules that loading this one loads: those it names, and their packages."""
    names = set()
    for node in tree_of(path).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in modules else node.module for name in whole}
    packages = {name.rpartition(".")[0] for name in names} - {module_name(path).rpartition(".")[0]}
    return (names | packages) & modules - {module_name(path)}


def test_no_module_needs_itself():
    """A process may begin with any page, so any module must load first."""
    files = {module_name(path): path for path in python_files("backprop/**/*.py", "ui/**/*.py")}
    graph = {name: imports_when_loaded(path, set(files)) for name, path in files.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise AssertionError(" → ".join(reversed(error.args[1]))) from None
    assert len(order) == len(files) > 100


def test_imports_are_really_read():
    assert {"ast", "re", "sys", "pathlib", "pytest"} <= imported_packages(Path(__file__))
    assert "numpy" in set().union(*imports_of("backprop/**/*.py").values())
    assert "backprop" in set().union(*imports_of("ui/**/*.py").values())
    assert "ui" in set().union(*imports_of("pages/*.py").values())


NAMED_FILE = re.compile(
    r"\b(?:(?:ui|backprop|tests|pages|docs|deploy)/[\w./-]+\.(?:py|js|css|md|json)|[A-Z]{3,}\.md)\b"
)


def test_files_that_docs_and_comments_name_are_there():
    readers = python_files("*.md", "docs/*.md", "backprop/**/*.py", "ui/**/*.py", "ui/**/*.js", "ui/**/*.css")
    named = {name: path.name for path in readers for name in NAMED_FILE.findall(path.read_text("utf-8"))}
    assert len(named) > 30
    assert {name: where for name, where in named.items() if not (ROOT / name).exists()} == {}
