"""What the map claims and what it does not (docs/method.md), how accurate it is, and what the open corpus holds."""

import json
import string
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from conflictmap.evaluation import CorpusFigures, corpus_figures, place_figures, versions
from conflictmap.index import Corpus
from conflictmap.screens import day, style
from conflictmap.vocabulary import REASONS
from pages import _shared

MOST_PUBLISHERS = 12
CLASSES = {
    "A": "Countries, governorates, districts",
    "H": "Seas, rivers, lakes",
    "L": "Regions, coasts, ports",
    "P": "Cities, towns, villages",
    "R": "Roads",
    "S": "Sites: air bases, crossings, plants",
    "T": "Mountains, plains, valleys",
}
CERTAINTIES = {"certain": "Certain", "less-certain": "Less certain", "uncertain": "Uncertain"}
KINDS = {"digest": "Summaries in our own words", "full text": "Full texts"}
STATUSES = {
    "resolved": "Given a place",
    "ambiguous": "Could mean several places",
    "unresolved": "Not in the gazetteer",
    "rejected": "Rejected by a person: names no place",
}
ROLES = {
    "location": "Where something is told to be or happen",
    "reference": "A point of reference (“north of Aleppo”)",
    "actor": "Stands for a government",
    "dateline": "Where the report was written",
}
GOLD = {
    "articles.jsonl": "Invented articles",
    "sentences.jsonl": "Single sentences",
    "seed-like.jsonl": "Digest-like articles",
    "phenomena.jsonl": "Hard cases",
    "elsewhere.jsonl": "News from elsewhere",
    "mistakes.jsonl": "Mistakes met",
    "heldout.jsonl": "Held-out sentences",
    "times.jsonl": "Times",
    "times-heldout.jsonl": "Held-out times",
}
TOLD_OF_GOLD = {
    "articles.jsonl": "short news articles, by someone who knew only the definition of a name of a place and had not seen the "
    "program; but it has since been mended on its mistakes in them",
    "sentences.jsonl": "sentences that each test one thing, traps above all, by the same hand; the program has been mended on them too",
    "seed-like.jsonl": "by someone who had read the program: they only show that nothing is lost",
    "phenomena.jsonl": "sentences for what the program finds hardest: odd spellings, places told by distance and direction, who says "
    "so; the program is mended on them",
    "mistakes.jsonl": "short texts of the kinds of mistakes that were met in real news; the program is mended on them",
    "elsewhere.jsonl": "ten invented pages of news from other continents, full of persons, clubs, firms and dishes with names of places; "
    "the program is mended on them",
    "heldout.jsonl": "kept aside and only measured: nobody mends the program on its mistakes in them, so they come nearest to how "
    "it does on a text that it has never met",
    "times.jsonl": "short texts by someone who knew only how dates are to be understood and had not seen the program; it is mended on "
    "its mistakes in them",
    "times-heldout.jsonl": "made likewise, but kept aside and only measured",
}
MEASURES = {
    "precision": "Found names that are names of places (precision)",
    "recall": "Names of places that are found (recall)",
    "f1": "Both together (F1)",
    "right place": "Found names that get the right place",
    "right role": "Found names that get the right role",
}
MEASURES_OF_SOME = {  # shown only if some set marks them
    "attributed": "Names in what a source says that get this source",
    "attributions are right": "Sources given that are right",
    "derived": "Places told by distance or direction that are put right",
    "suggested": "Unknown names that get the right suggestion",
    "suggestions are right": "Suggestions given that are right",
}
MEASURES_OF_TIMES = {
    "times found": "Time expressions that are found",
    "intervals right": "Intervals right: both days exactly",
    "links right": "Links right: places dated by the right expression, or rightly by none",
}


def plain(text: str) -> str:
    """Text for a cell, in which Streamlit would read Markdown."""
    return " ".join("".join(f"\\{char}" if char in string.punctuation else char for char in text).split())


def words(name: str, known: Mapping[str, str]) -> str:
    return known.get(name) or plain(name)


