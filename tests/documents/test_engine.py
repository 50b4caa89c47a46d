"""The engine: its ceiling, its threads, its cost."""

import contextlib
import signal
import threading
import time

import pytest

from checks.bench import paper
from documents.render.engine import Engine, engine, render_html
from documents.render.limit import TooSlow, cpu_seconds

PAGE = "<html lang=en><head><title>x</title></head><body>words</body></html>"


def test_a_paper_that_takes_too_long_is_stopped_even_where_errors_are_swallowed() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TooSlow, match=r"0\.05 s"), cpu_seconds(0.05):
        while True:
            with contextlib.suppress(Exception):
                time.process_time()
    assert signal.getsignal(signal.SIGPROF) == before and signal.getitimer(signal.ITIMER_PROF) == (
        0,
        0,
    )


def test_within_the_ceiling_nothing_happens() -> None:
    with cpu_seconds(5):
        assert render_html(PAGE, {}).pages == 1
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_a_thread_that_cannot_be_stopped_is_let_alone() -> None:
    done: list[int] = []

    def work() -> None:
        with cpu_seconds(0.001):
            done.append(render_html(PAGE, {}).pages)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=20)
    assert done == [1]


def test_an_engine_is_kept_and_never_shared_between_threads() -> None:
    others: list[Engine] = []
    thread = threading.Thread(target=lambda: others.append(engine()))
    thread.start()
    thread.join(timeout=20)
    assert (
        engine() is engine() and others[0] is not engine() and others[0].style is not engine().style
    )


@pytest.mark.slow
def test_our_path_costs_hardly_more_than_the_bare_engine() -> None:
    ours, floor = paper.pdf(rounds=7)
    assert ours / floor <= 1.15
