"""Whether work grows with the length of a text or with its square: a ratio of processor time in one run, never a time."""

import time
from collections.abc import Callable


def in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Whether four times the size takes about four times the work, not sixteen. Up to four tries: a busy machine only adds."""

    def seconds(length: int) -> float:
        began = time.process_time()
        work(length)
        return time.process_time() - began

    return any(seconds(4 * size) < 8 * max(seconds(size), 0.002) for _ in range(4))
