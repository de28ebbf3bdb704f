"""Places over time as a chart of links, in HTML: a lane for each place, a mark for each bin of days in which it is named.

Every mark is a link to the map with that place and those days chosen, so it works with a keyboard and a screen reader too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import urlencode

from conflictmap.questions import Questions, View
from conflictmap.screens.wording import about, day, plural

Bin = tuple[date, date]


def lanes_html(questions: Questions, view: View, most: int) -> str:
    """The chart of the view's clock and filters; an empty text if nothing is dated."""
    bins = [(begin, end) for begin, end, _ in questions.histogram(view=view)]
    lanes = questions.lanes(view, most)
    if not bins or not lanes:
        return ""
    first, last = bins[0][0], bins[-1][1]
    whole = (last - first).days + 1

    def left(when: date) -> float:
        return 100 * (when - first).days / whole

    top = max(max(counted) for *_, counted in lanes)
    rows = [_articles(questions.articles_by_bin(view), bins, left, whole)]
    for feature, title, counted in lanes:
        marks = []
        for (begin, end), number in zip(bins, counted, strict=True):
            if number <= 0:
                continue
            size = max(5.0, 22 * (number / top) ** 0.5)
            centre = (left(begin) + left(end) + 100 / whole) / 2
            link = _link(replace(view, place=feature, article=None, start=begin, end=end))
            told = escape(f"{title}: {about(number)}, {_span(begin, end)}")
            marks.append(
                f'<a href="{link}" target="_self" title="{told}" aria-label="{told}" '
                f'style="left:{centre:.2f}%;width:{size:.0f}px;height:{size:.0f}px"></a>'
            )
        whole_lane = _link(replace(view, place=feature, article=None, start=None, end=None))
        rows.append(
            f'<div class="cm-lane"><a class="cm-lane-name" href="{whole_lane}" target="_self">{escape(title)}</a>'
            f'<div class="cm-lane-marks">{"".join(marks)}</div></div>'
        )
    return f'<div class="cm-lanes">{_axis(first, last, left)}{"".join(rows)}</div>'


def _link(view: View) -> str:
    return escape(f"./?{urlencode(view.to_query())}")


def _span(begin: date, end: date) -> str:
    return day(begin) if begin == end else f"{day(begin)} to {day(end)}"


def _articles(counted: Sequence[int], bins: Sequence[Bin], left: Callable[[date], float], whole: int) -> str:
    """How many articles appeared in each bin: silence of the corpus is not peace."""
    top = max(counted, default=0) or 1
    bars = "".join(
        f'<i style="left:{left(begin):.2f}%;width:{100 * ((end - begin).days + 1) / whole:.2f}%;height:{100 * number / top:.0f}%" '
        f'title="{plural(number, "article")}, {_span(begin, end)}"></i>'
        for (begin, end), number in zip(bins, counted, strict=True)
        if number
    )
    return (
        '<div class="cm-lane cm-lane-articles"><span class="cm-lane-name">Articles published</span>'
        f'<div class="cm-lane-marks" role="img" aria-label="{plural(sum(counted), "article")} over the whole time">{bars}</div></div>'
    )


def _axis(first: date, last: date, left: Callable[[date], float]) -> str:
    """Years, or months where the whole is short, at the top."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if months <= 10 else 3 if months <= 30 else 12
    marks = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        when = date(year, month, 1)
        if (month - 1) % step == 0 and when >= first:
            told = str(year) if step == 12 else f"{when:%b %Y}"
            marks.append(f'<span style="left:{left(when):.2f}%">{told}</span>')
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return f'<div class="cm-lane cm-lane-axis"><span class="cm-lane-name"></span><div class="cm-lane-marks">{"".join(marks)}</div></div>'
