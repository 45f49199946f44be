"""Random faults put into the code one at a time, to see which of them the tests notice.

    .venv/bin/python -m tests.mutants ui/views/paths --count 60 --seed 1 --tests tests/views tests/texts
    .venv/bin/python -m tests.mutants ui/draw --count 100 --then tests/browser/test_drawn.py tests/steps

Prints every fault, and whether it survives. No part of the test command: it takes some seconds a fault.
Faults in Python meet `--tests`, those in JavaScript deno's tests of the file; what survives, `--then`.
"""

import argparse
import ast
import importlib.util
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from queue import Queue
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
SWAPS = {
    **{"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "in": "not in", "not in": "in"},
    **{"is": "is not", "is not": "is", "and": "or", "or": "and", "+": "-", "-": "+", "*": "/", "/": "*"},
    **{"//": "*", "%": "*", "@": "+", "**": "*", "|": "&", "&": "|"},
}
OPERATOR = re.compile("|".join(sorted(map(re.escape, SWAPS), key=len, reverse=True)))
TWO_WORDS = re.compile(r"([^\W\d_]{2,})([,;:]? )(?=([^\W\d_]{2,}))")
SCRIPT_SWAPS = SWAPS | {"===": "!==", "!==": "===", "&&": "||", "||": "&&", "true": "false", "false": "true"}
IN_SCRIPTS = re.compile(
    r"(?P<skip>//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|^import [^\n]*|/[^/\n ]+/[a-z]*(?=[,).]))"
    r"|(?<= )(?P<operator>[!=]==|[<>]=?|&&|\|\||[-+*/%])(?= )|\b(?P<word>true|false)\b"
    r"|(?<![\w.#])(?P<number>\d+(?:\.\d+)?)(?![\w.])|\bif \((?P<test>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)",
    re.DOTALL | re.MULTILINE,
)
"""What can go wrong in JavaScript, beside comments, texts, imports and patterns, which are skipped."""
NOTES = ("annotation", "returns", "names")
GUARDS = ("strict=True", "frozen=True", "slots=True")  # without them a sound program does the same
IMPORTED = re.compile(r'(?:^(?:import|export)[^;"]*?"|\bimport\(`)(\.[^"?`]+)', re.MULTILINE)
IN_BRACES = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")


@dataclass(frozen=True)
class Mutant:
    path: Path
    text: str
    start: int
    end: int
    new: str  # in place of start to end

    def __str__(self) -> str:
        line = self.text.count("\n", 0, self.start) + 1
        old, new = (shorten(text) for text in (self.text[self.start : self.end], self.new))
        return f"{self.path}:{line}: {old} → {new}"

    @property
    def mutated(self) -> str:
        return self.text[: self.start] + self.new + self.text[self.end :]


def shorten(text: str) -> str:
    return re.sub(r"\s+", " ", text if len(text) <= 70 else f"{text[:70]}…") or "nothing"


def parsed(text: str) -> ast.Module | None:
    with suppress(SyntaxError):
        return ast.parse(text)


def mutants_of(path: Path) -> Iterator[Mutant]:
    text = (ROOT / path).read_text(encoding="utf-8")
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        line_bytes = text[starts[line - 1] : starts[line]].encode()
        return starts[line - 1] + len(line_bytes[:column].decode())

    def span(node: ast.AST) -> tuple[int, int]:
        return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)

    def changes(node: ast.AST) -> Iterator[tuple[int, int, str]]:
        match node:
            case ast.BinOp():
                yield from operators(node.left, node.right)
            case ast.Compare():
                yield from operators(node.left, *node.comparators)
            case ast.BoolOp():
                yield from operators(*node.values)
            case ast.UnaryOp():
                yield span(node)[0], span(node.operand)[0], ""
            case ast.If() | ast.IfExp():
                start, end = span(node.test)
                yield start, end, f"(not ({text[start:end]}))"
            case ast.Call():
                for one, other in pairwise(node.args):
                    (start, middle), (then, end) = span(one), span(other)
                    yield start, end, text[then:end] + text[middle:then] + text[start:middle]
            case ast.Constant(value=bool() | int() | float() as value):
                start, end = span(node)
                yield start, end, str(not value) if isinstance(value, bool) else f"({text[start:end]} + 1)"
            case ast.Constant(value=str()) | ast.JoinedStr():
                start, end = span(node)
                words = IN_BRACES.sub(lambda found: "\0" * len(found[0]), text[start:end])
                for found in TWO_WORDS.finditer(words):
                    yield start + found.start(), start + found.end(3), found[3] + found[2] + found[1]

    def operators(*operands: ast.AST) -> Iterator[tuple[int, int, str]]:
        for left, right in pairwise(operands):
            if found := OPERATOR.search(text, span(left)[1], span(right)[0]):
                yield *found.span(), SWAPS[found[0]]

    for node in nodes_that_act(ast.parse(text), text):
        found = (Mutant(path, text, *change) for change in changes(node))
        yield from (mutant for mutant in found if mutant.mutated != text)


