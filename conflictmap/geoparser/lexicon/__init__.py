"""The words as data, a folder a language. What a word means to a rule is said in these files and not in code.

lists   reads the files of en/
"""

from conflictmap.geoparser.lexicon.lists import lexicon, word_lists

__all__ = ["lexicon", "word_lists"]
