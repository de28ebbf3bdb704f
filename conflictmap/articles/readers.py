"""Reads articles: a folder of .md (front matter + plain text), .txt and .jsonl (articles/README.md is the format).

A broken file or record is reported with file, record and field; everything else is kept. A text is never
changed: its offsets are those of the file (a byte-order mark dropped, line ends as they are).
"""

from __future__ import annotations

import hashlib
import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from conflictmap.errors import DataError, Problem, error, warning
from conflictmap.model import Article, DayRange
from conflictmap.text import blocks, passages

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest .md or .txt file, and the longest line of a .jsonl file, that is read."""
MAX_CHARACTERS = 20_000_000
"""The longest text of a record."""
MAX_FRONT_MATTER = 64 * 1024
SUFFIXES = (".md", ".txt", ".jsonl")
NOT_ARTICLES = frozenset({"README.md", "decisions.jsonl"})
FIRST_YEAR, LAST_YEAR = 1900, 2100
FIELDS = (
    "id", "title", "author", "publisher", "url", "published", "published_best", "published_evidence",
    "language", "rights", "kind", "extent", "paragraphs",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:\r?\n|(?<=\n))---[ \t]*(?:\r?\n\s*|\Z)", re.DOTALL)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")
_ONE_OF = re.compile(r"\[\s*([^\]]*?)\s*\.\.\s*([^\]]*?)\s*\]")


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a folder in the order of their files, and what was wrong with them."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def read_articles(folder: Path) -> Articles:
    """Read every article file of a folder (not of folders in it).

    Never raises for bad content. A full text takes the place of a digest with the same URL; of two articles
    with one id the first stays. Raises DataError if the folder does not exist.
    """
    if not folder.is_dir():
        raise DataError(error(str(folder), "", "", "no such folder of articles"))
    problems: list[Problem] = []
    kept: dict[str, Article] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or path.name in NOT_ARTICLES or path.name.startswith(".") or not path.is_file():
            continue
        for article in read_file(path, problems):
            if article.id in kept:
                problems.append(error(path.name, article.id, "id", f"this id stands already in {kept[article.id].file}"))
            else:
                kept[article.id] = article
    return Articles(tuple(without_replaced_digests(kept.values())), tuple(problems))


def without_replaced_digests(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles but for digests whose full text, by its URL, is among them. Holds them all."""
    every = list(articles)
    full = {same_url(article.url) for article in every if article.kind == "full text" and article.url}
    return (a for a in every if not (a.kind == "digest" and a.url and same_url(a.url) in full))


def same_url(url: str | None) -> str:
    """What an address has in common with its other spellings: with https or www. or a slash at the end, or without."""
    return re.sub(r"^https?://(www\.)?|[/#]+$", "", (url or "").lower())


def read_file(path: Path, problems: list[Problem]) -> Iterator[Article]:
    """The articles of one file; what is wrong with it is added to `problems`."""
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() == ".jsonl":
                for number, fields in json_records(path.name, stream, problems):
                    yield from from_record(path.name, f"line {number}", fields, problems, f"{path.stem}-{number}")
            else:
                yield from from_document(path.name, stream.read(MAX_FILE_BYTES + 1), problems)
    except OSError as failure:
        problems.append(error(path.name, "", "", f"cannot be read: {failure.strerror or failure}"))


def from_document(file: str, data: bytes, problems: list[Problem]) -> Iterator[Article]:
    """The article, if any, of a .md or .txt file of this name and content."""
    try:
        if not is_unicode(file):
            raise DataError(error(ascii(file), "", "", "its name is not UTF-8: rename it"))
        if len(data) > MAX_FILE_BYTES:
            raise DataError(error(file, "", "", f"larger than {MAX_FILE_BYTES // 2**20} MB: left out"))
        text = data.decode("utf-8-sig")
        if not text.strip():
            raise DataError(error(file, "", "text", "the file is empty"))
        if Path(file).suffix.lower() == ".txt":
            yield _with_hash(Article(Path(file).stem, first_line(text), None, text, file=file))
        else:
            yield _from_markdown(file, text, problems)
    except UnicodeDecodeError as failure:
        problems.append(error(file, "", "", f"not UTF-8 at byte {failure.start}: save it as UTF-8"))
    except DataError as failure:
        problems.append(failure.problem)


def first_line(text: str) -> str:
    """The first line that says anything, not longer than a title."""
    return next(line for line in text.splitlines() if line.strip()).strip()[:300]


