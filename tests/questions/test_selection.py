"""The questions that the screens ask: periods, counts, passages, search, exports."""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exports import read_csv
from support.views import filters

from conflictmap.articles.decisions import decide_mention
from conflictmap.exports.tables import export_rows, filter_in_words, to_csv, to_geojson
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build
from conflictmap.questions.filters import LOCATIONS, NOT_ATTRIBUTED, ROLES
from conflictmap.questions.selection import Account, Questions
from conflictmap.questions.view import QUERY_FIELDS, View
from conflictmap.webmap.layer import day_number

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
D = date
EVERY_ROLE = frozenset(ROLES)
EVERYTHING = View(roles=EVERY_ROLE, suggested=True)
"""The view that leaves nothing out."""


def mentions(questions: Questions, view: View) -> dict[str, int]:
    return {count.place.id: count.mentions for count in questions.counts(view)}


# --- any view can be asked for


@given(st.dictionaries(st.sampled_from(sorted(QUERY_FIELDS)), st.text(max_size=12)))
def test_no_address_breaks_the_view(questions: Questions, query: dict[str, str]) -> None:
    view = View.from_query(query).within(questions.corpus)
    assert questions.account(view).total == questions.corpus.table.num_rows
    assert questions.passages(view)[0] >= 0


# --- counts in a period ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (D(2013, 8, 5), D(2013, 8, 10), 2),  # the range 5 to 10 August names Salma twice, the wire of the 9th once more
        (D(2013, 8, 1), D(2013, 8, 4), 0),
        (D(2013, 8, 5), D(2013, 8, 5), 2),
        (D(2013, 8, 10), D(2013, 8, 10), 2),
        (D(2013, 8, 11), D(2014, 2, 28), 0),
        (D(2014, 3, 1), D(2014, 3, 1), 8),
        (D(2014, 3, 31), D(2014, 3, 31), 8),
        (D(2014, 4, 1), D(2015, 8, 12), 0),
    ],
)
def test_first_and_last_day_of_a_range_count(questions: Questions, start: date, end: date, expected: int) -> None:
    held = [a for a in questions.corpus.articles.values() if a.language == "en"]
    view = View(start=start, end=end, undated=False)
    counted = [c for c in questions.rows(view) if c["place"] == "salma" and c["article"] in {a.id for a in held}]
    assert len(counted) == expected


def test_counts_are_by_mention_most_named_first_and_articles_are_counted_by_place(questions: Questions) -> None:
    counts = questions.counts(View())
    rows = [
        row
        for row in questions.corpus.table.to_pylist()
        if row["place"] and row["role"] == "location" and row["basis"] == "named"
    ]
    for count in counts:
        assert count.mentions == sum(row["place"] == count.place.id for row in rows)
        named = len({row["article"] for row in rows if row["place"] == count.place.id})
        assert questions.articles_of_place(View(place=count.place.id)) == named
    assert [(-c.mentions, c.place.id) for c in counts] == sorted((-c.mentions, c.place.id) for c in counts)
    assert sum(c.mentions for c in counts) == len(rows)


def test_undated_articles_count_whatever_the_period_unless_left_out(questions: Questions) -> None:
    narrow = View(start=D(2015, 8, 12), end=D(2015, 8, 12))
    assert mentions(questions, narrow)["baniyas"] == 2
    assert "baniyas" not in mentions(questions, View(start=D(2015, 8, 12), end=D(2015, 8, 12), undated=False))


def each(series: list[int]) -> list[int]:
    """[day, mentions, day, mentions, …] as one day a mention."""
    return [day for day, number in zip(series[::2], series[1::2], strict=True) for _ in range(number)]


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


# --- nothing is dropped in silence ----------------------------------------------------------------------------


def sum_of(told: Account) -> tuple[int, int]:
    """(mentions that count, those that do not)."""
    shown = told.drawn + told.beside + told.ambiguous + told.unresolved + told.rejected
    left_out = told.out_of_period + told.left_out + told.other_sources + told.narrowed + told.other_roles
    return shown, left_out + told.derived_off + told.suggested_off


