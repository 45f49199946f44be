"""Long work: it ends, stops, reports; the shortest comes first; it ends when nobody waits for it."""

import logging
from contextlib import ExitStack
from threading import Event, Thread, active_count
from time import perf_counter, sleep

import pytest

from tests.state.working import Server, count_to, job, nobody_ends
from tests.waiting import until
from ui.state import jobs, turns
from ui.state.jobs import GRACE, Job
from ui.state.turns import (
    MOST,
    SLICE,
    Crowded,
    Ended,
    Turn,
    waiting_sentence,
)


def busy(seconds):
    end = perf_counter() + seconds
    while perf_counter() < end:
        pass


def test_the_result_of_the_work():
    counting = job(count_to(3))
    assert counting.wait(10)
    assert not counting.is_running
    assert counting.result() == 3
    assert not counting.was_left


def test_stopping_keeps_what_there_is():
    counting = job(count_to(100_000))
    assert not counting.wait(0.05)
    assert counting.is_running
    counting.stop()
    assert counting.wait(10)
    assert 0 < counting.result() < 100_000
    assert not counting.was_left


def test_work_of_which_a_part_is_worth_nothing_ends_at_once():
    def work(job):
        while True:
            sleep(0.001)
            job.go_on(0.5)

    endless = job(work)
    endless.stop()
    assert endless.wait(10)
    with pytest.raises(Ended):
        endless.result()


def test_progress_and_time_left():
    halfway, go_on = Event(), Event()

    def work(job):
        job.report(0.5)
        halfway.set()
        go_on.wait(10)

    half = job(work)
    halfway.wait(10)
    assert half.fraction == 0.5
    assert 0 < half.seconds_left <= 10
    go_on.set()
    assert half.wait(10)
    assert job(lambda job: None).seconds_left is None


def test_a_value_error_is_for_the_page():
    def work(job):
        raise ValueError("epochs: expected something else")

    failing = job(work)
    failing.wait(10)
    with pytest.raises(ValueError, match="something else"):
        failing.result()


def test_another_error_is_logged_too(caplog):
    failing = job(lambda job: 1 // 0)
    with caplog.at_level(logging.ERROR):
        failing.wait(10)
    with pytest.raises(ZeroDivisionError):
        failing.result()
    assert "a job failed" in caplog.text


def test_a_failed_job_leaves_the_line():
    def work(job):
        raise ValueError

    job(work).wait(10)
    assert job(count_to(1)).wait(10)


def test_one_computes_at_a_time_and_the_shortest_first():
    computing, together, ended, go = [], [], [], Event()

    def work(name, slices):
        def compute(job):
            go.wait(10)
            for done in range(slices):
                computing.append(name)
                together.append(len(computing))
                busy(SLICE)
                computing.remove(name)
                job.report(done / slices)
            ended.append(name)

        return compute

    waiting = [job(work(name, size), name, size) for name, size in (("long", 40), ("short", 2), ("mid", 8))]
    until(lambda: len(turns._LINE._turns) == 3)
    assert [each.before for each in waiting] == [2, 0, 1]
    go.set()
    assert all(each.wait(30) for each in waiting)
    assert max(together) == 1
    assert ended == ["short", "mid", "long"]
    assert [each.before for each in waiting] == [0, 0, 0]


def test_of_the_same_length_who_came_first_and_the_same_work_counts_once():
    with ExitStack() as stack:
        stack.enter_context(Turn("a", 5, nobody_ends))
        others = [job(count_to(1), key, 5) for key in ("b", "b", "c", "a", "d")]
        until(lambda: len(turns._LINE._turns) == 6)
        assert [each.before for each in others] == [1, 1, 2, 2, 3]
    assert all(each.wait(10) for each in others)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(1, "1 training is before yours."), (3, "3 trainings are before yours.")],
)
def test_whoever_waits_is_told(before, sentence):
    assert waiting_sentence(before) == sentence


def test_a_full_line_turns_away_the_longest():
    with Turn(0, 0, nobody_ends):
        waiting = [job(count_to(1), n, n) for n in range(1, MOST)]
        longest = [job(count_to(1), "longest", 1000) for _ in range(2)]
        until(lambda: len(turns._LINE._turns) == MOST + 2 or not longest[0].is_running)
        assert longest[0].wait(0.1) is longest[1].wait(0.1) is True
        for each in longest:
            with pytest.raises(Crowded, match=f"^{MOST} trainings are before yours, all of them shorter,"):
                each.result()
        visitor = job(count_to(1), "short", 0.5)  # he is not turned away, and has to wait for one only
        until(lambda: visitor.before == 1)
    assert all(each.wait(10) for each in (*waiting, visitor))
    assert visitor.result() == 1
    turned_away = [each for each in waiting if each._error]
    assert turned_away == waiting[-1:]


def test_threads_end():
    before = active_count()
    counting = [job(count_to(2), n) for n in range(15)]
    assert all(each.wait(10) for each in counting)
    assert active_count() <= before
    assert turns._LINE._turns == []


@pytest.fixture
def server(monkeypatch):
    return Server(monkeypatch)


def endless(job):
    while not job.report(0.1):
        sleep(0.001)
    return "what there is"


def test_a_job_ends_when_its_session_has_gone(server):
    left = job(endless)
    until(lambda: server.now > 2 * GRACE)
    assert left.is_running
    server.connected.clear()
    gone = server.now
    assert left.wait(10)
    assert server.now - gone > GRACE
    assert left.was_left
    assert left.result() == "what there is"


def test_a_broken_connection_that_comes_back_ends_nothing(server):
    kept = job(endless)
    for _ in range(3):
        server.connected.clear()
        gone = server.now
        until(lambda gone=gone: server.now - gone > GRACE / 3)
        server.connected.add("reader")
        back = server.now
        until(lambda back=back: server.now - back > GRACE)
    assert kept.is_running
    kept.stop()
    assert kept.wait(10)
    assert not kept.was_left


def test_a_job_that_waits_for_its_turn_ends_too(server):
    with Turn("first", 0, nobody_ends):
        waiting, stopped = job(endless, "second"), job(endless, "third")
        until(lambda: len(turns._LINE._turns) == 3)
        stopped.stop()
        assert stopped.wait(10)
        assert not stopped.was_left
        server.connected.clear()
        assert waiting.wait(10)
        assert waiting.was_left
    with pytest.raises(Ended):
        waiting.result()
    assert turns._LINE._turns == []


def test_a_change_of_settings_ends_what_they_do_not_ask_for(monkeypatch):
    monkeypatch.setattr(jobs.st, "session_state", {})
    jobs.end_unwanted("none has begun")
    wanted, other = (Job(endless, key, 1, lambda settings, key=key: settings == key) for key in "ab")
    jobs.keep_job("training", wanted)
    jobs.keep_job("lab", other)
    jobs.end_unwanted("a")
    assert other.wait(10)
    assert (other.was_left, wanted.was_left, wanted.is_running) == (True, False, True)
    jobs.end_unwanted("b")
    assert wanted.wait(10)


def test_an_exception_of_a_look_gives_the_turn_to_the_next():
    class Stopped(BaseException):
        pass

    looks, raised = [], []

    def look(turn):
        looks.append(turn.before)
        if len(looks) == 2:
            raise Stopped

    def compute():
        try:
            with Turn("script", 1, look) as turn:
                while True:
                    busy(2 * SLICE)
                    turn.share()
        except Stopped as stop:
            raised.append(stop)

    script = Thread(target=compute)
    script.start()
    script.join(10)
    assert len(raised) == 1
    assert looks == [0, 0]
    assert job(count_to(1)).wait(10)
