"""What Practice and the quiz say, as a whole; the numbers in it are compared with the core elsewhere."""

import json

import pytest

from tests.expected import settings_of
from tests.views.practice_texts import GOLDEN, VIEWS, texts_of

EXPECTED = json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_said(view):
    said = json.loads(json.dumps(texts_of(settings_of(**VIEWS[view]))))
    for part, expected in EXPECTED[view].items():
        assert said[part] == expected, part
