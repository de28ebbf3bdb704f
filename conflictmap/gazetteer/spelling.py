"""Spellings of romanised Arabic that no gazetteer lists: which listed names they read like.

Romanisations of one Arabic name differ in its article, its vowels, a few consonants, doubled letters and where words
are parted (ALA-LC, BGN/PCGN, IJMES, French and everyday usage: none is used throughout). `reading` keeps what they
share: the consonants in order, and between them the kind of vowel. Two spellings read alike if their consonants are the same and no
vowel contradicts. That is a weak likeness, so whoever finds a name by it must ask for support from the context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from conflictmap.text import fold_name

ARTICLES = frozenset(
    ["al", "el", "il", "ul", "an", "en", "ar", "er", "as", "es", "ash", "esh", "ach", "ech", "at", "et", "ad", "ed", "az", "ez", "adh", "edh", "ath", "eth"]
)  # fmt: skip
"""The Arabic article as romanisations write it, also assimilated to a sun letter."""

MIN_CONSONANTS = 3
GENERIC = frozenset(
    [
        "ain",
        "ayn",
        "ein",
        "bab",
        "bir",
        "birket",
        "bani",
        "beit",
        "bayt",
        "burj",
        "bourj",
        "deir",
        "dayr",
        "der",
        "hayy",
        "jabal",
        "jebel",
        "djebel",
        "jisr",
        "jisir",
        "kafr",
        "kfar",
        "kafar",
        "khan",
        "khirbet",
        "khirbat",
        "marj",
        "mazraat",
        "mount",
        "nahr",
        "naher",
        "qalaat",
        "qasr",
        "ras",
        "rass",
        "sahl",
        "sheikh",
        "shaykh",
        "cheikh",
        "souk",
        "souq",
        "suq",
        "tal",
        "tall",
        "tel",
        "tell",
        "umm",
        "wadi",
        "ouadi",
        "abu",
        "abou",
    ]
)
"""Words that many names begin with, and that name nothing by themselves."""
MIN_LETTERS = 4
"""Shorter names read like too many words; with the article alone in question, fewer consonants and so many letters do."""

# What stands for one Arabic letter, or for letters that everyday romanisation does not distinguish; tried in this order.
_LETTERS = (
    ("tch", "5"), ("sch", "5"), ("dj", "j"), ("sh", "5"), ("ch", "5"), ("kh", "7"), ("gh", "9"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("ck", "k"), ("qui", "ki"), ("que", "ke"), ("gui", "ki"), ("gue", "ke"), ("q", "k"), ("g", "k"), ("x", "ks"),
)  # fmt: skip
_DOUBLED = re.compile(r"([^aeiouwy])\1+")
_PIECES = re.compile(r"[aeiouwy]+|[^aeiouwy]")
_GLUED_ARTICLE = re.compile(r"(?:[ae]l(?=\w{5})|[ae](?:sh(?=sh)|([nrstdz])(?=\1))(?=\w{5}))")


class Reading(NamedTuple):
    """`consonants` is the key to compare by; `vowels[i]` the kind of vowel before consonant i, the last one after them all.

    A kind is `a`, `i`, `d` (ay, ei), `y` (two syllables: iya, aya), `u` (o, u, w), `m` (front and back: a glide), `e` (written for any front
    vowel), in capitals if written with one letter only (it may be short, and short vowels get lost), or nothing.
    """

    consonants: str
    vowels: tuple[str, ...]


# Letters of scholarly romanisation, of Turkish and of Kurdish, whose sound folding would lose with their marks.
_MARKED = str.maketrans(
    {
        **dict.fromkeys("şŞšŠ", "sh"), **dict.fromkeys("çÇčČ", "sh"), **dict.fromkeys("ḫḪẖ", "kh"), **dict.fromkeys("ġĠ", "gh"),
        **dict.fromkeys("ǧǦ", "j"), **dict.fromkeys("žŽ", "z"),
    }
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """The folded words of a name without Arabic articles; the last word stays whatever it is."""
    words = fold_name(name.translate(_MARKED) if not name.isascii() else name).split()
    return [word for at, word in enumerate(words) if at == len(words) - 1 or word not in ARTICLES]


def reading(name: str) -> Reading:
    """How a name in Latin script reads."""
    return read_words(tuple(words_of(name)))


def read_words(words: tuple[str, ...]) -> Reading:
    """How folded words read together; where one ends and the next begins makes no difference."""
    consonants: list[str] = []
    vowels: list[str] = [""]
    pieces: tuple[str, ...] = ()
    for word in words:
        pieces = _pieces(word)
        for piece in pieces:
            if piece[0] in "aeiouwy":
                vowels[-1] = _merged(vowels[-1], _kind(piece))
            elif consonants and consonants[-1] == piece and not vowels[-1]:
                continue
            else:
                consonants.append(piece)
                vowels.append("")
    return Reading("".join(consonants), tuple(vowels))


@lru_cache(1 << 15)
def _pieces(word: str) -> tuple[str, ...]:
    for written, letter in _LETTERS:
        if written in word:
            word = word.replace(written, letter)
    word = _DOUBLED.sub(r"\1", word)
    if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou":  # ta marbuta
        word = word[:-1]
    return tuple(_PIECES.findall(word))


_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("ou|oo|o", "u"), ("ee", "i"), ("ai|ei|ey|ae", "ay"), ("aa", "a"), ("(?<=i)y(?=[aeu])", ""), ("(?<=[^aeiou])eh?$|ah$|eh$", "a"), ("e", "a"), ("(?<=[^aeiou])y$", "i"),
    )
)  # fmt: skip


def sounds(name: str) -> str:
    """A name with its sounds written one way only: all vowels stay. For names that differ in less than `reading` forgives."""
    word = "".join("".join(piece) for at, word in enumerate(words_of(name)) for piece in _pieces(word))
    for written, sound in _SOUNDS:
        word = written.sub(sound, word)
    return word


_DIPHTHONG = re.compile(r"a+[iy]+|e+[iy]+|ae")
_HIATUS = re.compile(r"[aeiy]+y[aei]+|[iy]+[ae]+|e+a+")


def _kind(run: str) -> str:
    back = any(letter in "ouw" for letter in run)
    if back:
        kind = "m" if any(letter in "aeiy" for letter in run) else "u"
    elif run == "e":
        kind = "e"
    elif not run.strip("a"):
        kind = "a"
    elif _DIPHTHONG.fullmatch(run):
        kind = "d"
    elif run != "ie" and _HIATUS.fullmatch(run):
        kind = "y"
    else:
        kind = "i"
    return kind.upper() if len(run) == 1 else kind


def _merged(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    return one.lower() if one.lower() == other.lower() else "m"


def lost_vowels(one: Reading, other: Reading) -> int | None:
    """How many short vowels one of two readings lacks or has bent; None if they cannot be one name. The first and the last must agree."""
    if one.consonants != other.consonants:
        return None
    lost = bent = 0
    last = len(one.vowels) - 1
    for at, (mine, theirs) in enumerate(zip(one.vowels, other.vowels, strict=True)):
        if mine == theirs or mine.lower() == theirs.lower():
            continue
        pair = {mine.lower(), theirs.lower()}
        if "e" in pair and (pair <= _FRONT or (at == last and "" in pair)):
            continue
        if at in (0, last):
            return None
        if not mine or not theirs:
            if not (mine or theirs).isupper():
                return None
        elif (
            pair in _BENT and len(one.consonants) > 3 and (mine.isupper() or theirs.isupper())
        ):  # Tudmur, Tadmur; Telbiseh, Tilbisa
            bent += 1
        else:
            return None
        lost += 1
    few = len(one.consonants) < 3
    return lost if lost <= (len(one.consonants) - 1) // 2 and bent < 2 and not (few and lost) else None


_FRONT = frozenset("aeid")
_BENT = ({"a", "u"}, {"a", "i"}, {"d", "i"})


class Spellings:
    """Listed names by their reading, and which spellings read like one of them."""

    def __init__(
        self, names: Mapping[str, Iterable[str]], never: frozenset[str], no_beginning: frozenset[str] = frozenset()
    ) -> None:
        """`names`: listed name -> ids of its places; `never`: folded words that are no spelling; `no_beginning`: words that begin none."""
        self.no_beginning = no_beginning
        self.by_consonants: dict[str, list[tuple[Reading, tuple[str, ...]]]] = {}
        self.by_words: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.by_sounds: dict[str, tuple[str, ...]] = {}
        self.never = never | GENERIC
        for name, places in names.items():
            words = tuple(words_of(name))
            if len("".join(words)) >= MIN_LETTERS:
                self.by_words[words] = (*self.by_words.get(words, ()), *places)
            sound = sounds(name)
            self.by_sounds[sound] = (*self.by_sounds.get(sound, ()), *places)
            read = read_words(words)
            if len(read.consonants) >= MIN_CONSONANTS:
                self.by_consonants.setdefault(read.consonants, []).append((read, tuple(places)))
        keys = {*self.by_consonants, *(read_words(words).consonants for words in self.by_words)}
        self._prefixes = {key[:length] for key in keys for length in range(1, len(key) + 1)}
        self._begins: dict[str, bool] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    def may_begin(self, word: str) -> bool:
        """Whether a word, as printed, can be the first of a spelling (remembered: words repeat)."""
        known = self._begins.get(word)
        if known is None:
            if len(self._begins) > 1 << 17:
                self._begins.clear()
            folded = fold_name(word)
            known = self._begins[word] = folded not in self.no_beginning and (
                folded in ARTICLES or any(read_words((form,)).consonants in self._prefixes for form in _forms(folded))
            )
        return known

    def same(self, name: str) -> tuple[str, ...]:
        """Ids of the places with a listed name that differs from a listed one in nothing but article and way of writing its sounds."""
        return self.by_sounds.get(sounds(name), ())

    def places(self, name: str, article: bool = False) -> tuple[str, ...]:
        """Ids of the places whose listed name this spelling is most like: but for the article, or as it reads.

        `article` says that an Arabic article stands before it: then it is none of the words that only look like a name.
        """
        key = f"al {name}" if article else name
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 1 << 17:
                self._known.clear()
            known = self._known[key] = self._places(name, article)
        return known

    def _places(self, name: str, article: bool) -> tuple[str, ...]:
        words = words_of(name)
        if not words or (len(words) == 1 and words[0] in (GENERIC if article else self.never)):
            return ()
        if len(words) == 1 and len(words[0]) < MIN_LETTERS:
            return ()
        same = dict.fromkeys(self.by_words.get(tuple(words), ()) + self.same(name))
        if same:
            return tuple(same)
        best: dict[int, dict[str, None]] = {}
        for first in _forms(words[0]):
            read = read_words((first, *words[1:]))
            for listed, places in self.by_consonants.get(read.consonants, ()):
                lost = lost_vowels(read, listed)
                if lost is not None:
                    best.setdefault(lost, {}).update(dict.fromkeys(places))
        return tuple(best[min(best)]) if best else ()


def _forms(word: str) -> tuple[str, ...]:
    """A word, and the word without an article that was written as one with it ("Alqusayr", "Arrastan")."""
    glued = _GLUED_ARTICLE.match(word)
    return (word, word[glued.end() :]) if glued else (word,)
