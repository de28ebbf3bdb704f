"""Gold files of every format, whole, moved, broken and hostile. The samples are our own."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.errors import DataError
from conflictmap.evaluation.accuracy import goldformats
from conflictmap.evaluation.accuracy.gold import ASTRAY, Gold, GoldDerived, GoldSuggested, GoldToponym, near
from conflictmap.evaluation.accuracy.goldformats import parse_gold


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def wrong(gold: Gold) -> list[tuple[str, str, str]]:
    """File, record and field of each problem."""
    return [(problem.file, problem.record, problem.field) for problem in gold.problems]


def spots(gold: Gold) -> list[tuple[str, int]]:
    """What is marked, and where; each must stand there."""
    for text in gold.texts:
        assert all(text.text[one.start : one.end] == one.surface for one in text.toponyms)
    return [(one.surface, one.start) for text in gold.texts for one in text.toponyms]


# --- our JSON Lines -------------------------------------------------------------------------------------------


HOMS = {"start": 10, "end": 14, "surface": "Homs", "lat": 34.73, "lon": 36.71, "fclass": "P", "place": "Homs (city)"}
PLAIN = {"id": "a", "text": "They left Homs.", "toponyms": [HOMS]}


def test_a_record_has_its_toponyms() -> None:
    gold = parse_gold("g.jsonl", b"\xef\xbb\xbf" + lines(PLAIN, PLAIN | {"id": "b", "toponyms": [HOMS | {"role": "actor"}]}))
    assert gold.problems == []
    assert [text.id for text in gold.texts] == ["a", "b"]
    assert gold.texts[0].toponyms == (GoldToponym(10, 14, "Homs", 34.73, 36.71, "P", "Homs (city)", "location"),)
    assert gold.texts[1].toponyms[0].role == "actor"
    assert (gold.texts[0].derived, gold.texts[0].suggested) == (None, None)


def test_a_toponym_without_a_place_keeps_its_status() -> None:
    unplaced = HOMS | {"lat": None, "lon": None, "status": "ambiguous"}
    (one,) = parse_gold("g.jsonl", lines(PLAIN | {"toponyms": [unplaced]})).texts[0].toponyms
    assert (one.latitude, one.longitude, one.status) == (None, None, "ambiguous")


def test_what_one_record_marks_the_file_marks() -> None:
    more = PLAIN | {
        "derived": [{"start": 0, "end": 9, "lat": 35, "lon": 36.5, "tolerance_km": 3, "shape": "corridor"}],
        "suggested": [{"start": 10, "end": 14, "place": "homs", "lat": 34.73, "lon": 36.71}],
    }
    first, second = parse_gold("g.jsonl", lines(PLAIN, more)).texts
    assert (first.derived, first.suggested) == ((), ())
    assert second.derived == (GoldDerived(0, 9, 35.0, 36.5, 3.0, "corridor"),)
    assert second.suggested == (GoldSuggested(10, 14, "homs", 34.73, 36.71),)


def test_a_source_may_be_marked_as_none_or_not_at_all() -> None:
    marked = [HOMS, HOMS | {"attributed_to": None}, HOMS | {"attributed_to": [0, 4]}]
    found = parse_gold("g.jsonl", lines(*(PLAIN | {"toponyms": [one]} for one in marked))).texts
    told = [(text.toponyms[0].attribution, text.toponyms[0].attributed_to) for text in found]
    assert told == [(False, None), (True, None), (True, (0, 4))]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("Homs", ""),
        ([], ""),
        ({"toponyms": []}, "text"),
        ({"text": 7, "toponyms": []}, "text"),
        ({"text": "Homs"}, "toponyms"),
        ({"text": "Homs", "toponyms": {}}, "toponyms"),
        ({"text": "Homs", "toponyms": ["Homs"]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS, HOMS | {"end": 13}]}, "toponyms[1].surface"),
        (PLAIN | {"toponyms": [{"start": 10}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"start": -5}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"start": True}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"end": 99}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"lat": 91}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"lon": None}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"lat": "34"}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"lat": float("nan")}]}, "toponyms[0]"),
        (PLAIN | {"toponyms": [HOMS | {"fclass": 1}]}, "toponyms[0].fclass"),
        (PLAIN | {"toponyms": [HOMS | {"status": "lost"}]}, "toponyms[0].status"),
        (PLAIN | {"toponyms": [HOMS | {"attributed_to": 3}]}, "toponyms[0].attributed_to"),
        (PLAIN | {"toponyms": [HOMS | {"attributed_to": [4, 0]}]}, "toponyms[0].attributed_to"),
        (PLAIN | {"derived": 1}, "derived"),
        (PLAIN | {"derived": [{"start": 0, "end": 4, "lat": 35, "lon": 36}]}, "derived[0].tolerance_km"),
        (PLAIN | {"derived": [{"start": 0, "end": 4, "lat": 35, "lon": 36, "tolerance_km": 0}]}, "derived[0].tolerance_km"),
        (PLAIN | {"derived": [{"start": 0, "end": 4, "tolerance_km": 5}]}, "derived[0]"),
        (PLAIN | {"suggested": [{"start": 0, "end": 4, "lat": 35, "lon": 36, "place": []}]}, "suggested[0].place"),
    ],
)
def test_a_broken_record_is_named_with_its_field_and_the_others_are_kept(record: Any, field: str) -> None:
    gold = parse_gold("g.jsonl", lines(PLAIN, record, PLAIN))
    assert [text.id for text in gold.texts] == ["a", "a"]
    assert wrong(gold) == [("g.jsonl", "line 2", field)]


@pytest.mark.parametrize("line", [b"nonsense", b'{"text": ', b"[" * 100_000, b'{"text": "a", "n": ' + b"9" * 5000 + b"}"])
def test_a_line_that_is_no_json_is_named(line: bytes) -> None:
    gold = parse_gold("g.jsonl", lines(PLAIN) + b"\n\n" + line + b"\n")
    assert len(gold.texts) == 1
    assert wrong(gold) == [("g.jsonl", "line 3", "")]


def test_a_text_may_hold_any_line_separator() -> None:
    gold = parse_gold("g.jsonl", lines({"text": "a\u2028b\u0085Homs", "toponyms": []}) + b"\r\n")
    assert [text.text for text in gold.texts] == ["a\u2028b\u0085Homs"]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"[]", b"<articles/>"])
def test_a_file_without_a_text_says_so(data: bytes) -> None:
    gold = parse_gold("g", data)
    assert gold.texts == []
    assert [problem.message for problem in gold.problems] == ["holds no text"]


def test_a_file_that_is_not_utf8_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match=r"g\.jsonl: cannot be read"):
        parse_gold("g.jsonl", b'{"text": "Alep\xe9"}')
    monkeypatch.setattr(goldformats, "MAX_BYTES", 10)
    with pytest.raises(DataError, match="larger than 10 bytes"):
        parse_gold("g.jsonl", b" " * 11)


# --- LGL and TR-News: offsets from 0 --------------------------------------------------------------------------


def lgl(text: str, *toponyms: tuple[int, int, str, str], docid: str = "7") -> str:
    """An article as LGL and TR-News have it; the last part of a toponym is its tag of the gazetteer, or nothing."""
    marked = "".join(
        f"<toponym><start>{start}</start><end>{end}</end><phrase>{phrase}</phrase>{tag}</toponym>"
        for start, end, phrase, tag in toponyms
    )
    return (
        f'<article docid="{docid}"><title>T</title><domain>example.org</domain><text><![CDATA[{text}]]></text>'
        f'<toponyms count="{len(toponyms)}">{marked}</toponyms></article>'
    )


def whole(*articles: str, head: str = '<?xml version="1.0" encoding="utf-8"?>\n') -> bytes:
    return f"{head}<articles>{''.join(articles)}</articles>".encode()


TAG = (
    '<gaztag geonameid="1"><name>Idlib</name><fclass>P</fclass><fcode>PPLA</fcode><lat>35.93</lat><lon>36.63</lon>'
    '<country geonameid="2">Syria</country></gaztag>'
)
IDLIB = "From Idlib to Sarmin & on."


def test_lgl_counts_from_0_and_may_leave_a_toponym_without_a_place() -> None:
    gold = parse_gold("lgl.xml", whole(lgl(IDLIB, (14, 20, "Sarmin", ""), (5, 10, "Idlib", TAG))))
    assert (gold.problems, gold.mended) == ([], 0)
    (text,) = gold.texts
    assert (text.id, text.text) == ("7", IDLIB)
    assert text.toponyms == (
        GoldToponym(5, 10, "Idlib", 35.93, 36.63, "P", "Idlib"),
        GoldToponym(14, 20, "Sarmin"),
    )


def test_tr_news_has_the_phrase_first_and_white_space_around() -> None:
    text = "‘Quiet’ in Idlib"
    article = f"""<article docid="1"><title>T
      </title><dltime>2016-12-19</dltime><text>{text}</text><toponyms><toponym>
        <phrase> Idlib </phrase> <start> 11 </start> <end>16</end>{TAG}</toponym></toponyms></article>"""
    gold = parse_gold(
        "tr.xml", whole(article).replace(b"<articles>", b'<articles xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">')
    )
    assert (spots(gold), gold.mended) == ([("Idlib", 11)], 0)


def test_geovirus_counts_from_1() -> None:
    article = """<article><source>http://example.org</source><text>Cholera came to Raqqa, then Hajin.</text><locations>
      <location><name>Hajin</name><start>29</start><end>34</end><lat>34.69</lat><lon>40.83</lon><page>Hajin</page></location>
      <location><name>Raqqa</name><altName>Rakka</altName><start>17</start><end>22</end><lat>35.95</lat><lon>39</lon>
        <page>http://example.org/Raqqa</page></location></locations></article>"""
    gold = parse_gold("virus.xml", whole(article, head=""))
    assert (spots(gold), gold.mended, gold.problems) == ([("Raqqa", 16), ("Hajin", 28)], 0, [])
    assert gold.texts[0].id == "article 1"
    raqqa = gold.texts[0].toponyms[0]
    assert (raqqa.latitude, raqqa.longitude, raqqa.fclass, raqqa.place) == (35.95, 39.0, None, "http://example.org/Raqqa")


