"""Broken articles are reported with file, record and field; texts are never changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conflictmap.articles.readers import MAX_FRONT_MATTER, Articles, canonical, parse_published, read_articles
from conflictmap.errors import DataError
from conflictmap.model import Article, DayRange
from conflictmap.text import blocks, passages

MINI = Path(__file__).resolve().parents[1] / "data" / "mini" / "articles"
FRONT = {"id": "slug", "title": "Title", "publisher": "Courier", "published": "2013-08-06", "kind": "digest"}
PROPERTIES = settings(deadline=None, derandomize=True)


def md(body: str = "Text.", head: str | None = None, **fields: Any) -> str:
    """A Markdown article; a field of `...` is left out; `head` takes the front matter's place."""
    merged = {name: value for name, value in (FRONT | fields).items() if value is not ...}
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in merged.items())
    return f"---\n{lines if head is None else head}---\n\n{body}\n"


def read(folder: Path, **files: str | bytes) -> Articles:
    """Write files (`a_md` is a.md) and read the folder."""
    for name, content in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_articles(folder)


def where(found: Articles) -> list[tuple[str, str, str, str]]:
    return [(problem.grade, problem.file, problem.record, problem.field) for problem in found.problems]


@pytest.fixture(scope="module")
def mini() -> dict[str, Article]:
    found = read_articles(MINI)
    assert [str(problem) for problem in found.problems] == []
    return {article.id: article for article in found.articles}


def test_the_miniature_is_read_in_the_order_of_its_files(mini):
    assert list(mini) == [
        "ghab-advance", "hostile-salma", "letter-from-baniyas", "mountain-villages-fall", "wire-1", "wire-2", "wire-3",
    ]  # fmt: skip


def test_a_digest_holds_what_its_file_says(mini):
    article = mini["mountain-villages-fall"]
    assert (article.title, article.author) == ("Rebels take villages in Syria's coastal mountains", "A. Tester")
    assert (article.publisher, article.kind, article.language) == ("The Mini Courier", "digest", "en")
    assert article.url == "https://www.example.org/2013/08/mountain-villages-fall/"
    assert article.published == DayRange(date(2013, 8, 5), date(2013, 8, 10), date(2013, 8, 6))
    assert article.published.precision == "range"
    assert article.published_evidence == "the address says August 2013; the battle began on the 4th"
    assert article.rights == "written for the tests of this project, CC BY 4.0"
    assert article.paragraphs == (1, 2, 4, 5)
    assert article.file == "mountain-villages-fall.md"
    assert article.text.startswith("Rebels attacked")
    assert article.text.endswith("in June.")
    assert len(passages(article)) == 4
    assert mini["ghab-advance"].author is None


