"""What an export holds: every mention, what was filtered, and no quotes from digests."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from support.exports import read_csv
from support.views import EVERY_ROLE, EVERYTHING, TOLD

from conflictmap.exports.columns import EXPORT_COLUMNS
from conflictmap.exports.tables import export_rows, filter_in_words, to_csv, to_geojson
from conflictmap.index.corpus import Corpus
from conflictmap.questions.filters import NOT_ATTRIBUTED
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


def test_csv_has_every_mention_and_says_what_was_filtered(questions: Questions) -> None:
    content = to_csv(questions, EVERYTHING)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = read_csv(content)
    assert len(rows) == questions.corpus.table.num_rows
    assert list(rows[0]) == [column.name for column in EXPORT_COLUMNS]
    assert {row["filter"] for row in rows} == {filter_in_words(EVERYTHING, questions.corpus)}
    assert {row["corpus_version"] for row in rows} == {questions.corpus.version}
    assert {row["gazetteer_version"] for row in rows} == {questions.corpus.gazetteer.version}


def test_the_filter_is_told_in_words(mini_corpus: Corpus) -> None:
    view = View(place="salma", start=D(2014, 1, 1), undated=False)
    told = filter_in_words(view, mini_corpus)
    assert told == (
        "published 2014-01-01 to 2015-08-12; undated articles left out; roles: location; worked-out places included; place salma"
    )
    assert "undated articles included" in filter_in_words(View(), mini_corpus)


def test_a_view_narrows_the_export(questions: Questions) -> None:
    view = View(place="salma", start=D(2014, 3, 1), end=D(2014, 3, 31), undated=False)
    rows = read_csv(to_csv(questions, view))
    assert {(row["place"], row["article"]) for row in rows} == {("salma", "hostile-salma")}
    assert len(rows) == 8


def test_a_digest_gives_no_quote_and_a_full_text_does(questions: Questions) -> None:
    kinds = set()
    for row in export_rows(questions, View()):
        article = questions.corpus.articles[row["article"]]
        kinds.add(row["text_kind"])
        if row["text_kind"] == "digest":
            assert row["quote"] is None
        else:
            assert row["surface"] in row["quote"]
            assert row["quote"] in article.text
    assert kinds == {"digest", "full text"}


def test_an_export_names_the_sources_paragraph(questions: Questions) -> None:
    rows = [row for row in export_rows(questions, View()) if row["article"] == "mountain-villages-fall"]
    assert {(row["passage"], row["source_paragraph"]) for row in rows} == {(1, 1), (2, 2), (3, 4), (4, 5)}
    (undated, *_) = [row for row in export_rows(questions, View()) if row["article"] == "letter-from-baniyas"]
    assert undated["source_paragraph"] == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(make_corpus: Callable[..., Corpus], start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0 in Homs."
    corpus = make_corpus({"text": text, "published": "2013-01-05", "publisher": "=1+1", "title": "=HYPERLINK(1)"})
    rows = read_csv(to_csv(Questions(corpus), View()))
    assert rows
    for row in rows:
        assert row["publisher"] == "'=1+1"
        assert row["title"] == "'=HYPERLINK(1)"
        assert not any(value[:1] in ("=", "+", "-", "@", "\t", "\r") for value in row.values() if not _is_number(value))


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def test_csv_survives_line_breaks_and_quotes(make_corpus: Callable[..., Corpus]) -> None:
    text = 'He said "no",\r\nin Homs; and\n"yes" in Salma.'
    rows = read_csv(to_csv(Questions(make_corpus({"text": text, "published": "2013-01-05"})), View()))
    assert [row["quote"] for row in rows] == [text, text]


def test_geojson_holds_every_mention_once_and_null_for_what_has_no_place(questions: Questions) -> None:
    collection = json.loads(to_geojson(questions, EVERYTHING))
    assert collection["type"] == "FeatureCollection"
    assert collection["filter"] == filter_in_words(EVERYTHING, questions.corpus)
    features = collection["features"]
    assert sum(f["properties"]["mentions"] for f in features) == questions.corpus.table.num_rows
    for feature in features:
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        properties = feature["properties"]
        assert properties["mentions"] == len(properties["attestations"])
        if properties["status"] != "resolved":
            assert feature["geometry"] is None
        if feature["geometry"]:
            assert set(feature["geometry"]) == {"type", "coordinates"}
    assert "Tripoli" in {f["properties"]["surface"] for f in features if f["properties"]["status"] == "ambiguous"}
    by_place = {f["properties"]["place"]: f for f in features}
    longitude, latitude = by_place["salma"]["geometry"]["coordinates"]
    assert 35.5 < longitude < 37
    assert 35 < latitude < 36


def test_geojson_quotes_full_texts_only(questions: Questions) -> None:
    digests = {a.id for a in questions.corpus.articles.values() if a.kind == "digest"}
    for feature in json.loads(to_geojson(questions, View()))["features"]:
        for told in feature["properties"]["attestations"]:
            assert (told["quote"] is None) == (told["article"] in digests)


def test_names_in_no_gazetteer_are_kept_in_every_export(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "in the village of Foobaz", "published": "2013-01-05"}))
    (row,) = read_csv(to_csv(asked, View()))
    assert (row["surface"], row["status"], row["place"], row["lat"]) == ("Foobaz", "unresolved", "", "")
    (feature,) = json.loads(to_geojson(asked, View()))["features"]
    assert (feature["geometry"], feature["properties"]["surface"]) == (None, "Foobaz")


def test_an_export_says_what_was_filtered(questions: Questions) -> None:
    view = View(language="ar", fclass="P", certainty="certain", status="resolved")
    told = filter_in_words(view, questions.corpus)
    assert told.endswith("language: ar; feature class: P; certainty: certain; status: resolved")
    assert {row["filter"] for row in csv.DictReader(io.StringIO(to_csv(questions, view).decode("utf-8-sig")))} == {told}


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
