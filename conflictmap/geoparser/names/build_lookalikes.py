"""Writes lookalikes.yaml: frequent English words that read like a name of the gazetteer in another spelling.

Run after names are added: python -m conflictmap.geoparser.names.build_lookalikes WORDS. WORDS has one word a line, the most frequent first; ours
was the large English list of wordfreq 3.1.1 (Robyn Speer, CC BY-SA 4.0), of which only the words that collide are kept.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from conflictmap.files import write_atomically
from conflictmap.gazetteer import read_gazetteer
from conflictmap.geoparser.names.compiled import compile_names
from conflictmap.text import fold_name

MOST_FREQUENT = 150_000
# Frequent only because the news print them: true spellings of places that they read like.
SPELLINGS = frozenset(["hool", "karama", "kabane", "nasib", "medinah", "jebel", "jabal"])
ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", type=Path)
    words = parser.parse_args().words.read_text(encoding="utf-8").split()[:MOST_FREQUENT]
    gazetteer = read_gazetteer(ROOT / "gazetteer")
    spellings = compile_names(gazetteer).spellings
    spellings.never = frozenset()
    listed: dict[str, set[str]] = {}  # folded name -> its places; "*" if any of them is found by it
    for place in gazetteer.places.values():
        for toponym in place.toponyms:
            listed.setdefault(fold_name(toponym.text), set()).update({place.id, "*"} if toponym.matchable else {place.id})
    found = []
    for word in sorted(set(words) - SPELLINGS):
        known = listed.get(
            word, frozenset()
        )  # another place's own name, though it is not looked for, is no spelling of this one's
        if "*" not in known and not known.intersection(like := spellings.places(word)) and like:
            found.append(word)
    head = (
        "# Frequent English words and names that read like a listed name in another spelling, and are none.\n"
        "# Made by build_lookalikes.py from the large English word list of wordfreq 3.1.1 (CC BY-SA 4.0); not to be edited here.\n"
    )
    body = textwrap.fill(", ".join(f'"{word}"' for word in found), 150, initial_indent="  [", subsequent_indent="   ")
    write_atomically(ROOT / "conflictmap" / "geoparser" / "lexicon" / "en" / "lookalikes.yaml", f"{head}words:\n{body}]\n")


if __name__ == "__main__":
    main()