@given(
    start=st.dates(D(2013, 7, 1), D(2015, 9, 1)),
    length=st.integers(0, 800),
    undated=st.booleans(),
    filtered=filters(),
    data=st.data(),
)
def test_the_account_sums_up_to_every_mention(
    questions: Questions, start: date, length: int, undated: bool, filtered: dict[str, Any], data: st.DataObject
) -> None:
    corpus = questions.corpus
    filtered |= {
        "source": data.draw(st.none() | st.sampled_from([NOT_ATTRIBUTED, *sorted(corpus.sources)])),
        "publisher": data.draw(st.none() | st.sampled_from(sorted(corpus.publishers))),
        "language": data.draw(st.none() | st.sampled_from(sorted(corpus.languages))),
    }
    view = View(start=start, end=start + timedelta(days=length), undated=undated, **filtered)
    told = questions.account(view)
    assert told.total == questions.corpus.table.num_rows
    shown, left_out = sum_of(told)
    assert shown + left_out == told.total
    assert told.undated <= shown
    assert (told.left_out if undated else told.undated) == 0
    rows = questions.rows(view)
    assert len(rows) == shown
    assert told.articles == len({row["article"] for row in rows})
    assert told.drawn + told.beside == sum(c.mentions + c.suggested for c in questions.counts(view)) + sum(
        c.mentions for c in questions.derived_counts(view)
    )
    assert (told.other_sources if view.source is None else 0) == 0
    assert (0 if view.narrowing else told.narrowed) == 0
    for row in rows:
        article = corpus.articles[row["article"]]
        assert view.publisher in (None, article.publisher)
        assert view.language in (None, article.language)
        assert view.certainty in (None, row["certainty"])
        assert view.status in (None, row["status"])
        assert view.fclass is None or corpus.gazetteer.places[row["feature"]].fclass == view.fclass
    assert (told.derived_off if view.derived else told.suggested_off if view.suggested else 0) == 0


def test_a_filter_leaves_the_rest_of_the_chosen_place_told(questions: Questions) -> None:
    free = View(place="salma")
    narrow = replace(free, language="ar")
    assert questions.mentions_of_place(narrow) + questions.aside(narrow).narrowed == questions.mentions_of_place(free)
    assert questions.aside(narrow).narrowed > 0
    assert questions.aside(free).narrowed == 0


def test_what_can_be_chosen_is_what_there_is(questions: Questions) -> None:
    articles = questions.corpus.articles.values()
    assert dict(questions.languages()) == Counter(article.language for article in articles)
    assert dict(questions.publishers()) == Counter(article.publisher for article in articles if article.publisher)


def test_names_without_a_place_are_listed(questions: Questions) -> None:
    listed = questions.unplaced(View())
    assert questions.unplaced(View(), 1) == listed[:1]
    assert ("Tripoli", "ambiguous") in {(row[0], row[1]) for row in listed}
    told = questions.account(View())
    assert len(listed) == told.ambiguous + told.unresolved


# --- search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Salma", "salma"), ("salma", "salma"), ("SALMA", "salma"), ("سلمى", "salma"),
        ("سلمي", "salma"), ("Qar", "qardaha"), ("al qardahah", "qardaha"),
        ("al-Qardahah", "qardaha"), ("Lattak", "latakia"), ("اللاذق", "latakia"),
        ("Моск", "moscow"), ("nowhere", "deir-nowhere"), ("Emesa", "homs"),
        ("Tell ${7*7}", "tell-hostile"), (" homs ", "homs"),
    ],
)  # fmt: skip
def test_a_place_is_found_in_any_spelling_and_by_its_beginning(questions: Questions, words: str, expected: str) -> None:
    assert questions.search(words)[0].id == expected


