"""A script that waits for its turn: what it says, how it ends, and how many compute at a time."""

from contextlib import ExitStack, contextmanager, suppress
from threading import Event, Thread
from time import sleep

import pytest

from tests.state.working import Server, count_to, job, nobody_ends
from tests.waiting import until
from ui.state import turns
from ui.state.turns import (
    RUNS,
    Turn,
    run_among_few,
    stand_aside,
    turn_of_script,
)


class Spinners:
    """In place of Streamlit: what it shows, and how it ends a run that nobody waits for."""

    def __init__(self):
        self.said, self.open, self.is_wanted = [], 0, True
        self.session_state = self

    def __contains__(self, _):
        if not self.is_wanted:
            raise KeyboardInterrupt
        return False

    @contextmanager
    def spinner(self, text):
        self.said.append(text)
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1


@pytest.fixture
def screen(monkeypatch):
    Server(monkeypatch)
    screen = Spinners()
    monkeypatch.setattr(turns, "st", screen)
    return screen


def test_a_script_says_what_it_waits_for(screen):
    first, script_ended = ExitStack(), Event()
    first.enter_context(Turn("first", 0, nobody_ends))

    def script():
        with turn_of_script("mine", 5, "Training the network…") as turn:
            while not screen.said[-1].startswith("Training"):
                turn.share()
        script_ended.set()

    Thread(target=script).start()
    until(lambda: screen.said)
    shorter = job(count_to(1), "second", 1)
    until(lambda: len(screen.said) == 2)
    first.close()
    assert script_ended.wait(10)
    assert shorter.wait(10)
    assert screen.said[:2] == ["1 training is before yours.", "2 trainings are before yours."]
    assert screen.said[-1] == "Training the network…"
    assert screen.open == 0


@pytest.mark.parametrize("is_first", [True, False])
def test_a_script_that_nobody_waits_for_ends_as_streamlit_ends_it(screen, is_first):
    ended = []

    def script():
        try:
            with turn_of_script("mine", 5, "Training the network…") as turn:
                while True:
                    turn.share()
        except KeyboardInterrupt:
            ended.append(screen.open)

    with ExitStack() as stack:
        if not is_first:
            stack.enter_context(Turn("first", 0, nobody_ends))
        running = Thread(target=script)
        running.start()
        until(lambda: screen.said)
        screen.is_wanted = False
        running.join(10)
    assert ended == [0]
    assert turns._LINE._turns == []


def free_places():
    taken = [turns._RUNS.acquire(blocking=False) for _ in range(RUNS + 1)]
    for _ in range(sum(taken)):
        turns._RUNS.release()
    return sum(taken)


def test_few_runs_compute_at_a_time_and_who_waits_or_fails_lets_others_run():
    running, most, go = [], [], Event()

    def run(wait):
        with run_among_few():
            running.append(1)
            most.append(len(running))
            if wait == "fails":
                running.pop()
                raise KeyboardInterrupt
            if wait == "stands aside":
                running.pop()
                with stand_aside():
                    go.wait(10)
                running.append(1)
                most.append(len(running))
            sleep(0.005)
            running.pop()

    def quiet(wait):
        with suppress(KeyboardInterrupt):
            run(wait)

    aside = [Thread(target=quiet, args=("stands aside",)) for _ in range(RUNS)]
    others = [Thread(target=quiet, args=(wait,)) for wait in ("fails", "", "fails", "", "fails", "")]
    for thread in (*aside, *others):
        thread.start()
    for thread in others:
        thread.join(10)
        assert not thread.is_alive()
    assert all(thread.is_alive() for thread in aside)
    go.set()
    for thread in aside:
        thread.join(10)
        assert not thread.is_alive()
    assert max(most) <= RUNS
    assert free_places() == RUNS


def test_a_run_that_ends_while_it_stands_aside_gives_back_nothing_twice():
    with pytest.raises(KeyboardInterrupt), run_among_few(), stand_aside():
        raise KeyboardInterrupt
    assert free_places() == RUNS
