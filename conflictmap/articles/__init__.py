"""What comes in: the articles, and what a person decided about them.

readers     .md with front matter, .txt, .jsonl -> Article; the canonical form of a digest
archives    archives too large for memory: .jsonl, .csv, .parquet, compressed, on any fsspec address
csvrows     a CSV reader that loses no good row to a bad one
decisions   dates and verdicts that a person gave: decisions.jsonl
check       every problem in the files of articles/ and gazetteer/
"""

from conflictmap.articles.archives import read_archive
from conflictmap.articles.check import check_data, fix_data
from conflictmap.articles.decisions import Verdicts, apply_decisions, decide_date, decide_mention, decisions_file, read_decisions
from conflictmap.articles.readers import NOT_ARTICLES, SUFFIXES, parse_published, read_articles, read_file

__all__ = [
    "NOT_ARTICLES",
    "SUFFIXES",
    "Verdicts",
    "apply_decisions",
    "check_data",
    "decide_date",
    "decide_mention",
    "decisions_file",
    "fix_data",
    "parse_published",
    "read_archive",
    "read_articles",
    "read_decisions",
    "read_file",
]
