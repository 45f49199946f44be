"""Sentences stand in words.py, one to a line, so that a search finds them: read from the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROSE = re.compile(r"(?:(?<![\w-])[A-Za-z][a-z']*,? ){3}[a-z]+")
"""Four words in a row."""


def is_for_words(path: Path) -> bool:
    """Whether sentences may stand here: words.py, or a file of a folder words."""
    return path.name == "words.py" or path.parent.name == "words"


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string but docstrings and errors, with "…" for what is put in."""
    yield from _texts(ast.parse(path.read_text(encoding="utf-8")))


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Assert():
            return  # a docstring; what only a developer reads
        case ast.JoinedStr(values=parts):
            yield (
                node.lineno,
                "".join(part.value if isinstance(part, ast.Constant) else "…" for part in parts),
            )
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield from _texts(part.value)
            return
        case ast.Constant(value=str(text)):
            yield node.lineno, text
            return
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def prose_of(path: Path) -> list[tuple[int, str]]:
    return [(line, text) for line, text in texts_of(path) if PROSE.search(text)]


def test_sentences_stand_in_words():
    elsewhere = {
        f"{path.relative_to(ROOT)}:{line}": text
        for path in sorted(ROOT.glob("ui/**/*.py"))
        if not is_for_words(path)
        for line, text in prose_of(path)
    }
    assert not elsewhere, "\n".join(f"{place}: {text}" for place, text in elsewhere.items())


def test_prose_is_seen():
    source = '''"""A docstring of more than four words."""
SAID = f"You are off by {1 + 1} here" if "no prose" else "Two words"
def f():
    raise ValueError("an error for developers, not for readers")
'''
    said = [(2, "no prose"), (2, "You are off by … here"), (2, "Two words")]
    assert sorted(_texts(ast.parse(source))) == sorted(said)
    assert PROSE.search("You are off by …")
    assert not PROSE.search("bp-button bp-primary is one")


def test_a_sentence_stands_on_one_line():
    broken = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.glob("ui/**/*.py"))
        if is_for_words(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr | ast.Constant) and isinstance(getattr(node, "value", ""), str)
        if node.end_lineno != node.lineno and "\n" not in getattr(node, "value", "")
    ]
    assert not broken, "\n".join(broken)
