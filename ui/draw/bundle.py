"""ES modules as one script, since a component and an exported file take one each."""

import re
from collections import Counter
from pathlib import Path

_IMPORT = re.compile(r'^import [^;]*? from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"^( *)/\*\*(?:[^*]|\*(?!/))*\*/\s*", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


def bundle(entry: Path) -> str:
    """A module after all those it imports, without the words import and export (but for its default).

    Nor with the block comments that begin a line, such as types. No text between backticks may hold one.

    Raises:
        ValueError: if two modules call something at their top level by the same name.
    """
    texts = [
        _EXPORT.sub("", _BLOCK_COMMENT.sub(r"\1", _IMPORT.sub("", text)))
        for text in _modules(entry.resolve(), {}).values()
    ]
    names = Counter(name for text in texts for name in _NAME.findall(text))
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise ValueError(f"{entry.name}: expected every top-level name once, got twice: {', '.join(twice)}")
    return "\n".join(texts)


def _modules(path: Path, found: dict[Path, str]) -> dict[Path, str]:
    """Texts of a module and of those it imports, these first."""
    text = path.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        module = (path.parent / imported).resolve()
        if module not in found:
            _modules(module, found)
    found[path] = text
    return found