def test_search_ranks_named_places_first_gives_each_once_and_keeps_the_limit(questions: Questions) -> None:
    assert [place.id for place in questions.search("qusayr")] == ["qusayr", "qusayr-daraa"]
    found = [place.id for place in questions.search("a")]
    assert len(found) == len(set(found)) > 5
    assert len(questions.search("a", limit=3)) == 3


@pytest.mark.parametrize("words", ["", "  ", "'", "zzzz", "%", "_", "\x00"])
def test_search_for_nothing_finds_nothing(questions: Questions, words: str) -> None:
    assert questions.search(words) == []


# --- odd corpora ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="none"),
        pytest.param([{"text": "Homs.", "published": "2013-01-05"}], id="one"),
        pytest.param(
            [{"text": "Homs.", "published": "2013-01-05"}, {"text": "Salma.", "published": "2013-01-05"}], id="one date"
        ),
        pytest.param([{"text": "Homs."}, {"text": "Salma."}], id="undated only"),
        pytest.param([{"text": "Nothing here.", "published": "2013-01-05"}], id="no name"),
    ],
)
def test_every_question_has_an_answer(make_corpus: Callable[..., Corpus], records: list[dict[str, str]]) -> None:
    asked = Questions(make_corpus(*records))
    for view in (View(), View(undated=False), View(place="homs", start=D(2000, 1, 1), end=D(2000, 1, 1)).within(asked.corpus)):
        told = asked.account(view)
        assert told.drawn + told.beside == sum(count.mentions for count in asked.counts(view))
        assert sum(sum_of(told)) == told.total == asked.corpus.table.num_rows
        asked.passages(view)
        asked.outside_period(view)
        to_csv(asked, view)
        json.loads(to_geojson(asked, view))
        assert filter_in_words(view, asked.corpus)
    assert sum(n for *_, n in asked.histogram()) == sum(
        row["published_best"] is not None for row in asked.corpus.table.to_pylist()
    )
    assert sum(n for *_, n in asked.months()) == sum(a.published is not None for a in asked.corpus.articles.values())


def test_an_undated_corpus_has_no_period_but_shows_its_places(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "Homs."}))
    assert View().period(asked.corpus) is None
    assert mentions(asked, View()) == {"homs": 1}
    assert mentions(asked, View(undated=False)) == {}
    assert asked.histogram() == [] == asked.months()


# --- roles, sources, worked-out and suggested places ------------------------------------------------------------

TOLD = (
    "HOMS, Syria — Shells fell 12 km north of Homs, activists said. Moscow backed the deal.\n\n"
    "The Observatory said that Salma was shelled. Aleppo was calm, and so was the road between Homs and Aleppo.\n\n"
    "Fighting went on in Latakia, residents of the provincial capital said."
)


@pytest.fixture(scope="session")
def told(make_corpus: Callable[..., Corpus]) -> Questions:
    return Questions(
        make_corpus(
            {"text": TOLD, "published": "2013-08-06"}, {"text": "Fighting 12 km north of Homs.", "published": "2013-08-09"}
        )
    )


def of_role(asked: Questions, *roles: str) -> dict[str, int]:
    return mentions(asked, View(roles=frozenset(roles)))


def test_the_map_shows_locations_and_the_others_on_request(told: Questions) -> None:
    table = told.corpus.table.to_pylist()
    assert {row["role"] for row in table} == set(ROLES)
    for role in ROLES:
        named = [row["place"] for row in table if row["role"] == role and row["basis"] == "named" and row["place"]]
        assert of_role(told, role) == {place: named.count(place) for place in named}
    assert of_role(told, "location") == mentions(told, View()) == {"salma": 1, "aleppo": 1, "latakia": 1}
    assert of_role(told, *ROLES)["homs"] == 4
    assert "moscow" in of_role(told, "actor")


