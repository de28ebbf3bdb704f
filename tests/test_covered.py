"""The figure of coverage that `make test` prints."""

from support.covered import lines


def test_lines_are_added_up_by_room() -> None:
    files = {
        "conflictmap/text.py": {"executed_lines": [1, 2, 3], "missing_lines": [4]},
        "conflictmap/geoparser/names/cues.py": {"executed_lines": [1], "missing_lines": []},
        "conflictmap/geoparser/context.py": {"executed_lines": [1], "missing_lines": [2, 3, 4]},
        "pages/_place.py": {"executed_lines": [], "missing_lines": [7]},
    }
    figures = [line.split() for line in lines({"files": files})[1:-1]]
    assert figures == [["75.0%", "conflictmap"], ["40.0%", "conflictmap/geoparser"], ["0.0%", "pages"], ["50.0%", "all"]]