def test_the_text_of_a_txt_is_its_file_without_the_byte_order_mark(mini):
    raw = (MINI / "letter-from-baniyas.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert mini["letter-from-baniyas"].text.encode() == raw[3:]
    assert "\r\n" in mini["letter-from-baniyas"].text


def test_the_passages_of_a_text_with_crlf(mini):
    article = mini["letter-from-baniyas"]
    shown = [(passage.number, article.text[passage.start : passage.end][:9]) for passage in passages(article)]
    assert shown == [(1, "A letter "), (2, "We left a"), (3, "In Tartus")]


def test_an_archive_holds_what_its_records_say(mini):
    assert (mini["wire-1"].kind, mini["wire-1"].publisher) == ("full text", "Mini Wire")
    assert mini["wire-1"].published == DayRange(*[date(2013, 8, 7)] * 3)
    assert (mini["wire-2"].title, mini["wire-2"].language) == ("قصف على سلمى", "ar")
    assert mini["wire-3"].published is None


def test_hostile_text_stays_as_it_is(mini):
    article = mini["hostile-salma"]
    assert article.title == "<script>alert(1)</script> in Salma & {{7*7}} ${7*7} `x`"
    assert article.author == "<img src=x onerror=alert(1)>"
    assert "{% raw %}" in article.text
    assert "<img src=x onerror=alert(1)>" in article.text


def test_the_hash_is_of_the_text(mini):
    for article in mini.values():
        assert article.text_hash == hashlib.sha256(article.text.encode()).hexdigest()[:16]


# Markdown


FRONT_MATTER_FAULTS = [
    ("no front matter", "Just text.\n", None),
    ("front matter not closed", "---\nid: a\ntitle: b\n\nText.\n", None),
    ("text before it", "\n" + md(), None),
    ("a list", md(head="- id: a\n"), None),
    ("a word", md(head="id\n"), None),
    ("nothing in it", "---\n---\n\nText.\n", None),
    ("unclosed quote", md(head='id: a\ntitle: "b\npublisher: c\n'), r"line \d"),
    ("tab in line 4", md(head="id: a\ntitle: b\nauthor:\n\t- c\n"), "line 5"),
    ("colon in a value in line 3", md(head="id: a\ntitle: Syria: a map\n"), "line 3"),
    ("unknown anchor in line 2", md(head="id: *a\n"), "line 2"),
    ("control character", md(head="id: a\x00\n"), None),
    ("a number of 5,000 digits", md(head="id: " + "9" * 5000 + "\n"), None),
    ("a list as a key", md(head="? [a]\n: b\n"), "line 2"),
    ("too deep", md(head="id: " + "[" * 10_000 + "\n"), None),
    ("huge", md(head="title: " + "x" * (MAX_FRONT_MATTER + 1) + "\n"), "64 KB"),
    ("a Python object", md(head="id: !!python/object/apply:os.system ['exit 1']\n"), "line 2"),
    ("a Python name", md(head="id: !!python/name:os.system\n"), "line 2"),
    ("a Python tuple", md(head="id: !!python/tuple [1]\n"), "line 2"),
    ("a tag of its own", md(head="id: !danger x\n"), "line 2"),
]


@pytest.mark.parametrize(("text", "said"), [pytest.param(*case[1:], id=case[0]) for case in FRONT_MATTER_FAULTS])
def test_broken_front_matter_is_reported_and_the_others_are_read(tmp_path, text, said):
    found = read(tmp_path, a_md=text, b_md=md(id="good"))
    assert where(found) == [("error", "a.md", "", "front matter")]
    assert [article.id for article in found.articles] == ["good"]
    assert re.search(said or ".", found.problems[0].message)
    with pytest.raises(DataError):
        canonical("a.md", text)


LEFT_OUT = [
    ("published", "2013-02-30", "published", None),
    ("published", "yesterday", "published", None),
    ("published", "06.08.2013", "published", None),
    ("published", "2013-13-01", "published", None),
    ("published", "0013-08-06", "published", None),
    ("published", "2101-01-01", "published", None),
    ("published", "[2013-08-10..2013-08-05]", "published", None),
    ("published", "[2013-08-10..]", "published", None),
    ("published", ["2013-08-06"], "published", None),
    ("published", "the best day", "published", None),
    ("published_best", "2013-08-07", "published", None),
    ("published_best", "2013-02-30", "published", None),
    ("published_best", "some day", "published", None),
    ("url", "javascript:alert(1)", "url", None),
    ("url", "JavaScript:alert(1)", "url", None),
    ("url", "data:text/html,x", "url", None),
    ("url", "//example.org/a", "url", None),
    ("url", "ftp://example.org/a", "url", None),
    ("url", 'https://example.org/"onmouseover="x', "url", None),
    ("url", "https://example.org/a b", "url", None),
    ("url", "https://example.org/<b>", "url", None),
    ("url", "https://", "url", None),
    ("kind", "summary", "kind", "digest"),
    ("kind", ["digest"], "kind", "digest"),
    ("paragraphs", 3, "paragraphs", ()),
    ("paragraphs", ["1"], "paragraphs", ()),
    ("paragraphs", [0], "paragraphs", ()),
    ("author", ["A", "B"], "author", None),
    ("publisher", {"name": "A"}, "publisher", None),
    ("rights", True, "rights", None),
]


@pytest.mark.parametrize(("field", "value", "attribute", "left"), LEFT_OUT, ids=lambda value: str(value)[:30])
def test_a_broken_field_is_reported_and_the_article_is_kept(tmp_path, field, value, attribute, left):
    found = read(tmp_path, a_md=md(**{field: value}))
    assert where(found) == [("error", "a.md", "slug", field)]
    assert getattr(found.articles[0], attribute) == left


def test_a_long_address_is_never_cut(tmp_path):
    url = "https://example.org/" + "x" * 1500
    assert read(tmp_path, a_md=md(url=url)).articles[0].url in (url, None)


@pytest.mark.parametrize("field", ["id", "title"])
def test_a_missing_id_is_an_error_and_a_missing_title_a_warning(tmp_path, field):
    found = read(tmp_path, a_md=md("First line.\n\nText.", **{field: ...}))
    if field == "id":
        assert where(found) == [("error", "a.md", "", "id")]
        assert found.articles == ()
    else:
        assert where(found) == [("warning", "a.md", "slug", "title")]
        assert found.articles[0].title == "First line."


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, "x" * 201, 1.5])
def test_an_id_that_is_none_leaves_the_article_out(tmp_path, value):
    found = read(tmp_path, a_md=md(id=value), b_md=md(id="good"))
    assert where(found) == [("error", "a.md", "", "id")]
    assert [article.id for article in found.articles] == ["good"]