def _with_hash(article: Article) -> Article:
    return replace(article, text_hash=hashlib.sha256(article.text.encode()).hexdigest()[:16])


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def split_front_matter(file: str, text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a mapping, and what follows it. Raises DataError."""
    found = _FRONT_MATTER.match(text)
    if not found:
        raise DataError(error(file, "", "front matter", "the file does not begin with front matter between two lines of ---"))
    if len(found[1]) > MAX_FRONT_MATTER:
        raise DataError(error(file, "", "front matter", f"longer than {MAX_FRONT_MATTER // 1024} KB"))
    try:
        fields = yaml.load(found[1], Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as failure:
        mark = getattr(failure, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        said = getattr(failure, "problem", None) or str(failure).splitlines()[0]
        raise DataError(error(file, "", "front matter", f"not valid YAML{where}: {said}")) from failure
    if not isinstance(fields, dict):
        raise DataError(error(file, "", "front matter", "not a list of `field: value` lines"))
    return fields, text[found.end() :]


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a date stays as it is written, so that a wrong one is reported as ours, with its field."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _from_markdown(file: str, text: str, problems: list[Problem]) -> Article:
    fields, body = split_front_matter(file, text)
    article = _article(file, fields.get("id"), fields, body.rstrip(), "digest", problems)
    if not _SLUG.fullmatch(article.id):
        problems.append(warning(file, article.id, "id", "is not a slug (a-z, 0-9, single hyphens)"))
    unknown = sorted(str(name) for name in set(fields) - set(FIELDS))
    if unknown:
        problems.append(
            warning(file, article.id, unknown[0], "unknown field" if len(unknown) == 1 else f"unknown fields: {unknown}")
        )
    return _with_fitting_paragraphs(article, article.id, problems)


def _with_fitting_paragraphs(article: Article, record: str, problems: list[Problem]) -> Article:
    given = len(article.paragraphs)
    number = len(passages(article)) if given else 0
    if given != number:
        problems.append(warning(article.file, record, "paragraphs", f"{given} numbers for {number} blocks: left out"))
        return replace(article, paragraphs=())
    return article


def json_records(file: str, stream: BinaryIO, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a stream of JSON Lines, each with the number of its line; any other line is reported. May raise OSError."""
    for number, line in enumerate(_lines(stream), start=1):
        record = f"line {number}"
        if len(line) > MAX_FILE_BYTES:
            problems.append(error(file, record, "", f"longer than {MAX_FILE_BYTES // 2**20} MB: left out"))
        elif line.strip():
            try:
                fields = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as failure:  # not UTF-8, not JSON, or a number of thousands of digits
                problems.append(error(file, record, "", f"not valid JSON in UTF-8: {failure}"))
                continue
            if isinstance(fields, dict):
                yield number, fields
            else:
                problems.append(error(file, record, "", "not a JSON object"))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, each cut to one byte more than is allowed."""
    while line := stream.readline(MAX_FILE_BYTES + 1):
        yield line
        while len(line) > MAX_FILE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_FILE_BYTES + 1)


def from_record(file: str, record: str, fields: Mapping[str, Any], problems: list[Problem], unnamed: str) -> Iterator[Article]:
    """The article, if any, that a record's fields describe; `unnamed` is its id if it has none."""
    try:
        text = fields.get("text")
        if not isinstance(text, str) or not text.strip():
            raise DataError(error(file, record, "text", "missing or empty"))
        if len(text) > MAX_CHARACTERS:
            raise DataError(error(file, record, "text", f"longer than {MAX_CHARACTERS // 10**6} million characters: left out"))
        article_id = unnamed if fields.get("id") in (None, "") else fields["id"]
        article = _article(file, article_id, fields, text, "full text", problems, record)
        yield _with_fitting_paragraphs(article, record, problems)
    except DataError as failure:
        problems.append(failure.problem)


def _article(
    file: str, article_id: Any, fields: Mapping[str, Any], text: str, kind: Any, problems: list[Problem], record: str = ""
) -> Article:
    if not isinstance(article_id, str | int) or not str(article_id).strip() or len(str(article_id)) > 200:
        raise DataError(error(file, record, "id", "missing, or longer than 200 characters"))
    article_id = str(article_id).strip()
    if not is_unicode(article_id):
        raise DataError(error(file, record, "id", "is not Unicode text"))
    if not text.strip():
        raise DataError(error(file, record or article_id, "text", "there is no text"))
    if not is_unicode(text):
        raise DataError(error(file, record or article_id, "text", "is not Unicode text"))

    def line(name: str) -> str | None:
        value = fields.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            problems.append(error(file, record or article_id, name, "is not text: left out"))
            return None
        whole = " ".join(str(value).split())
        if not is_unicode(whole):
            problems.append(error(file, record or article_id, name, "is not Unicode text: left out"))
            return None
        return whole if name == "url" else whole[:1000]

    url = line("url")
    if url and not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", url, re.IGNORECASE):
        problems.append(error(file, record or article_id, "url", f"is not an http or https address: {url[:80]!r}: left out"))
        url = None
    if fields.get("kind") in ("digest", "full text"):
        kind = fields["kind"]
    elif fields.get("kind") not in (None, ""):
        problems.append(error(file, record or article_id, "kind", f"is neither `digest` nor `full text`: taken as {kind}"))
    paragraphs = fields.get("paragraphs") or []
    if not (isinstance(paragraphs, list) and all(isinstance(n, int) and n > 0 for n in paragraphs)):
        problems.append(error(file, record or article_id, "paragraphs", "is not a list of paragraph numbers: left out"))
        paragraphs = []
    title = line("title")
    if not title:
        problems.append(warning(file, record or article_id, "title", "missing: the first line of the text is shown"))
        title = first_line(text)
    try:
        published = parse_published(fields.get("published"), fields.get("published_best"))
    except ValueError as failure:
        field_name = "published_best" if str(failure).startswith(("the best day", "a best day")) else "published"
        problems.append(error(file, record or article_id, field_name, f"{failure}: the article is shown as undated"))
        published = None
    return _with_hash(
        Article(
            id=article_id, title=title, publisher=line("publisher"), text=text, author=line("author"), url=url,
            published=published, published_evidence=line("published_evidence"), language=line("language") or "en",
            rights=line("rights"), kind=kind, extent=line("extent"), paragraphs=tuple(paragraphs), file=file,
        )
    )  # fmt: skip


def parse_published(value: Any, best: Any = None) -> DayRange | None:
    """A publication date: `2013-08-06`, `2013-08` (one day of the month), or EDTF's one of a range `[2013-08-05..2013-08-10]`.

    None stays None. The best day of a range is its middle where none is given. Raises ValueError.
    """
    if value is None or value == "":
        if best:
            raise ValueError("a best day without a date")
        return None
    found = _ONE_OF.fullmatch(str(value).strip())
    first, last = (found[1], found[2]) if found else (str(value).strip(), str(value).strip())
    start, end = _days(first)[0], _days(last)[1]
    if start > end:
        raise ValueError(f"the range {value} ends before it begins")
    likeliest = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
    if best:
        try:
            likeliest = _days(str(best))[0]
        except ValueError as failure:
            raise ValueError(f"the best day is {failure}") from None
        if not start <= likeliest <= end:
            raise ValueError(f"the best day {best} is not in the range {value}")
    return DayRange(start, end, likeliest)


def _days(text: str) -> tuple[date, date]:
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(f"not a date (YYYY-MM-DD): {text[:40]!r}")
    if len(text) > 10:
        try:
            moment = datetime.fromisoformat(text)
            day = (moment.astimezone(UTC) if moment.tzinfo else moment).date()
        except (ValueError, OverflowError):
            raise ValueError(f"not a date (YYYY-MM-DD): {text[:40]!r}") from None
        found = _DAY.fullmatch(day.isoformat())
        assert found
    year = int(found[1])
    month, day_of_month = (None if part is None else int(part) for part in (found[2], found[3]))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day_of_month is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day_of_month), date(year, month, day_of_month)
    except ValueError:
        raise ValueError(f"no such day: {text[:40]}") from None


_LINE_END = re.compile(r"\r\n|\r|\n")


class _Dumper(yaml.SafeDumper):
    """A line a field, a list on one line."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        return super().represent_sequence(tag, sequence, flow_style=True)


def canonical(file: str, text: str) -> str:
    """A Markdown article as this project writes it: fields in order, blocks parted by one blank line. Raises DataError."""
    fields, body = split_front_matter(file, text)
    ordered = {name: fields[name] for name in FIELDS if name in fields}
    ordered |= {name: fields[name] for name in sorted(set(fields) - set(FIELDS), key=str)}
    head = yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False)
    parts = ["\n".join(line.rstrip() for line in _LINE_END.split(body[start:end])) for start, end in blocks(body)]
    return f"---\n{head}---\n\n" + "\n\n".join(parts) + "\n"
