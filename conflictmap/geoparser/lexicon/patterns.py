"""From a word list to a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str], blank: str = r"\s+") -> str:
    """Alternatives that match any of the words, the longest first; `blank` stands for the blanks inside a phrase."""
    return "|".join(re.escape(word).replace(r"\ ", blank) for word in sorted(words, key=len, reverse=True))