@pytest.mark.parametrize("value", ["Slug", "a b", "a--b", "a_b", "é", "-a", "a\u0663"])
def test_an_id_that_is_no_slug_is_a_warning(tmp_path, value):
    found = read(tmp_path, a_md=md(id=value))
    assert where(found) == [("warning", "a.md", value, "id")]
    assert found.articles[0].id == value


def test_unknown_fields_are_one_warning(tmp_path):
    found = read(tmp_path, a_md=md(tags="x", authors="y"))
    assert where(found) == [("warning", "a.md", "slug", "authors")]
    assert "tags" in found.problems[0].message
    assert len(found.articles) == 1


@pytest.mark.parametrize("paragraphs", [[1], [1, 2, 3]])
def test_paragraph_numbers_that_do_not_fit_the_blocks_are_left_out(tmp_path, paragraphs):
    found = read(tmp_path, a_md=md("One.\n\nTwo.", paragraphs=paragraphs))
    assert where(found) == [("warning", "a.md", "slug", "paragraphs")]
    assert found.articles[0].paragraphs == ()


@pytest.mark.parametrize("body", ["", "\n \n\t\n"])
def test_an_article_without_text_is_left_out(tmp_path, body):
    found = read(tmp_path, a_md=md(body), b_md=md(id="good"))
    assert where(found) == [("error", "a.md", "slug", "text")]
    assert [article.id for article in found.articles] == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(md("One.\nStill one.\n\nTwo."), id="plain"),
        pytest.param("\ufeff" + md("One.\nStill one.\n\nTwo."), id="byte-order mark"),
        pytest.param(md("One.\nStill one.\n\nTwo.").replace("\n", "\r\n"), id="CRLF"),
        pytest.param(md("One.\nStill one.\n\nTwo.").replace("---\n", "---  \t\n"), id="spaces after the dashes"),
    ],
)
def test_the_body_follows_the_front_matter(tmp_path, text):
    found = read(tmp_path, a_md=text)
    assert found.problems == ()
    article = found.articles[0]
    assert article.text.replace("\r\n", "\n") == "One.\nStill one.\n\nTwo."
    assert article.text in text


def test_dashes_in_the_body_are_text(tmp_path):
    found = read(tmp_path, a_md=md("One.\n\n---\n\nid: two"))
    assert found.articles[0].text == "One.\n\n---\n\nid: two"


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_a_file_that_is_not_utf_8_names_the_byte(tmp_path, suffix):
    found = read(tmp_path, **{f"a_{suffix}": md("Caf\u00e9.").encode("latin-1"), "b_md": md(id="good")})
    assert where(found) == [("error", f"a.{suffix}", "", "")]
    assert f"byte {md('Caf').index('Caf') + 3}" in found.problems[0].message
    assert [article.id for article in found.articles] == ["good"]


# Text files


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_reported(tmp_path, content):
    found = read(tmp_path, a_txt=content, b_txt="Text.")
    assert where(found) == [("error", "a.txt", "", "text")]
    assert [article.id for article in found.articles] == ["b"]


def test_a_txt_is_named_by_its_stem_and_first_line(tmp_path):
    (tmp_path / "Report 3.1 (final).txt").write_text("\n  \n  The  title \nText.\n")
    article = read_articles(tmp_path).articles[0]
    assert (article.id, article.title, article.published, article.kind) == ("Report 3.1 (final)", "The  title", None, "full text")
    assert article.text == "\n  \n  The  title \nText.\n"


def test_a_long_first_line_is_cut_in_the_title_only(tmp_path):
    article = read(tmp_path, a_txt="x" * 1000).articles[0]
    assert (len(article.title), len(article.text)) == (300, 1000)


