"""How true the answers are, measured on gold texts.

goldformats   gold files of toponyms; timegold: of times
spans         pairing of spans
scores        precision, recall, right place, roles, attributions
coverage      the figures of the About page: docs/accuracy.json
stats         coverage of the gazetteer, and what an archive names that it lacks
"""

from conflictmap.evaluation.accuracy.coverage import CorpusFigures, corpus_figures, place_figures, versions
from conflictmap.evaluation.accuracy.gold import Gold
from conflictmap.evaluation.accuracy.scores import Score, evaluate, listed_mistakes, read_gold, summary, tables
from conflictmap.evaluation.accuracy.stats import archive_lines, gazetteer_lines
from conflictmap.evaluation.accuracy.timegold import TimeGold, TimeScore, evaluate_times, summary_of_times, tables_of_times

__all__ = [
    "CorpusFigures",
    "Gold",
    "Score",
    "TimeGold",
    "TimeScore",
    "archive_lines",
    "corpus_figures",
    "evaluate",
    "evaluate_times",
    "gazetteer_lines",
    "listed_mistakes",
    "place_figures",
    "read_gold",
    "summary",
    "summary_of_times",
    "tables",
    "tables_of_times",
    "versions",
]
