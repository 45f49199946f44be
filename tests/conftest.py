import gc
import os
import sys
import warnings

import pytest
from hypothesis import settings

# Two cores shared with a browser make single examples slow, and CI must not fail by chance.
EXAMPLES = 100 if os.environ.get("LONG_TESTS") else 40
settings.register_profile(
    "project", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=EXAMPLES
)
settings.load_profile("project")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """What a failed test leaves open is collected before the next one, which would be blamed for it."""
    failed = item.session.testsfailed
    result = yield
    if item.session.testsfailed > failed:
        for name in ("last_exc", "last_type", "last_value", "last_traceback"):  # pytest's, with all frames
            vars(sys).pop(name, None)
        with warnings.catch_warnings(action="ignore"):
            gc.collect()
    return result
