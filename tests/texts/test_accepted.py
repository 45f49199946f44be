"""Every text of some views is the accepted one: `python -m tests.texts --accept`, then read the diff."""

import difflib

import pytest

from tests.texts.accepted import FOLDER, LONGEST_RUN, NAMES, VIEWS, accepted, document, lines
from tests.texts.markup import Text
from tests.texts.reader import PAGES

MOST_BYTES = 1_500_000


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_those_accepted(name):
    old, new = accepted(name), document(name)
    diff = list(difflib.unified_diff(old.splitlines(), new.splitlines(), "accepted", "now", n=0, lineterm=""))
    advice = "If it is meant: python -m tests.texts --accept, and review the change."
    assert not diff, "\n".join([*diff[:60], advice])


def test_every_page_is_there_and_no_file_is_left_over():
    assert {page for page, _ in VIEWS.values()} == set(PAGES)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)
    assert sum(path.stat().st_size for path in FOLDER.glob("*.txt")) < MOST_BYTES


def test_a_change_anywhere_shows():
    texts = [Text("td", str(number)) for number in range(LONGEST_RUN + 1)]
    before = list(lines(texts))
    for place in (0, LONGEST_RUN):
        changed = [*texts]
        changed[place] = Text("td", "another")
        assert list(lines(changed)) != before
    assert len(before) < len(texts)
    assert list(lines([Text("p", "x" * 5000)])) != list(lines([Text("p", "x" * 5001)]))


def test_what_no_reader_sees_or_another_processor_rounds_does_not_show():
    one, other = (
        Text("p", f"off by {noise}, rounding\nall digits: {digits}")
        for noise, digits in (("1.1e−16", "1.5"), ("2e−17", "2"))
    )
    assert list(lines([one])) == list(lines([other])) == ["p: off by tiny, rounding"]
    one, other = (
        Text("code", f"np.array([{digits}, 0.1])") for digits in ("1.3051876432100987", "1.3051876432100981")
    )
    assert list(lines([one])) == list(lines([other])) == ["code: np.array([1.305187643, 0.1])"]
    assert list(lines([Text("number", "3", "3.0"), Text("number", "3", "3.0", "cost=after")])) == [
        "  cost=after: 3"
    ]
