"""Where sentences, quotations and brackets begin and end."""

from __future__ import annotations

import pytest
from support.growth import in_proportion

from conflictmap.geoparser.attribution.quotations import Quotations, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. We ran.", ["It rained.", "We ran."]),
        ("It rained on Friday. 35 were killed.", ["It rained on Friday.", "35 were killed."]),
        ("It rained on No. 35 and on Gen. Ali.", ["It rained on No. 35 and on Gen. Ali."]),
        ("It was J. Smith. in truth.", ["It was J. Smith. in truth."]),
        ("“We ran.” They came.", ["“We ran.”", "They came."]),
        ("What?! “No.”", ["What?!", "“No.”"]),
        ("", [""]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We ran,” he said. “They came.”", ["“We ran,”", "“They came.”"]),
        ('"We ran," he said. "They came."', ['"We ran,"', '"They came."']),
        ("‘We ran,’ said Syria’s envoy.", ["‘We ran,’"]),
        ("'We ran,' said Syria's envoy.", ["'We ran,'"]),
        ("«We ran», he said.", ["«We ran»"]),
        ("He said: “We ran", ["“We ran"]),
        ('A 5" gun', []),
        ("the rebels' and the army's", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in Quotations(text).spans] == quoted


def test_what_an_offset_stands_in() -> None:
    text = "He said (in Homs) “we ran”."
    quotations = Quotations(text)
    assert text[slice(*quotations.narrowed(0, len(text), text.index("Homs")))] == "in Homs"
    assert text[slice(*quotations.narrowed(0, len(text), text.index("ran")))] == "we ran"
    assert quotations.narrowed(0, len(text), 3) == (0, len(text))
    assert quotations.quote_any([(0, 2), (text.index("ran"), text.index("ran") + 3)])
    assert not quotations.quote_any([(0, 2), (len(text) - 1, len(text))])


@pytest.mark.parametrize("pattern", ["'a ", "“ ”", '"', "a. A", "....", "('"])
def test_work_grows_with_the_length(pattern: str) -> None:
    def read(length: int) -> None:
        text = pattern * (length // len(pattern))
        Quotations(text)
        list(sentences(text))

    assert in_proportion(read, 20_000)
