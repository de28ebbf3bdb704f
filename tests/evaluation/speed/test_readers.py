"""Two readers for a moment: what is measured of twenty for a minute."""

from __future__ import annotations

from pathlib import Path

from conflictmap.evaluation.speed.readers import ALONE_MOVES, BURSTS, many_readers


def test_readers_are_timed_alone_at_their_own_pace_and_in_the_same_moment(
    root: Path, three_articles_folder: Path, tmp_path: Path
) -> None:
    found = many_readers(three_articles_folder, root / "gazetteer", tmp_path, sessions=2, seconds=4, pause=1)
    assert found.errors == []
    assert 0 < len(found.alone) <= ALONE_MOVES
    assert 0 < len(found.burst) <= 2 * BURSTS
    assert found.together
    assert len(found.memory) == 3
    assert all(time > 0 for times in (*found.alone, *found.together, *found.burst) for time in times)
