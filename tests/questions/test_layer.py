"""The layer: what it holds, and that the browser counts from it as the index does."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from support.views import EVERY_ROLE, EVERYTHING, each

from conflictmap.index.corpus import Corpus
from conflictmap.questions.filters import LOCATIONS, NOT_ATTRIBUTED
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View
from conflictmap.webmap.layer import day_number

D = date


def _random_records(rng: random.Random, number: int) -> list[dict[str, str | None]]:
    records = []
    for _ in range(number):
        first = D(2013, 1, 1) + timedelta(days=rng.randrange(60))
        last = first + timedelta(days=rng.choice([0, 0, 0, 1, 7, 30]))
        published = None if rng.random() < 0.15 else first.isoformat() if first == last else f"[{first}..{last}]"
        words = " ".join(
            rng.choice(["Homs.", "Salma.", "The Ghab plain.", "Moscow.", "Tripoli.", "Deir Nowhere."]) for _ in range(6)
        )
        records.append({"text": words, "published": published})
    return records


def test_the_browser_counts_as_the_index_does(make_corpus: Callable[..., Corpus]) -> None:
    rng = random.Random(11)
    corpus = make_corpus(*_random_records(rng, 60))
    asked = Questions(corpus)
    layer = asked.layer()
    assert {feature["drawn"] for feature in layer} == {"dot", "area"}
    first, last = corpus.period
    for _ in range(150):
        days = sorted(first + timedelta(days=rng.randrange((last - first).days + 1)) for _ in range(2))
        view = View(start=days[0], end=days[1], undated=rng.random() < 0.5)
        by_index = {c.place.id: c.mentions for c in asked.split(asked.counts(view))[0]}
        low, high = day_number(days[0]), day_number(days[1])
        by_browser = {
            feature["id"]: bisect_right(each(feature["starts"]), high)
            - bisect_right(each(feature["ends"] or feature["starts"]), low - 1)
            + (feature["undated"] if view.undated else 0)
            for feature in layer
        }
        assert {place: n for place, n in by_browser.items() if n} == by_index


def test_day_numbers_are_the_browsers() -> None:
    assert day_number(D(1970, 1, 1)) == 0
    assert day_number(D(2013, 8, 6)) == 15923
    assert day_number(D(1969, 12, 31)) == -1


def test_the_layer_holds_what_the_map_draws_and_nothing_else(questions: Questions) -> None:
    drawn, _ = questions.split(questions.counts(View()))
    _, beside = questions.split(questions.counts(EVERYTHING))
    layer = {feature["id"]: feature for feature in questions.layer()}
    worked_out = questions.split(questions.derived_counts(View()))[0]
    assert set(layer) == {count.place.id for count in drawn} | {count.id for count in worked_out}
    assert worked_out
    assert {"moscow", "russia", "iran", "syria", "mediterranean-sea"} <= {count.place.id for count in beside}
    assert layer["ghab-plain"]["geometry"]["type"] == "Polygon"
    assert layer["euphrates"]["drawn"] == "line"
    assert "geometry" not in layer["salma"]
    for feature in layer.values():
        starts, ends = each(feature["starts"]), each(feature["ends"] or feature["starts"])
        assert starts == sorted(starts)
        assert ends == sorted(ends)
        assert len(starts) == len(ends)
        assert feature["starts"][::2] == sorted(set(starts))


def test_the_label_of_a_ring_stands_on_it_and_not_on_the_anchor(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "It fell 30 km from Homs.", "published": "2013-01-05"}))
    (ring,) = asked.layer()
    homs = asked.corpus.gazetteer.places["homs"].footprint
    assert len(ring["geometry"]["coordinates"]) == 2
    assert ring["lat"] - homs.latitude == pytest.approx(30 / 111, abs=0.03)


def test_the_browser_counts_as_the_index_does_under_every_filter(told: Questions) -> None:
    for roles in (LOCATIONS, EVERY_ROLE):
        for source in (None, "activists", NOT_ATTRIBUTED):
            for derived, suggested in ((True, True), (False, False)):
                view = View(roles=roles, source=source, derived=derived, suggested=suggested)
                by_index = {c.place.id: (c.mentions, c.suggested) for c in told.split(told.counts(view))[0]}
                by_index |= {c.id: (c.mentions, 0) for c in told.split(told.derived_counts(view))[0]}
                by_browser = {
                    f["id"]: (len(each(f["starts"])), len(each(f.get("suggested", {}).get("starts", []))))
                    for f in told.layer(view=view)
                }
                assert by_browser == by_index


def test_layer_and_histogram_follow_the_clock(happened: Questions) -> None:
    view = View(clock="happened")
    salma = next(f for f in happened.layer(view=view) if f["id"] == "salma")
    assert (each(salma["starts"]), salma["ends"]) == ([day_number(D(2013, 8, 4))], None)
    aramo = next(f for f in happened.layer(view=view) if f["id"] == "aramo")
    assert (aramo["starts"], aramo["undated"]) == ([], 1)
    counted = happened.histogram(view=view)
    assert sum(number for _, _, number in counted) == pytest.approx(2)  # Salma and Qusayr; 1982 lies before the slider
    assert counted[-1][0] <= D(2013, 8, 4) <= counted[-1][1]
