"""What holds for every question: odd corpora, and that all answers follow the same view."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from inspect import isfunction

import pytest
from support.views import EVERY_ROLE, each, mentions, sum_of

from conflictmap.exports.tables import export_rows, filter_in_words, to_csv, to_geojson
from conflictmap.index.corpus import Corpus
from conflictmap.questions import account, counts, layer, over_time, passages, search
from conflictmap.questions import mentions as mentions_module
from conflictmap.questions.filters import ROLES
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


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
    assert {hit.article.text[slice(*hit.mentions[0].span)] for hit in hits} == {"12 km north of Homs"}


def test_suggestions_are_off_unless_asked_for_and_never_mixed_with_names(told: Questions) -> None:
    assert told.account(View()).suggested_off == 1
    assert "suggested" not in {key for feature in told.layer() for key in feature}
    on = View(suggested=True)
    (count,) = [count for count in told.counts(on) if count.suggested]
    assert (count.place.id, count.mentions, count.suggested) == ("latakia", 1, 1)
    (feature,) = [feature for feature in told.layer(view=on) if feature["id"] == "latakia"]
    assert (len(each(feature["starts"])), len(each(feature["suggested"]["starts"]))) == (1, 1)
    _, (hit,) = told.passages(View(place="latakia", suggested=True))
    assert [one.basis for one in hit.mentions] == ["named", "suggested"]
    assert told.aside(View(place="latakia")).suggested == 1


def test_every_question_of_a_module_is_in_the_list() -> None:
    """A public function whose first argument is the corpus is a question."""
    listed = {value for value in vars(Questions).values() if callable(value)}
    for module in (account, counts, layer, mentions_module, over_time, passages, search):
        for name, value in vars(module).items():
            own = isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
            assert not own or value in listed, f"{module.__name__}.{name}"
