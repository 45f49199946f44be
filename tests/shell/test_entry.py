"""A run of the app, whatever ends it."""

import pytest

from ui.shell import entry


@pytest.mark.parametrize(
    ("said", "is_run_again"),
    [
        ("dictionary changed size during iteration", True),
        ("Set changed size during iteration", True),
        ("no", False),
    ],
)
def test_a_run_during_which_another_clears_up_begins_again(monkeypatch, said, is_run_again):
    def run():
        raise RuntimeError(said)

    begun = []
    monkeypatch.setattr(entry, "_run", run)
    monkeypatch.setattr(entry.st, "rerun", lambda: begun.append(said))
    if is_run_again:
        entry.run()
        assert begun == [said]
    else:
        with pytest.raises(RuntimeError, match=said):
            entry.run()
