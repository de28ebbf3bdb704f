"""What recognition learns of an article besides its mentions: who is a person in it, and which names a veto turned down."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflictmap.model import TurnedDown


@dataclass(slots=True)
class Notes:
    """Notes on one article, filled passage by passage.

    `persons` holds, in lower case, the names that a veto found to be persons'; `turned_down` the names that vetoes turned down, None if they are not wanted;
    `start` is the offset of the passage at hand.
    """

    persons: set[str] = field(default_factory=set)
    turned_down: list[TurnedDown] | None = None
    start: int = 0

    def turn_down(self, text: str, begin: int, finish: int, rule: str) -> None:
        """Note that a rule of vocabulary.VETOES turned down the name between two offsets of the passage."""
        if self.turned_down is not None:
            self.turned_down.append(TurnedDown(begin + self.start, finish + self.start, text[begin:finish], rule))