def script_mutants_of(path: Path) -> Iterator[Mutant]:
    """The same of JavaScript, told by the spaces that deno's formatter puts around operators."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for found in IN_SCRIPTS.finditer(text):
        kind, part = found.lastgroup, found[found.lastgroup]
        if kind in ("operator", "word"):
            yield Mutant(path, text, *found.span(kind), SCRIPT_SWAPS[part])
        elif kind == "number":
            yield Mutant(path, text, *found.span(kind), f"({part} + 1)")
        elif kind == "test":
            yield Mutant(path, text, *found.span(kind), f"!({part})")


def nodes_that_act(node: ast.AST, text: str) -> Iterator[ast.AST]:
    """This node and those in it, without annotations, docstrings, imports, and what only guards."""
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            is_note = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            is_guard = isinstance(child, ast.keyword) and ast.unparse(child) in GUARDS
            if not isinstance(child, ast.AST) or is_note or is_guard or name in NOTES:
                continue
            if isinstance(node, ast.JoinedStr):  # Python 3.11 mistakes the place of parts of some
                child = child.value if isinstance(child, ast.FormattedValue) else None
                here = child and parsed(f"({ast.get_source_segment(text, child)})")
                if not here or ast.dump(here.body[0].value) != ast.dump(child):
                    continue
            yield from nodes_that_act(child, text)


def sample_of(names: list[str], count: int, seed: int) -> tuple[list[Mutant], int]:
    """So many mutants that compile, and how many there are to choose from."""
    paths = files_of(names, "*.[pj][ys]")
    everything = [
        mutant
        for path in paths
        for mutant in dict.fromkeys((script_mutants_of if path.suffix == ".js" else mutants_of)(path))
    ]
    shuffled = random.Random(seed).sample(everything, len(everything))
    sound = (mutant for mutant in shuffled if mutant.path.suffix == ".js" or parsed(mutant.mutated))
    return list(islice(sound, count)), len(everything)


def copy_of_the_tree(folder: Path) -> Path:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(command, cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def pytest_of(tests: Iterable[Path | str]) -> tuple[str, ...]:
    return ("pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *map(str, tests))


def deno_of(tests: Iterable[Path | str]) -> tuple[str, ...]:
    return ("deno", "test", "--quiet", "--allow-read", "--no-check", "--fail-fast", *map(str, tests))


def files_of(names: Sequence[str], pattern: str) -> list[Path]:
    paths = (path for name in names for path in sorted((ROOT / name).rglob(pattern)) or [ROOT / name])
    return [path.relative_to(ROOT) for path in paths]


def reached_by(script: Path) -> set[Path]:
    """A JavaScript file and all that it imports."""
    found, todo = set(), [(ROOT / script).resolve()]
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            names = IMPORTED.findall(path.read_text(encoding="utf-8"))
            todo += [(path.parent / name).resolve() for name in names]
    return found


def stages(path: Path, tests: Sequence[str]) -> list[tuple[str, ...]]:
    """The tests of a file, quickest first: deno's that import it, or pytest's that name it, then the rest."""
    if path.suffix == ".js":
        groups = [name for name in files_of(["tests"], "*.test.js") if ROOT / path in reached_by(name)], []
    else:
        named = re.compile(rf"{re.escape('.'.join(path.parts[:-1]))}(\.{path.stem}\b| import )")
        files = files_of(tests, "test_*.py")
        near = [file for file in files if named.search((ROOT / file).read_text(encoding="utf-8"))]
        groups = near, [file for file in files if file not in near]
    command_of = deno_of if path.suffix == ".js" else pytest_of
    return [command_of(group) for group in groups if group]


@dataclass
class Patience:
    """Seconds after which a test hangs: of the processor, however busy it is, and all in all."""

    of_processor: int = resource.RLIM_INFINITY
    all_in_all: float | None = None

    def limit(self) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (self.of_processor, resource.RLIM_INFINITY))


def tests_pass(folder: Path, tests: Sequence[str], patience: Patience) -> bool:
    command = [sys.executable, "-m", *tests]
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=patience.all_in_all, preexec_fn=patience.limit
        )
        return not done.returncode
    return False


def patience_with(folder: Path, commands: Iterable[Sequence[str]], workers: int) -> Patience:
    """Three times what the tests take without a mutant, and some more while the machine is busy."""
    start, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if not all(tests_pass(folder, each, Patience()) for each in commands):
        sys.exit("The tests fail without any mutant.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return Patience(int(10 + 3 * used), 60 + 5 * workers * (perf_counter() - start))


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    # Of two texts of one size and second Python would take the older one's bytecode.
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def tried(
    sample: list[Mutant], tests: Sequence[str], then: Sequence[str], workers: int
) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it survives."""
    slower = [pytest_of(then)] if then else []
    with tempfile.TemporaryDirectory() as base, ThreadPoolExecutor(workers) as pool:
        folders: Queue[Path] = Queue()
        for number in range(workers):
            folders.put(copy_of_the_tree(Path(base) / str(number)))
        every = ([pytest_of(tests)], [deno_of(["tests"])], slower)
        pytests, denos, slow = (patience_with(Path(base) / "0", each, workers) for each in every)

        def survives(mutant: Mutant) -> bool:
            folder = folders.get()
            write(folder / mutant.path, mutant.mutated)
            patience = denos if mutant.path.suffix == ".js" else pytests
            first = stages(mutant.path, tests)
            passed = all(tests_pass(folder, each, patience) for each in first)
            passed = passed and all(tests_pass(folder, each, slow) for each in slower)
            write(folder / mutant.path, mutant.text)
            folders.put(folder)
            return passed

        yield from zip(sample, pool.map(survives, sample), strict=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", help="files or folders to put faults into")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tests",
        nargs="+",
        default=["tests/views", "tests/steps", "tests/draw"],
        help="what pytest runs against each",
    )
    parser.add_argument("--then", nargs="+", default=[], help="what pytest runs against what survives")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    sample, possible = sample_of(options.files, options.count, options.seed)
    caught = 0
    for mutant, survived in tried(sample, options.tests, options.then, options.workers):
        caught += not survived
        print("SURVIVED" if survived else "caught  ", mutant, flush=True)
    print(f"{caught} of {len(sample)} caught, of some {possible:,} possible")
    return int(caught < len(sample))


if __name__ == "__main__":
    sys.exit(main())
