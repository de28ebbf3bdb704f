"""The style of the pages is one element and nothing else."""

from __future__ import annotations

from conflictmap.screens.look import style


def test_the_style_is_one_element_with_balanced_rules() -> None:
    assert style().startswith("<style>\n")
    assert style().endswith("</style>")
    assert style().count("<") == 2
    assert style().count("{") == style().count("}") > 30