def test_every_answer_follows_the_roles(told: Questions) -> None:
    everything, locations = View(place="homs", roles=EVERY_ROLE), View(place="homs")
    assert told.passages(everything)[0] == 3
    assert told.passages(locations) == (0, [])
    assert (told.mentions_of_place(everything), told.mentions_of_place(locations)) == (4, 0)
    assert told.aside(locations).other_roles == 4
    assert told.aside(everything).other_roles == 0
    assert [len(export_rows(told, view)) for view in (everything, locations)] == [4, 0]
    assert sum(n for *_, n in told.histogram(view=View(roles=EVERY_ROLE))) - sum(n for *_, n in told.histogram()) == (
        told.account(View()).other_roles
    )
    assert "homs" in {feature["id"] for feature in told.layer(view=everything)}
    assert "homs" not in {feature["id"] for feature in told.layer()}
    assert told.search("homs", view=everything)[0].id == "homs"


def test_what_is_worked_out_is_a_feature_of_its_own_and_never_its_anchor(told: Questions) -> None:
    counts = {count.title: count for count in told.derived_counts(View())}
    assert set(counts) == {"12 km north of Homs", "between Homs and Aleppo"}
    north = counts["12 km north of Homs"]
    assert north.mentions == 2
    assert told.articles_of_place(View(place=north.id)) == 2
    features = {feature["title"]: feature for feature in told.layer()}
    point, lens = features["12 km north of Homs"], features["between Homs and Aleppo"]
    homs = told.corpus.gazetteer.places["homs"].footprint
    assert point["drawn"] == "circle"
    assert "geometry" not in point
    assert point["lat"] - homs.latitude == pytest.approx(12 / 111, abs=0.01)
    assert point["uncertainty"] == north.derived.footprint.uncertainty_m > 0
    assert len(each(point["starts"])) == 2
    assert (lens["drawn"], lens["geometry"]["type"]) == ("vague", "Polygon")
    assert {feature["drawn"] for feature in told.layer(view=View(derived=False))} <= {"dot", "area", "line"}
    assert told.account(View(derived=False)).derived_off == 3
    number, hits = told.passages(View(place=north.id))
    assert number == 2
    assert {hit.article.text[hit.spans[0][0] : hit.spans[0][1]] for hit in hits} == {"12 km north of Homs"}


def test_the_address_knows_a_worked_out_place_and_passes_over_an_unknown_one(told: Questions) -> None:
    (feature, *_) = told.corpus.derived
    assert View(place=feature).within(told.corpus).place == feature
    assert View.from_query(View(place=feature).to_query()).place == feature
    assert View(place="~000000000000").within(told.corpus).place is None


def test_what_lies_outside_the_box_is_listed_beside(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "It fell 30 km north of Moscow.", "published": "2013-01-05"}))
    assert [[c.title for c in part] for part in asked.split(asked.derived_counts(View()))] == [
        [],
        ["30 km north of Moscow"],
    ]
    assert asked.layer() == []
    assert asked.account(View()).beside == 1


def test_the_label_of_a_ring_stands_on_it_and_not_on_the_anchor(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "It fell 30 km from Homs.", "published": "2013-01-05"}))
    (ring,) = asked.layer()
    homs = asked.corpus.gazetteer.places["homs"].footprint
    assert len(ring["geometry"]["coordinates"]) == 2
    assert ring["lat"] - homs.latitude == pytest.approx(30 / 111, abs=0.03)


def test_suggestions_are_off_unless_asked_for_and_never_mixed_with_names(told: Questions) -> None:
    assert told.account(View()).suggested_off == 1
    assert "suggested" not in {key for feature in told.layer() for key in feature}
    on = View(suggested=True)
    (count,) = [count for count in told.counts(on) if count.suggested]
    assert (count.place.id, count.mentions, count.suggested) == ("latakia", 1, 1)
    (feature,) = [feature for feature in told.layer(view=on) if feature["id"] == "latakia"]
    assert (len(each(feature["starts"])), len(each(feature["suggested"]["starts"]))) == (1, 1)
    _, (hit,) = told.passages(View(place="latakia", suggested=True))
    assert hit.bases == ("named", "suggested")
    assert told.aside(View(place="latakia")).suggested == 1


