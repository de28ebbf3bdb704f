"""Every question in one list. A new question is a function in the module it belongs to, and a line here."""

from __future__ import annotations

from conflictmap.questions import account as _account
from conflictmap.questions import counts as _counts
from conflictmap.questions import layer as _layer
from conflictmap.questions import mentions as _mentions
from conflictmap.questions import over_time as _over_time
from conflictmap.questions import passages as _passages
from conflictmap.questions import search as _search
from conflictmap.questions.database import CorpusDatabase
from conflictmap.text import passages as _blocks


class Questions(CorpusDatabase):
    """The questions that the screens put to a corpus: each a function of its module, whose first argument is the corpus.

    Every answer follows the same view: its filters hold for counts, lists, layer and exports alike, and an interval belongs to a
    period if it overlaps it, first and last day included. Cheap to create, may be used from several threads.
    """

    counts = _counts.counts
    derived_counts = _counts.derived_counts
    split = _counts.split
    sources = _counts.sources
    publishers = _counts.publishers
    languages = _counts.languages

    account = _account.account

    layer = _layer.layer

    passages = _passages.passages
    mentions_of_place = _passages.mentions_of_place
    articles_of_place = _passages.articles_of_place
    outside_period = _passages.outside_period
    aside = _passages.aside

    rows = _mentions.rows
    mentions_of_article = _mentions.mentions_of_article
    turned_down = _mentions.turned_down
    unplaced = _mentions.unplaced
    passages_of = staticmethod(_blocks)

    in_period = _over_time.in_period
    histogram = _over_time.histogram
    lanes = _over_time.lanes
    articles_by_bin = _over_time.articles_by_bin
    months = _over_time.months
    months_of = _over_time.months_of
    empty_months = _over_time.empty_months

    search = _search.search_places
    listed = _search.listed
    find_articles = _search.find_articles
