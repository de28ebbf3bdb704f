"""Gold files of the formats that the field uses -> texts with their marked toponyms. Nothing here touches the disk.

Told apart by what they hold, not by their names: our JSON Lines (tests/data/gold/README.md); the XML of LGL and TR-News (offsets
from 0) and of GeoVirus (offsets from 1); W3C Web Annotations in JSON-LD, as Recogito writes them, whose texts are files of their own.
A text of which any part is broken is left out and reported: measured half-marked, it would call right answers false.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conflictmap.errors import DataError, error
from conflictmap.evaluation.accuracy.gold import MAX_BYTES, Fields, Gold, GoldText, TextOf, records
from conflictmap.evaluation.accuracy.gold_annotations import annotations_document, from_annotations
from conflictmap.evaluation.accuracy.gold_xml import from_xml


def parse_gold(file: str, data: bytes, text_of: TextOf | None = None) -> Gold:
    """The texts of a gold file in any of the formats. Raises DataError if it is in none of them."""
    if len(data) > MAX_BYTES:
        raise DataError(error(file, "", "", f"is larger than {MAX_BYTES:,} bytes"))
    gold = Gold()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        from_xml(file, data, gold)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            raise DataError(error(file, "", "", f"cannot be read: {failure}")) from failure
        document = annotations_document(text)
        if document is None:
            _from_json_lines(file, text, gold)
        else:
            from_annotations(file, document, text_of, gold)
    if not gold.texts and not gold.problems:
        gold.problems.append(error(file, "", "", "holds no text"))
    return gold


def _from_json_lines(file: str, text: str, gold: Gold) -> None:
    gold.texts += records(file, text, _record, gold.problems)
    # What one record marks, the file marks: a record without the key holds none.
    if any(one.derived is not None for one in gold.texts):
        gold.texts = [replace(one, derived=one.derived or ()) for one in gold.texts]
    if any(one.suggested is not None for one in gold.texts):
        gold.texts = [replace(one, suggested=one.suggested or ()) for one in gold.texts]


def _record(file: str, record: str, fields: Any) -> GoldText:
    if not isinstance(fields, dict):
        raise DataError(error(file, record, "", "not a JSON object"))
    text = fields.get("text")
    if not isinstance(text, str):
        raise DataError(error(file, record, "text", "missing, or not text"))
    read = Fields(file, record, text)
    return GoldText(
        str(fields.get("id", record)),
        text,
        tuple(read.toponym(where, one) for where, one in read.items(fields, "toponyms", needed=True)),
        None if fields.get("derived") is None else tuple(read.derived(w, one) for w, one in read.items(fields, "derived")),
        None if fields.get("suggested") is None else tuple(read.suggested(w, one) for w, one in read.items(fields, "suggested")),
    )