def table(told: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table, which a screen reader reads cell by cell; `told` is its caption. Without rows there is none."""
    cells = [dict(zip(columns, row, strict=True)) for row in rows]
    if cells:
        st.table(cells, hide_index=True, hide_header=False, border="horizontal", alt=told)


def counts(told: str, columns: tuple[str, str], numbers: Iterable[tuple[str, int]], known: Mapping[str, str]) -> None:
    table(told, columns, [(words(name, known), f"{number:,}") for name, number in numbers])


def accuracy() -> None:
    st.header("Accuracy")
    try:
        kept = json.loads((_shared.ROOT / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        st.markdown("No figures of accuracy come with this copy of the program.")
        return
    files = [file for file in kept["files"] if "toponyms" in file]
    st.markdown(
        "The program was run on texts in which every name of a place had been marked. It has been mended on its mistakes in most of "
        "them, so those are development sets, and **the true figures on unseen text are likely lower**."
    )
    sets(files)
    rows = [["Names of places marked", *(f"{file['toponyms']:,}" for file in files)]]
    for name, label in (MEASURES | MEASURES_OF_SOME).items():
        if name in MEASURES or any(name in file for file in files):
            rows.append([label, *(f"{file[name]:.1%}" if name in file else "–" for file in files)])
    table("Accuracy on each set of marked texts", ["Measure", *(words(file["file"], GOLD) for file in files)], rows)
    st.caption(
        f"Measured on {day(date.fromisoformat(kept['date']))} with program {kept['program']} and gazetteer {kept['gazetteer']}. "
        "A town or site is right within 25 km, a wider place within its own reach. A name counts as found only to the letter. "
        "–: not marked in this set."
    )
    accuracy_of_times([file for file in kept["files"] if "times" in file])


def sets(files: Iterable[Mapping[str, Any]]) -> None:
    st.markdown("\n".join(f"- **{GOLD[file['file']]}**: {told}." for file in files if (told := TOLD_OF_GOLD.get(file["file"]))))


def accuracy_of_times(files: Sequence[Mapping[str, Any]]) -> None:
    if not files:
        return
    st.markdown(
        "On other texts, in which every expression of time had been marked with the days that it stands for, and each place with the "
        "expression that dates what is told of it:"
    )
    sets(files)
    rows = [["Time expressions marked", *(f"{file['times']:,}" for file in files)]]
    rows += [
        [label, *(f"{file[name]:.1%}" if name in file else "–" for file in files)] for name, label in MEASURES_OF_TIMES.items()
    ]
    rows.append(["Dated noise: words taken for a time that are none", *(f"{file['dated noise']:,}" for file in files)])
    table("Accuracy of times on each set of marked texts", ["Measure", *(words(file["file"], GOLD) for file in files)], rows)
    st.caption(
        "Intervals are counted of all expressions marked, those not found among the wrong ones. Links are of the places marked."
    )


def places(opened: Corpus) -> None:
    st.subheader("Places")
    found = place_figures(opened.gazetteer)
    facts = {
        "All": found.total,
        "With a name in Arabic script": found.arabic,
        "Located by two independent sources": found.two_sources,
        "With an area or line for an extent": found.extents,
        "Linked to GeoNames": found.geonames,
        "Linked to Wikidata": found.wikidata,
    }
    sure = [*found.by_certainty.items(), ("None known", found.unplaced)]
    counts("What is known of the places", ("What is known", "Places"), facts.items(), {})
    counts("Places by kind", ("Kind of place", "Places"), found.by_class.items(), CLASSES)
    counts("Places by how sure their position is", ("Position", "Places"), [row for row in sure if row[1]], CERTAINTIES)


def articles(found: CorpusFigures) -> None:
    st.subheader("Articles")
    if not found.articles:
        st.markdown("No article is open.")
        return
    publishers = [(name or "Not named", number) for name, number in found.by_publisher.items()]
    if len(publishers) > MOST_PUBLISHERS:
        rest = publishers[MOST_PUBLISHERS:]
        publishers[MOST_PUBLISHERS:] = [(f"{len(rest):,} others", sum(number for _, number in rest))]
    months = [(f"{month.first:%B %Y}", f"{month.articles:,}", f"{month.mentions:,}") for month in found.months]
    if found.undated:
        months.append(("No date known", f"{found.undated:,}", f"{found.undated_mentions:,}"))
    months.append(("All", f"{found.articles:,}", f"{found.mentions:,}"))
    counts("Articles by kind", ("Kind of text", "Articles"), found.by_kind.items(), KINDS)
    counts("Articles by publisher", ("Publisher", "Articles"), publishers, {})
    table("Articles and mentions by month of publication", ("Published in", "Articles", "Mentions"), months)
    st.caption("An article whose day is only known as a range counts in the month of its likeliest day.")


def mentions(found: CorpusFigures) -> None:
    st.subheader("Mentions")
    if not found.mentions:
        st.markdown("No name of a place was found.")
        return
    reasons = {reason: told[:1].upper() + told[1:] for reason, told in REASONS.items()}
    counts("Mentions by outcome", ("Outcome", "Mentions"), found.by_status.items(), STATUSES)
    counts("Mentions by reason", ("Why it was taken so", "Mentions"), found.by_reason.items(), reasons)
    counts("Mentions by what the name does in its sentence", ("What the name does", "Mentions"), found.by_role.items(), ROLES)


def show_versions(opened: Corpus) -> None:
    st.header("Versions")
    st.markdown("State those of corpus and gazetteer with what you take from the map, so that others can get the same.")
    names = {"corpus": "Corpus", "gazetteer": "Gazetteer", "program": "Conflict map"}
    found = versions(opened).items()
    table("Versions", ("What", "Version"), [(words(name, names), plain(number)) for name, number in found])


def glossary() -> None:
    """The terms without the column that names classes and fields, which is for programmers."""
    st.header("Terms")
    lines = (_shared.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    with st.expander("Glossary"):
        st.markdown("\n".join(line.rsplit("|", 2)[0] + "|" for line in lines if line.startswith("|")))


st.html(style())
corpus = _shared.corpus()
st.markdown((_shared.ROOT / "docs" / "method.md").read_text(encoding="utf-8"))
accuracy()
st.header("Coverage")
st.markdown("Counted in what is open now.")
places(corpus)
figures = corpus_figures(corpus)
articles(figures)
mentions(figures)
show_versions(corpus)
st.header("Licences and attributions")
st.markdown(
    "The program is free software under the MIT licence. The base map rests on Natural Earth, which is in the public domain."
)
st.markdown((_shared.ROOT / "LICENSE-DATA").read_text(encoding="utf-8"))
glossary()