def test_xml_may_have_another_encoding() -> None:
    data = whole(lgl(IDLIB, (5, 10, "Idlib", TAG)), head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16")
    assert spots(parse_gold("lgl.xml", data)) == [("Idlib", 5)]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (5, 5),
        (0, 5),
        (5 + ASTRAY, 5),
        (5 + ASTRAY + 1, None),
        (160, 200),
        (200 - ASTRAY, 200),
        (200 + ASTRAY, 200),
        (10**30, None),
        (-9, 5),
    ],
)
def test_a_name_beside_its_offsets_is_found_nearby_and_counted(start: int, found: int | None) -> None:
    text = "From Idlib" + " " * 190 + "Idlib fell" + "." * 60
    gold = parse_gold("lgl.xml", whole(lgl(text, (start, start + 5, "Idlib", ""))))
    if found is None:
        assert wrong(gold) == [("lgl.xml", "7", "toponyms/toponym[0]")]
        assert gold.texts == []
    else:
        assert (spots(gold), gold.mended) == ([("Idlib", found)], int(found != start))


def test_a_name_may_be_broken_over_lines_in_the_text() -> None:
    gold = parse_gold("lgl.xml", whole(lgl("To Deir\n ez-Zor.", (3, 14, "Deir ez-Zor", ""))))
    assert (spots(gold), gold.mended) == ([("Deir\n ez-Zor", 3)], 1)