def test_what_a_person_accepts_is_no_suggestion_any_more(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    (tmp_path / "told.txt").write_text(f"Told\n\n{TOLD}", encoding="utf-8")
    before = build(tmp_path, mini_gazetteer_folder)
    (row,) = [row for row in before.table.to_pylist() if row["basis"] == "suggested"]
    decide_mention(tmp_path, before.articles["told"], (row["start"], row["end"]), "accepted", row["place"])
    asked = Questions(build(tmp_path, mini_gazetteer_folder))
    assert mentions(asked, View())["latakia"] == 2
    assert asked.account(View()).suggested_off == 0


def test_sources_are_counted_and_filter_everything(told: Questions) -> None:
    listed = {source: (printed, number) for source, printed, number in told.sources(View())}
    assert {"activists", "observatory"} <= set(listed)
    assert listed["observatory"] == ("Observatory", 1)
    assert sum(number for _, number in listed.values()) == told.account(View()).drawn + told.account(View()).beside
    for source, (_, number) in listed.items():
        view = View(source=source)
        assert len(told.rows(view)) == number
        assert sum(len(each(f["starts"])) for f in told.layer(view=view)) <= number
        assert sum(n for *_, n in told.histogram(view=view)) == number
        assert told.account(view).other_sources == told.corpus.table.num_rows - sum(
            1 for row in told.corpus.table.to_pylist() if (row["source"] or NOT_ATTRIBUTED) == source
        )
    assert mentions(told, View(source="observatory")) == {"salma": 1}
    _, (hit,) = told.passages(View(place="salma", source="observatory"))
    assert [hit.article.text[a:b] for a, b in hit.sources] == ["The Observatory"]
    assert told.sources(View(place="salma")) == [("observatory", "Observatory", 1)]


def test_a_source_that_nobody_is_falls_out_of_the_address(told: Questions) -> None:
    assert View(source="nobody at all").within(told.corpus).source is None
    assert View.from_query({"source": "The Observatory"}).within(told.corpus).source == "observatory"
    assert View(source=NOT_ATTRIBUTED).within(told.corpus).source == NOT_ATTRIBUTED


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


def test_an_export_tells_who_says_so_and_how_a_place_was_worked_out(told: Questions) -> None:
    rows = {row["surface"]: row for row in read_csv(to_csv(told, View(end=D(2013, 8, 6))))}
    north = rows["12 km north of Homs"]
    assert (north["place"], north["basis"], north["shape"], north["anchors"], north["distance_m"], north["bearing_deg"]) == (
        "", "derived", "point", "homs", "12000", "0.0",
    )  # fmt: skip
    assert float(north["lat"]) > told.corpus.gazetteer.places["homs"].footprint.latitude + 0.1
    assert int(north["uncertainty_m"]) > 1000
    assert north["resolution_certainty"] == "less-certain"
    assert TOLD[int(north["attributed_start"]) : int(north["attributed_end"])] == north["attributed_to"] == "activists"
    features = {f["properties"]["name"]: f for f in json.loads(to_geojson(told, View()))["features"]}
    assert features["12 km north of Homs"]["geometry"]["type"] == "Point"
    assert features["12 km north of Homs"]["properties"]["mentions"] == 2
    assert features["between Homs and Aleppo"]["geometry"]["type"] == "Polygon"
    assert features["between Homs and Aleppo"]["properties"]["anchors"] == "homs aleppo"
    both = [f for f in json.loads(to_geojson(told, View(suggested=True)))["features"] if f["properties"]["place"] == "latakia"]
    assert sorted(f["properties"]["basis"] for f in both) == ["named", "suggested"]


def test_the_filter_in_words_tells_roles_source_and_switches(told: Questions) -> None:
    corpus = told.corpus
    assert filter_in_words(View(), corpus) == (
        "published 2013-08-06 to 2013-08-09; roles: location; worked-out places included; suggested places left out"
    )
    (feature, *_) = [c.id for c in told.derived_counts(View())]
    other = View(place=feature, roles=EVERY_ROLE, source="activists", derived=False, suggested=True)
    assert filter_in_words(other, corpus).split("; ")[1:] == [
        "all roles", "worked-out places left out", "suggested places included", "attributed to: activists", "worked out from homs",
    ]  # fmt: skip
    assert filter_in_words(View(source=NOT_ATTRIBUTED), corpus).endswith("attributed to nobody")


# --- the other clock --------------------------------------------------------------------------------------------

HAPPENED = (
    "---\nid: told\ntitle: Told\npublished: 2013-08-06\nkind: full text\n---\n"
    "Rebels took Salma on Sunday.\n\nIn early June the army won Qusayr.\n\nAramo lies in the hills.\n\nIn 1982 Hama was shelled.\n"
)


@pytest.fixture(scope="module")
def happened(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Questions:
    folder = tmp_path_factory.mktemp("happened")
    (folder / "told.md").write_text(HAPPENED, encoding="utf-8")
    return Questions(build(folder, root / "gazetteer"))


def named(questions: Questions, view: View) -> set[str]:
    return {count.place.id for count in questions.counts(view.within(questions.corpus))}


def test_the_period_is_of_the_days_told_on_the_other_clock(happened: Questions) -> None:
    sunday = View(start=D(2013, 8, 4), end=D(2013, 8, 4), clock="happened", undated=False)
    assert named(happened, sunday) == {"salma"}
    assert named(happened, replace(sunday, undated=True)) == {"salma", "aramo"}
    june = View(start=D(2013, 6, 10), end=D(2013, 6, 10), clock="happened", undated=False)
    assert named(happened, june) == {"qusayr"}  # an interval's last day belongs to it
    assert named(happened, replace(june, start=D(2013, 6, 11), end=D(2013, 6, 11))) == set()


def test_a_year_long_past_does_not_stretch_the_slider_but_counts(happened: Questions) -> None:
    whole_view = View(clock="happened", undated=False)
    span = whole_view.whole_period(happened.corpus)
    assert span is not None
    assert span[0].year >= 2010
    assert "hama" in named(happened, whole_view)
    assert "hama" not in named(happened, replace(whole_view, start=D(2013, 6, 1)))


def test_layer_and_histogram_follow_the_clock(happened: Questions) -> None:
    view = View(clock="happened")
    salma = next(f for f in happened.layer(view=view) if f["id"] == "salma")
    assert (each(salma["starts"]), salma["ends"]) == ([day_number(D(2013, 8, 4))], None)
    aramo = next(f for f in happened.layer(view=view) if f["id"] == "aramo")
    assert (aramo["starts"], aramo["undated"]) == ([], 1)
    counted = happened.histogram(view=view)
    assert sum(number for _, _, number in counted) == pytest.approx(2)  # Salma and Qusayr; 1982 lies before the slider
    assert counted[-1][0] <= D(2013, 8, 4) <= counted[-1][1]


def test_nothing_is_lost_on_the_other_clock(happened: Questions) -> None:
    account = happened.account(
        View(start=D(2013, 8, 4), end=D(2013, 8, 4), clock="happened", undated=False).within(happened.corpus)
    )
    assert (account.drawn, account.out_of_period, account.left_out) == (1, 2, 1)
    assert account.total == 4


def test_a_passage_says_which_words_date_it(happened: Questions) -> None:
    _, (hit,) = happened.passages(View(place="salma"))
    (told,) = hit.told
    assert told is not None
    assert (told.expression.surface, told.link) == ("Sunday", "same-clause")
    assert told.expression.interval.start == D(2013, 8, 4)
    assert hit.article.text[told.expression.start : told.expression.end] == "Sunday"


def test_months_of_the_other_clock_count_mentions(happened: Questions) -> None:
    assert [(month, number) for month, _, number in happened.months(View(clock="happened"))] == [
        (D(2013, 6, 1), 1),
        (D(2013, 8, 1), 1),
    ]
