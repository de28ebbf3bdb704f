"""What has to hold of the mentions of any text."""

from collections.abc import Sequence

from conflictmap.model import Mention


def check_sound(text: str, mentions: Sequence[Mention]) -> None:
    """Every span is inside the text and holds its own characters; they stand in order and do not overlap."""
    taken = 0
    for mention in mentions:
        assert taken <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        taken = mention.end