@given(st.text("ab \n", max_size=80), st.integers(-90, 200), st.text("ab ", max_size=4))
def test_what_is_found_nearby_is_the_name_and_near(text: str, start: int, phrase: str) -> None:
    span = near(text, start, phrase)
    if span is not None:
        assert text[slice(*span)].split() == phrase.split()
        assert abs(span[0] - start) <= ASTRAY
    elif phrase.strip() and 0 <= start <= len(text):
        assert not text.startswith(phrase.strip(), start)


@pytest.mark.parametrize(
    ("article", "field"),
    [
        (lgl(" "), "text"),
        ("<article docid='7'><toponyms/></article>", "text"),
        ("<article docid='7'><text>Idlib</text></article>", ""),
        (lgl(IDLIB, (5, 10, "", TAG)), "toponyms/toponym[0].phrase"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG), (5, 10, "Hama", TAG)), "toponyms/toponym[1]"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("<start>5</start>", ""), "toponyms/toponym[0]"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("<start>5<", "<start>five<"), "toponyms/toponym[0].start"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("35.93", "35,93"), "toponyms/toponym[0].lat"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("35.93", "135.93"), "toponyms/toponym[0]"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("35.93", "nan"), "toponyms/toponym[0]"),
        (lgl(IDLIB, (5, 10, "Idlib", TAG)).replace("<lon>36.63</lon>", ""), "toponyms/toponym[0]"),
    ],
)
def test_a_broken_article_is_named_with_its_field_and_the_others_are_kept(article: str, field: str) -> None:
    good = lgl(IDLIB, (5, 10, "Idlib", TAG), docid="8")
    gold = parse_gold("lgl.xml", whole(good, article, good))
    assert [text.id for text in gold.texts] == ["8", "8"]
    assert wrong(gold) == [("lgl.xml", "7", field)]


