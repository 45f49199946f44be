"""Work in threads: it ends, stops, reports, and takes turns."""

import logging
from threading import Event, active_count
from time import perf_counter, sleep

import pytest

from ui.jobs import SLICE, Job, Turn


def count_to(number, pause=0.001):
    def work(job):
        for done in range(number):
            sleep(pause)
            if job.report(done / number):
                return done
        return number

    return work


def test_the_result_of_the_work():
    job = Job(count_to(3))
    assert job.wait(10)
    assert not job.is_running
    assert job.result() == 3


def test_stopping_keeps_what_there_is():
    job = Job(count_to(100_000))
    assert not job.wait(0.05)
    assert job.is_running
    job.stop()
    assert job.wait(10)
    assert 0 < job.result() < 100_000


def test_progress_and_time_left():
    halfway, go_on = Event(), Event()

    def work(job):
        job.report(0.5)
        halfway.set()
        go_on.wait(10)

    job = Job(work)
    halfway.wait(10)
    assert job.fraction == 0.5
    assert 0 < job.seconds_left <= 10
    go_on.set()
    assert job.wait(10)
    assert Job(lambda job: None).seconds_left is None


def test_a_value_error_is_for_the_page():
    def work(job):
        raise ValueError("epochs: expected something else")

    job = Job(work)
    job.wait(10)
    with pytest.raises(ValueError, match="something else"):
        job.result()


def test_another_error_is_logged_too(caplog):
    job = Job(lambda job: 1 // 0)
    with caplog.at_level(logging.ERROR):
        job.wait(10)
    with pytest.raises(ZeroDivisionError):
        job.result()
    assert "a job failed" in caplog.text


def test_one_job_computes_at_a_time_and_none_waits_for_the_end_of_another():
    computing, together, order = [], [], []

    def work(name):
        def compute(job):
            for done in range(10):
                computing.append(name)
                together.append(len(computing))
                end = perf_counter() + SLICE
                while perf_counter() < end:
                    pass
                computing.remove(name)
                order.append(name)
                job.report(done / 10)

        return compute

    jobs = [Job(work(name)) for name in "ab"]
    assert all(job.wait(30) for job in jobs)
    assert max(together) == 1
    assert order.index("b") < 10 > order.index("a")
    assert set(order[:12]) == {"a", "b"}


def test_a_failed_job_gives_its_turn_back():
    def work(job):
        raise ValueError

    Job(work).wait(10)
    with Turn() as turn:
        turn.share()
    assert Job(count_to(1)).wait(10)


def test_threads_end():
    before = active_count()
    jobs = [Job(count_to(2)) for _ in range(20)]
    assert all(job.wait(10) for job in jobs)
    assert active_count() <= before
