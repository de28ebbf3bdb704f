"""The words and the HTML of the pages, without Streamlit.

wording          everything said in sentences
reader           an article with its names marked
gazetteer_view   the page of a place
timeline         lanes over the years
look             pages.css, the style of all pages
"""

from conflictmap.screens import gazetteer_view, reader, wording
from conflictmap.screens.gazetteer_view import Homonym
from conflictmap.screens.look import style
from conflictmap.screens.timeline import lanes_html
from conflictmap.screens.wording import day

__all__ = ["Homonym", "day", "gazetteer_view", "lanes_html", "reader", "style", "wording"]
