"""How fast it is, as ratios measured in one run: docs/performance.md.

bench     the whole run
browser   what a reader waits for, in a real browser
readers   twenty readers at once
index     building and opening an index
synth     invented articles, for measuring only
"""

from conflictmap.evaluation.speed.bench import run_bench
from conflictmap.evaluation.speed.synth import write_archive

__all__ = ["run_bench", "write_archive"]
