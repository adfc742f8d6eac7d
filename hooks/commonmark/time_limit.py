"""In: seconds. Out: a context that ends what takes longer, also within a regular expression.

For what a library makes of an author's text: of some languages, a few hundred characters of code keep Pygments busy
for ever. Where the system has no such clock (Windows), or outside of the main thread, nothing is ended.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class TimeLimitError(Exception):
    """It took longer. Not Python's own for this, which libraries may take for a fault of a file."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitError where the code within takes so much of the processor's time, however busy the machine is."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> NoReturn:
    raise TimeLimitError