def test_only_one_byte_order_mark_is_dropped(tmp_path):
    assert read(tmp_path, a_txt=b"\xef\xbb\xbf\xef\xbb\xbfx").articles[0].text == "\ufeffx"


@PROPERTIES
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("a\rb\r\nc\nd\fe\x85f\u2028g")
def test_a_txt_is_kept_as_it_is(tmp_path_factory, text):
    assume(text.strip() and not text.startswith("\ufeff"))
    folder = tmp_path_factory.mktemp("txt")
    article = read(folder, a_txt=text).articles[0]
    assert article.text == text
    assert [(p.start, p.end) for p in passages(article)] == list(blocks(text))
    assert [p.number for p in passages(article)] == list(range(1, len(passages(article)) + 1))


def test_a_file_name_that_is_not_utf_8_breaks_nothing(tmp_path):
    """An id that cannot be encoded can be neither indexed nor kept with a decision."""
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as out:  # noqa: PTH123
        out.write(b"Salma.")
    found = read(tmp_path, b_txt="Homs.")
    assert "b" in [article.id for article in found.articles]
    for printed in (*(article.id + article.file for article in found.articles), *map(str, found.problems)):
        printed.encode()


def test_ten_megabytes_are_read_and_twenty_one_are_not(tmp_path):
    found = read(tmp_path, big_txt=b"Salma. " * (10 * 2**20 // 7), huge_txt=b"Salma. " * (21 * 2**20 // 7))
    assert [article.id for article in found.articles] == ["big"]
    assert len(found.articles[0].text) > 10_000_000
    assert where(found) == [("error", "huge.txt", "", "")]
    assert "20 MB" in found.problems[0].message


# Archives


def record(**fields: Any) -> bytes:
    return json.dumps({"id": "one", "title": "T", "text": "Text."} | fields, ensure_ascii=False).encode()


BROKEN_LINES = [
    ("not JSON", b"{", ""),
    ("a list", b"[]", ""),
    ("a number", b"7", ""),
    ("null", b"null", ""),
    ("no text", b'{"id": "x", "title": "T"}', "text"),
    ("text null", b'{"id": "x", "text": null}', "text"),
    ("text a number", b'{"id": "x", "text": 7}', "text"),
    ("text empty", b'{"id": "x", "text": " \\n "}', "text"),
    ("id a list", b'{"id": ["x"], "text": "Text."}', "id"),
    ("id half a character", b'{"id": "x\\ud800", "title": "T", "text": "Text."}', "id"),
    ("id too long", record(id="x" * 201), "id"),
    ("not UTF-8", '{"id": "x", "text": "Café."}'.encode("latin-1"), ""),
    ("too deep", b"[" * 200_000, ""),
    ("a number of 5,000 digits", b'{"text": ' + b"9" * 5000 + b"}", ""),
    ("half a line", record(id="x")[:-5], ""),
]


@pytest.mark.parametrize(("line", "field"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN_LINES])
def test_a_broken_line_names_itself_and_keeps_the_others(tmp_path, line, field):
    found = read(tmp_path, a_jsonl=b"\n".join([record(id="one"), b"", line, record(id="two")]))
    assert where(found) == [("error", "a.jsonl", "line 3", field)]
    assert [article.id for article in found.articles] == ["one", "two"]


@pytest.mark.parametrize("value", [7, 0])
def test_a_numeric_id_is_kept_as_text(tmp_path, value):
    assert [article.id for article in read(tmp_path, a_jsonl=record(id=value)).articles] == [str(value)]


@pytest.mark.parametrize("value", [None, ""])
def test_a_record_without_an_id_is_named_by_file_and_line(tmp_path, value):
    found = read(tmp_path, a_jsonl=record() + b"\r\n\r\n" + record(id=value))
    assert [article.id for article in found.articles] == ["one", "a-3"]


def test_a_missing_title_is_the_first_line_and_a_warning(tmp_path):
    found = read(tmp_path, a_jsonl=record(title=None, text="\n First. \nSecond."))
    assert where(found) == [("warning", "a.jsonl", "line 1", "title")]
    assert found.articles[0].title == "First."
    assert found.articles[0].text == "\n First. \nSecond."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "2013-02-30"),
        ("published", "0001-01-01T00:00:00+05:00"),
        ("published", "9999-12-31T23:59:59-05:00"),
        ("published", {"day": 6}),
        ("url", "javascript:alert(1)"),
        ("kind", "blog"),
        ("publisher", ["A"]),
    ],
)
def test_a_broken_field_of_a_record_names_its_line(tmp_path, field, value):
    found = read(tmp_path, a_jsonl=record() + b"\n" + record(id="two", **{field: value}))
    assert where(found) == [("error", "a.jsonl", "line 2", field)]
    assert [article.id for article in found.articles] == ["one", "two"]


