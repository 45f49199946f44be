"""Views of all kinds of network."""

import pytest

from tests.expected import settings_of

every_view = pytest.mark.parametrize(
    "view",
    [
        settings_of(),
        settings_of(act="tanh", hidden="6-5", out="sigmoid", flower=3),
        settings_of(act="sigmoid", hidden="3", out="sigmoid-squared", flower=60),
        settings_of(act="identity", out="identity", lr=0.5),
        settings_of(hidden="16-16-16-16"),
        settings_of(hidden="1", flower=60),
        settings_of(hidden="none", bias="none"),
        settings_of(hidden="3-2", act="tanh-relu", out="tanh", err="mean", bias="fixed"),
    ],
    ids=lambda view: view.link("x"),
)