def test_a_file_that_breaks_off_keeps_its_whole_articles() -> None:
    good = lgl(IDLIB, (5, 10, "Idlib", TAG))
    gold = parse_gold("lgl.xml", whole(good, good)[:-40])
    assert len(gold.texts) == 1
    assert wrong(gold) == [("lgl.xml", "article 2", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE articles [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE articles [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE articles SYSTEM "http://example.org/articles.dtd">',
    ],
)
def test_no_entity_can_be_declared_in_any_encoding(declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'
    data = whole(lgl(IDLIB, (5, 10, "Idlib", TAG)), head=head).decode().encode(encoding)
    with pytest.raises(DataError, match="DOCTYPE"):
        parse_gold("lgl.xml", data)


def test_a_text_may_speak_of_declarations() -> None:
    assert len(parse_gold("lgl.xml", whole(lgl("<!DOCTYPE x> <!ENTITY y 'z'> in Idlib", (32, 37, "Idlib", "")))).texts) == 1


def test_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(DataError, match=r"lgl\.xml: cannot be read: unknown encoding"):
        parse_gold("lgl.xml", whole(head='<?xml version="1.0" encoding="klingon"?>'))


# --- W3C Web Annotations --------------------------------------------------------------------------------------


TEXT = "Shells fell on Salma. 🚀 Salma is a town; Rabia lies north of Salma."
Body = Any


def annotation(body: Body, *selectors: dict[str, Any], source: Any = "texts/1", **more: Any) -> dict[str, Any]:
    chosen = selectors if len(selectors) != 1 else selectors[0]
    return {"id": "#1", "type": "Annotation", "body": body, "target": {"source": source, "selector": chosen}} | more


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: Any, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact} | ({"prefix": prefix, "suffix": suffix} if prefix or suffix else {})


RABIA = {"type": "Feature", "purpose": "geotagging", "geometry": {"type": "Point", "coordinates": [36.01, 35.8]}}
AT_RABIA = quote("Rabia")


@pytest.fixture
def annotated() -> Callable[..., Gold]:
    """The gold of annotations of TEXT, which is the text of `texts/1` only."""

    def read(*annotations: Any, document: Any = None) -> Gold:
        data = json.dumps(list(annotations) if document is None else document).encode()
        return parse_gold("w3c.json", data, lambda source: TEXT if source == "texts/1" else None)

    return read


@pytest.mark.parametrize(
    ("selectors", "start", "mended"),
    [
        ([position(15, 20)], 15, 0),
        ([quote("Salma", "on ")], 15, 0),
        ([quote("Salma", "", " is")], 24, 0),
        ([position(15, 20), quote("Salma")], 15, 0),
        ([quote("Salma"), position(25, 30)], 24, 1),
        ([position(26, 31), quote("Salma", "🚀 ", " is")], 24, 1),
        ([position(10**30, 10**31), quote("Salma", "of ", ".")], 61, 1),
    ],
)
def test_a_place_is_anchored_by_offsets_or_quote(
    annotated: Callable[..., Gold], selectors: list[dict[str, Any]], start: int, mended: int
) -> None:
    gold = annotated(annotation(RABIA, *selectors))
    assert gold.problems == []
    assert (spots(gold), gold.mended) == ([("Salma", start)], mended)


@pytest.mark.parametrize(
    "body",
    [
        RABIA,
        [{"type": "TextualBody", "purpose": "commenting", "value": "A town"}, RABIA],
        {"type": "Feature", "purpose": "georeferencing", "geometry": RABIA["geometry"]},
        {"purpose": "geotagging", "value": {"type": "Feature", "geometry": RABIA["geometry"]}},
        {"type": "SpecificResource", "purpose": ["identifying"], "source": {"id": "x", "geometry": RABIA["geometry"]}},
        {"type": "Point", "coordinates": [36.01, 35.8, 12.0]},
        {"geometry": {"type": "LineString", "coordinates": [[36.0, 35.7], [36.02, 35.9]]}},
        {"geometry": {"type": "Polygon", "coordinates": [[[36.0, 35.7], [36.02, 35.7], [36.02, 35.9], [36.0, 35.7]]]}},
        "geo:35.8,36.01",
        {"id": "geo:35.8,36.01;u=35", "purpose": "identifying"},
        {"purpose": "identifying", "source": "geo:35.8,36.01,400"},
        {"purpose": "identifying", "source": {"id": "GEO:35.8,36.01"}},
    ],
)
def test_a_place_has_the_middle_of_its_geometry_or_its_geo_uri(annotated: Callable[..., Gold], body: Body) -> None:
    (one,) = annotated(annotation(body, AT_RABIA)).texts[0].toponyms
    assert (one.latitude, one.longitude) == pytest.approx((35.8, 36.01))
    assert (one.role, one.status, one.attribution) == (None, None, False)


@pytest.mark.parametrize(
    ("body", "more", "toponyms"),
    [
        ({"purpose": "identifying", "value": "http://example.org/rabia"}, {}, 1),
        ({"purpose": "identifying", "value": "PLACE"}, {}, 1),
        ({"purpose": "identifying", "value": "PERSON"}, {}, 0),
        ({"purpose": "tagging", "value": "town"}, {}, 0),
        ({"purpose": "tagging", "value": "town"}, {"motivation": "identifying"}, 0),
        ({"value": "town"}, {}, 0),
        ("http://example.org/rabia", {"motivation": ["identifying"]}, 1),
        ("http://example.org/rabia", {}, 0),
        (None, {"motivation": "geotagging"}, 1),
        (None, {}, 0),
        ([7, None], {}, 0),
    ],
)
def test_only_what_is_identified_as_a_place_counts(
    annotated: Callable[..., Gold], body: Body, more: dict[str, Any], toponyms: int
) -> None:
    gold = annotated(annotation(body, AT_RABIA, **more))
    assert gold.problems == []
    assert [(one.latitude, one.longitude) for one in gold.texts[0].toponyms] == [(None, None)] * toponyms


@pytest.mark.parametrize("wrap", ["list", "page", "collection", "graph", "one", "pages"])
def test_annotations_come_in_lists_pages_collections_and_graphs(annotated: Callable[..., Gold], wrap: str) -> None:
    one, other = annotation(RABIA, AT_RABIA), annotation(RABIA, position(15, 20))
    document = {
        "list": [one, other],
        "page": {"type": "AnnotationPage", "items": [one, other]},
        "collection": {"type": "AnnotationCollection", "total": 2, "first": {"type": "AnnotationPage", "items": [one, other]}},
        "graph": {"@context": {}, "@graph": [one, other]},
        "one": annotation(RABIA, AT_RABIA, target=[other["target"], one["target"]]),
        "pages": {"type": "AnnotationCollection", "first": {"items": [one], "next": {"items": [other]}}},
    }[wrap]
    gold = annotated(document=document)
    assert (spots(gold), gold.problems) == ([("Salma", 15), ("Rabia", 41)], [])


def test_a_page_that_is_elsewhere_is_told_and_not_fetched(annotated: Callable[..., Gold]) -> None:
    page = {"items": [annotation(RABIA, AT_RABIA)], "next": "http://example.org/page2"}
    gold = annotated(document=page)
    assert spots(gold) == [("Rabia", 41)]
    assert [(problem.grade, "page2" in problem.message) for problem in gold.problems] == [("warning", True)]


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (annotation(RABIA, quote("Salma"), source="texts/2"), "target.source"),
        (annotation(RABIA, quote("Salma"), source="texts/1", target="texts/1"), "target"),
        (annotation(RABIA, quote("Salma"), source=7), "target"),
        ({"type": "Annotation", "body": RABIA}, "target"),
        ("text", ""),
    ],
)
def test_an_annotation_that_leads_nowhere_takes_nothing_from_the_others(
    annotated: Callable[..., Gold], broken: Any, field: str
) -> None:
    gold = annotated(annotation(RABIA, AT_RABIA), broken)
    assert spots(gold) == [("Rabia", 41)]
    assert [problem.field for problem in gold.problems] == [field]


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (annotation(RABIA, quote("Salma")), "target.selector"),
        (annotation(RABIA, quote("Foobaz")), "target.selector"),
        (annotation(RABIA, quote("Foobaz"), position(0, 6)), "target.selector"),
        (annotation(RABIA, position(0, 999)), "target.selector"),
        (annotation(RABIA, position("0", "6")), "target.selector"),
        (annotation(RABIA, {"type": "FragmentSelector", "value": "xywh=0,0,1,1"}), "target.selector"),
        (annotation(RABIA), "target.selector"),
        (annotation(RABIA, quote(" ")), "target.selector.exact"),
        (annotation(RABIA, quote(7)), "target.selector.exact"),
        (annotation("geo:95,36", AT_RABIA), "body"),
        (annotation({"type": "Point", "coordinates": [36, 10**400]}, AT_RABIA), "body"),
    ],
)
def test_a_text_with_a_place_that_cannot_be_anchored_is_left_out(annotated: Callable[..., Gold], broken: Any, field: str) -> None:
    gold = annotated(annotation(RABIA, AT_RABIA), broken)
    assert gold.texts == []
    assert [problem.field for problem in gold.problems] == [field]


def test_without_a_folder_the_texts_are_asked_for() -> None:
    gold = parse_gold("w3c.json", json.dumps([annotation(RABIA, AT_RABIA), annotation(RABIA, position(15, 20))]).encode())
    assert [problem.message for problem in gold.problems] == ["its text is needed: name the folder with --texts"]


# --- anything -------------------------------------------------------------------------------------------------


KEYS = [
    "text", "toponyms", "start", "end", "surface", "lat", "lon", "derived", "suggested", "target", "body", "items", "source",
    "selector", "type", "exact", "value", "purpose", "geometry", "coordinates", "id", "first", "next",
]  # fmt: skip
WORDS = ["identifying", "TextQuoteSelector", "TextPositionSelector", "geo:1,2", "fell"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)


@given(JSON)
def test_no_json_is_too_odd(value: Any) -> None:
    parse_gold("g", json.dumps(value).encode(), lambda _: "Homs fell.")
    parse_gold("g", json.dumps(value).encode() + b"\n" + json.dumps(value).encode())


@given(st.binary(max_size=60))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    for head in (b"", b"<", b"<articles><article><text>"):
        with suppress(DataError):
            parse_gold("g", head + data)