def test_paragraph_numbers_of_a_record_that_do_not_fit_are_left_out(tmp_path):
    """The screens take paragraphs[i] for block i + 1."""
    found = read(tmp_path, a_jsonl=record(text="One.\n\nTwo.", paragraphs=[1]))
    assert where(found) == [("warning", "a.jsonl", "line 1", "paragraphs")]
    assert found.articles[0].paragraphs == ()


def test_a_byte_order_mark_in_an_archive_is_no_fault(tmp_path):
    found = read(tmp_path, a_jsonl=b"\xef\xbb\xbf" + record() + b"\r\n")
    assert found.problems == ()
    assert len(found.articles) == 1


def test_an_empty_archive_holds_nothing(tmp_path):
    assert read(tmp_path, a_jsonl=b"") == Articles((), ())


def test_a_line_beyond_the_limit_is_reported_and_the_lines_before_it_are_read(tmp_path):
    found = read(tmp_path, a_jsonl=record() + b"\n" + record(id="big", text="x" * (21 * 2**20)) + b"\n")
    assert where(found) == [("error", "a.jsonl", "line 2", "")]
    assert [article.id for article in found.articles] == ["one"]


# The folder


def test_readme_decisions_hidden_and_other_files_are_no_articles(tmp_path):
    for name in ("README.md", "decisions.jsonl", ".hidden.txt", "notes.pdf", "text", "a.md~"):
        (tmp_path / name).write_text("x")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("x")
    (tmp_path / "folder.txt").mkdir()
    assert read_articles(tmp_path) == Articles((), ())


def test_a_suffix_in_capitals_counts(tmp_path):
    (tmp_path / "A.TXT").write_text("Text.")
    assert [article.id for article in read_articles(tmp_path).articles] == ["A"]


def test_a_link_that_leads_nowhere_breaks_nothing(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert [article.id for article in read(tmp_path, b_txt="Text.").articles] == ["b"]


def test_an_empty_folder_holds_nothing(tmp_path):
    assert read_articles(tmp_path) == Articles((), ())


def test_a_missing_folder_raises_a_data_error_that_names_it(tmp_path):
    with pytest.raises(DataError) as raised:
        read_articles(tmp_path / "nowhere")
    assert raised.value.problem.file == str(tmp_path / "nowhere")


def test_a_file_instead_of_a_folder_raises_a_data_error(tmp_path):
    (tmp_path / "a.txt").write_text("Text.")
    with pytest.raises(DataError):
        read_articles(tmp_path / "a.txt")


def test_of_two_articles_with_one_id_the_first_stays(tmp_path):
    found = read(tmp_path, a_md=md("First."), b_jsonl=record(id="slug", text="Second."), slug_txt="Third.")
    assert [article.text for article in found.articles] == ["First."]
    assert where(found) == [("error", "b.jsonl", "slug", "id"), ("error", "slug.txt", "slug", "id")]
    assert all("a.md" in problem.message for problem in found.problems)


DIGEST_URL = "https://example.org/2013/08/story"


@pytest.mark.parametrize(
    "url",
    [
        DIGEST_URL,
        DIGEST_URL + "/",
        DIGEST_URL + "#",
        DIGEST_URL.replace("https", "http"),
        DIGEST_URL.replace("example", "www.example"),
        DIGEST_URL.replace("https://example", "HTTP://WWW.Example") + "/",
    ],
)
def test_a_full_text_takes_the_place_of_its_digest(tmp_path, url):
    found = read(tmp_path, a_md=md(url=DIGEST_URL), b_jsonl=record(id="full", url=url))
    assert [article.id for article in found.articles] == ["full"]
    assert found.problems == ()
    found = read(tmp_path, a_md=md(url=url), b_jsonl=record(id="full", url=DIGEST_URL))
    assert [article.id for article in found.articles] == ["full"]


@pytest.mark.parametrize("url", [DIGEST_URL + "-2", DIGEST_URL + "?page=2", "https://example.net/2013/08/story", None])
def test_a_full_text_of_another_address_does_not(tmp_path, url):
    found = read(tmp_path, a_md=md(url=DIGEST_URL), b_jsonl=record(id="full", url=url))
    assert [article.id for article in found.articles] == ["slug", "full"]


def test_articles_without_address_replace_nothing(tmp_path):
    found = read(tmp_path, a_md=md(url=None), b_jsonl=record(id="full", url=None), c_txt="Text.")
    assert [article.id for article in found.articles] == ["slug", "full", "c"]


def test_two_full_texts_of_one_address_both_stay(tmp_path):
    found = read(tmp_path, a_jsonl=record(id="one", url=DIGEST_URL) + b"\n" + record(id="two", url=DIGEST_URL))
    assert [article.id for article in found.articles] == ["one", "two"]


# Dates


@pytest.mark.parametrize(
    ("value", "best", "days"),
    [
        (None, None, None),
        ("", None, None),
        ("", "", None),
        ("2013-08-06", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        (date(2013, 8, 6), None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        (" 2013-08-06 ", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("2013-08", None, ("2013-08-01", "2013-08-31", "2013-08-16")),
        ("2012-02", None, ("2012-02-01", "2012-02-29", "2012-02-15")),
        ("2013", None, ("2013-01-01", "2013-12-31", "2013-07-02")),
        (2013, None, ("2013-01-01", "2013-12-31", "2013-07-02")),
        ("[2013-08-05..2013-08-10]", None, ("2013-08-05", "2013-08-10", "2013-08-07")),
        ("[ 2013-08-05 .. 2013-08-10 ]", "2013-08-06", ("2013-08-05", "2013-08-10", "2013-08-06")),
        ("[2013-08..2013-09]", "2013-09-30", ("2013-08-01", "2013-09-30", "2013-09-30")),
        ("[2013-08-06..2013-08-06]", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("2013-08-06T12:00:00", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("2013-08-06T23:59:59Z", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("2013-08-06 12:00", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("2013-08-06T01:30:00+03:00", None, ("2013-08-05", "2013-08-05", "2013-08-05")),
        ("2013-08-06T21:30:00-05:00", None, ("2013-08-07", "2013-08-07", "2013-08-07")),
        ("2013-08-06T12:00:00.123Z", None, ("2013-08-06", "2013-08-06", "2013-08-06")),
        ("1900-01-01", None, ("1900-01-01", "1900-01-01", "1900-01-01")),
        ("2100-12-31", None, ("2100-12-31", "2100-12-31", "2100-12-31")),
    ],
)
def test_parse_published(value, best, days):
    assert parse_published(value, best) == (days and DayRange(*map(date.fromisoformat, days)))


@pytest.mark.parametrize(
    ("value", "best"),
    [
        ("2013-02-30", None),
        ("2013-02-29", None),
        ("2013-13", None),
        ("2013-00-01", None),
        ("2013-08-00", None),
        ("2013-8-6", None),
        ("20130806", None),
        ("06/08/2013", None),
        ("August 2013", None),
        ("2013 Aug 6", None),
        ("2013 Aug", None),
        ("2013-08 10", None),
        ("2013T", None),
        ("1899-12-31", None),
        ("2101-01-01", None),
        ("0013-08-06", None),
        ("2013-08-06T25:00", None),
        ("2013-08-06 noon", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:00:00-05:00", None),
        ("[2013-08-10..2013-08-05]", None),
        ("[2013-08-05..]", None),
        ("[..2013-08-05]", None),
        ("[2013-08-05]", None),
        ("2013-08-05..2013-08-10", None),
        ("2013-08-05/2013-08-10", None),
        ("x" * 10_000, None),
        (True, None),
        (-1, None),
        ([], None),
        ("2013-08-06", "2013-08-07"),
        ("[2013-08-05..2013-08-10]", "2013-08-11"),
        ("[2013-08-05..2013-08-10]", "2013-08-04"),
        ("2013-08-06", "some day"),
        (None, "2013-08-06"),
    ],
)
def test_what_is_no_date_is_a_value_error(value, best):
    with pytest.raises(ValueError, match=r"."):
        parse_published(value, best)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@PROPERTIES
@given(DAYS, DAYS)
def test_a_range_is_read_as_written_and_its_middle_lies_in_it(one, other):
    start, end = sorted((one, other))
    found = parse_published(f"[{start}..{end}]")
    assert (found.start, found.end) == (start, end)
    assert abs((found.best - start) - (end - found.best)) <= timedelta(days=1)
    assert start <= found.best <= end
    if start < end:
        with pytest.raises(ValueError, match="before"):
            parse_published(f"[{end}..{start}]")


@PROPERTIES
@given(
    st.datetimes(
        datetime(1901, 1, 1),
        datetime(2099, 12, 31),
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_a_time_stamp_is_its_day_in_utc(moment):
    day = (moment.replace(tzinfo=None) - moment.utcoffset()).date()
    assert parse_published(moment.isoformat()) == DayRange(day, day, day)


@PROPERTIES
@given(st.text() | st.from_regex(r"\[?\d{4}(-\d\d){0,2}([T ][\d:+Z]*)?(\.\.\d{4}(-\d\d){0,2}\])?", fullmatch=True))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        found = parse_published(text)
    except ValueError:
        return
    assert found is None or date(1900, 1, 1) <= found.start <= found.best <= found.end <= date(2100, 12, 31)


# The canonical form


@pytest.mark.parametrize("path", sorted(MINI.glob("*.md")), ids=lambda path: path.name)
def test_canonical_is_a_fixed_point(path):
    text = path.read_text(encoding="utf-8")
    assert canonical(path.name, text) == text


def test_canonical_orders_the_fields_and_parts_the_blocks():
    text = (
        "---\nzebra: 1\nkind: digest\n\ntitle: T\nid:   a\nparagraphs:\n- 1\n- 2\n---\n\n\n\nOne. \t\nStill.\n\n \n\n  Two.\n\n"
    )
    assert canonical("a.md", text) == (
        "---\nid: a\ntitle: T\nkind: digest\nparagraphs: [1, 2]\nzebra: 1\n---\n\nOne.\nStill.\n\nTwo.\n"
    )


def test_canonical_keeps_one_line_a_field_also_without_paragraph_numbers():
    """As articles/README.md shows it."""
    assert canonical("a.md", md(paragraphs=...)).startswith("---\nid: slug\ntitle: Title\npublisher: Courier\n")


FIELDS = st.dictionaries(
    st.sampled_from(["id", "title", "author", "url", "published", "rights", "zebra", "kind"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.dates().map(str)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(
        ["a: b", "- a", "---", "a\n---\nb", "'x'", "#", "[2013-08-05..2013-08-10]", "{{7*7}}", "yes", "1e3", "~", "é\r\n"]
    ),
)
BODIES = st.text(st.sampled_from(list("ab. \t\r\n\f\v\x1c\x85\u2028\u00a0é-#سل"))) | st.text(
    st.characters(exclude_categories=["Cs"])
)


@PROPERTIES
@given(FIELDS, BODIES, st.none() | st.lists(st.integers(1, 9), max_size=4))
@example({"id": "a"}, "One \f\f two", None)
@example({"id": "a"}, "One\u2028\u2028two", None)
def test_canonical_is_idempotent_and_keeps_fields_and_blocks(fields, body, paragraphs):
    if paragraphs is not None:
        fields = fields | {"paragraphs": paragraphs}
    text = f"---\n{json.dumps(fields)}\n---\n\n{body}"
    once = canonical("a.md", text)
    assert canonical("a.md", once) == once
    assert len(list(blocks(once.split("---\n\n", 1)[1]))) == len(list(blocks(body)))


def test_canonical_reads_as_the_same_article(tmp_path):
    before = read(tmp_path, a_md=md("One.\n\nTwo.", paragraphs=[1, 2], author="Ünal: “A”", url=DIGEST_URL)).articles
    after = read(tmp_path, a_md=canonical("a.md", (tmp_path / "a.md").read_text(encoding="utf-8")))
    assert after.articles == before
    assert after.problems == ()


@pytest.mark.parametrize("text", ["", "Text.", "---\n- a\n---\nText."])
def test_canonical_without_front_matter_is_a_data_error(text):
    with pytest.raises(DataError) as raised:
        canonical("a.md", text)
    assert raised.value.problem.file == "a.md"
