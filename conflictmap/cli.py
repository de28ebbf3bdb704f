"""The command line: conflictmap serve | parse | find | check | stats | index | synth | bench | evaluate."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from conflictmap import __version__
from conflictmap.articles import SUFFIXES, apply_decisions, check_data, fix_data, read_decisions, read_file
from conflictmap.bundle import home
from conflictmap.errors import ConflictMapError, DataError, Problem, error
from conflictmap.evaluation import (
    Gold,
    Score,
    TimeGold,
    TimeScore,
    archive_lines,
    evaluate,
    evaluate_times,
    gazetteer_lines,
    listed_mistakes,
    read_gold,
    run_bench,
    summary,
    summary_of_times,
    tables,
    tables_of_times,
    write_archive,
)
from conflictmap.exports import mention_record, place_fields, turned_down_record
from conflictmap.gazetteer import read_gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.index import build_index
from conflictmap.serve import HOST, PORTS, serve

ARTICLES = home() / "articles"
GAZETTEER = home() / "gazetteer"
MOST_MISTAKES = 50
"""How many mistakes of a gold file are listed by default."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit status: 0 done, 1 the check or yardstick says no, 2 something could not be read."""
    options = _parser().parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        return int(options.run(options))
    except ConflictMapError as failure:
        print(failure, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader closed the pipe: "… | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conflictmap", description="Place names of articles, and where they lie.")
    parser.add_argument("--gazetteer", type=Path, default=GAZETTEER, help="folder of the gazetteer (default: the bundled one)")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    app = commands.add_parser("serve", help="open the app in the browser")
    app.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="a folder of articles, or an index (default: the bundled articles)"
    )
    app.add_argument("--port", type=_port, help=f"port to listen on (default: the first free one from {PORTS.start} on)")
    app.add_argument(
        "--host", default=HOST, help=f"address to listen on (default: {HOST}, this machine only; there is no log-in)"
    )
    app.add_argument("--no-browser", action="store_true", help="only print the address")
    app.set_defaults(run=_serve)

    parse = commands.add_parser("parse", help="the mentions of articles, one JSON object a line")
    parse.add_argument("files", nargs="+", type=Path, help=".txt, .md or .jsonl")
    parse.add_argument("--explain", action="store_true", help="also print the names that a rule turned down, each with the rule")
    parse.set_defaults(run=_parse)

    find = commands.add_parser("find", help="the places that have a name, in any spelling, one JSON object a line")
    find.add_argument("name", nargs="+")
    find.set_defaults(run=_find)

    check = commands.add_parser("check", help="every problem of the articles and the gazetteer")
    check.add_argument("--articles", type=Path, default=ARTICLES, help="folder of the articles")
    check.add_argument("--fix", action="store_true", help="write the files canonically first")
    check.set_defaults(run=_check)

    stats = commands.add_parser(
        "stats", help="coverage: sources, names and footprints of the gazetteer, names that an archive uses"
    )
    stats.add_argument("archives", nargs="*", type=Path, help="folders of articles, or .txt, .md and .jsonl files")
    stats.set_defaults(run=_stats)

    index = commands.add_parser("index", help="build or renew an index of archives that the app opens at once")
    index.add_argument(
        "archives", nargs="+", help="folders, .jsonl, .csv and .parquet files, also compressed, also fsspec addresses"
    )
    index.add_argument("--out", required=True, help="folder (or fsspec address) of the index")
    index.add_argument("--columns", type=_column, nargs="*", default=[], metavar="OURS=THEIRS", help="columns of CSV and Parquet")
    index.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes on this machine (1: none but this)")
    index.add_argument("--scheduler", help="address of a Dask scheduler: tcp://…")
    index.set_defaults(run=_index)

    synth = commands.add_parser("synth", help="an archive of invented articles over the real gazetteer, for measuring only")
    synth.add_argument("--articles", type=int, required=True)
    synth.add_argument("--out", type=Path, required=True, help=".jsonl, .jsonl.gz or .jsonl.zst")
    synth.add_argument("--seed", type=int, default=1)
    synth.set_defaults(run=_synth)

    bench = commands.add_parser("bench", help="speed, as ratios measured in one run")
    bench.add_argument("--articles", type=Path, default=ARTICLES, help="folder of the articles")
    bench.add_argument("--quick", action="store_true", help="fewer repetitions")
    bench.add_argument("--only", choices=("recognition", "index", "browser", "readers"))
    bench.add_argument("--index", type=Path, help="an index of about 1,000,000 invented mentions, so that none is built for it")
    bench.add_argument("--out", type=Path, help="write the tables as Markdown")
    bench.set_defaults(run=_bench)

    yardstick = commands.add_parser("evaluate", help="accuracy on gold files")
    yardstick.add_argument(
        "gold", nargs="+", type=Path, help="our JSON Lines (of names or of times), LGL, TR-News or GeoVirus XML, W3C annotations"
    )
    yardstick.add_argument("--texts", type=Path, help="folder of the texts that W3C annotations point to")
    yardstick.add_argument(
        "--mistakes",
        nargs="?",
        const="all",
        type=_number_or_all,
        metavar="N|all",
        help=f"how many mistakes to list a file ({MOST_MISTAKES}; of a held-out file none)",
    )
    yardstick.set_defaults(run=_evaluate)
    return parser


def _number_or_all(told: str) -> int | str:
    if told != "all" and not (told.isascii() and told.isdigit() and len(told) < 10):
        raise argparse.ArgumentTypeError(f"{told!r} is neither a number nor `all`")
    return told if told == "all" else int(told)


def _port(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given[:6]) < 65536):
        raise argparse.ArgumentTypeError(f"{given!r} is not a port: a number from 1 to 65535")
    return int(given)


def _serve(options: argparse.Namespace) -> int:
    given = options.gazetteer if options.gazetteer is not GAZETTEER else None  # not given: the environment may name one
    return serve(options.folder, given, host=options.host, port=options.port, browser=not options.no_browser)


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(f"{problem.grade}: {problem}", file=sys.stderr)


def _parse(options: argparse.Namespace) -> int:
    gazetteer = read_gazetteer(options.gazetteer)
    _report([p for p in gazetteer.problems if p.grade == "error"])
    geoparser = Geoparser(gazetteer)
    failed = False
    for path in options.files:
        problems: list[Problem] = []
        if path.suffix.lower() not in SUFFIXES:
            problems.append(error(str(path), "", "", f"is none of {', '.join(SUFFIXES)}"))
        elif not path.is_file():
            problems.append(error(str(path), "", "", "no such file"))
        else:
            articles = read_file(path, problems)
            decisions = read_decisions(path.parent, [])
            for article in articles:
                dated = apply_decisions([article], decisions)[0]
                records = [mention_record(attestation, gazetteer) for attestation in geoparser.parse(dated)]
                if options.explain:
                    records += [turned_down_record(dated, one) for one in geoparser.explain(dated)]
                    records.sort(key=lambda record: int(record["start"]))
                for record in records:
                    print(json.dumps(record, ensure_ascii=False))
        _report(problems)
        failed = failed or any(problem.grade == "error" for problem in problems)
    return 2 if failed else 0


def _stats(options: argparse.Namespace) -> int:
    gazetteer = read_gazetteer(options.gazetteer)
    problems: list[Problem] = [p for p in gazetteer.problems if p.grade == "error"]
    for line in gazetteer_lines(gazetteer):
        print(line)
    geoparser = Geoparser(gazetteer) if options.archives else None
    for path in options.archives:
        for line in archive_lines(path, geoparser, problems, _progress) if geoparser else ():
            print(line)
    _report(problems)
    return 2 if any(problem.grade == "error" for problem in problems) else 0


def _progress(done: int, total: int) -> None:
    """How far a long work has come, on standard error, if somebody watches."""
    if sys.stderr.isatty() and (done == total or done % 100 == 0):
        print(f"\r{done:,} of {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _index(options: argparse.Namespace) -> int:
    def progress(articles: int, mentions: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{articles:,} articles, {mentions:,} mentions", end="", file=sys.stderr, flush=True)

    manifest, problems = build_index(
        options.archives, options.gazetteer, options.out, columns=dict(options.columns), workers=options.workers,
        scheduler=options.scheduler, progress=progress,
    )  # fmt: skip
    reused = sum(shard.reused for shard in manifest.shards)
    print(
        f"{options.out}: {manifest.articles:,} articles ({reused:,} taken over), {manifest.mentions:,} mentions in {len(manifest.shards):,} shards"
    )
    _report(problems)
    return 2 if any(problem.grade == "error" for problem in problems) else 0


def _column(told: str) -> tuple[str, str]:
    ours, equals, theirs = told.partition("=")
    if not (ours and equals and theirs):
        raise argparse.ArgumentTypeError(f"{told!r} is not OURS=THEIRS, such as text=body")
    return ours, theirs


def _synth(options: argparse.Namespace) -> int:
    written = write_archive(options.out, options.articles, read_gazetteer(options.gazetteer), options.seed, _progress)
    print(f"{options.out}: {written:,} invented articles, for measuring only")
    return 0


def _find(options: argparse.Namespace) -> int:
    gazetteer = read_gazetteer(options.gazetteer)
    found = gazetteer.find(" ".join(options.name))
    for place in found:
        record = {
            "place": place.id,
            **place_fields(place),
            "significance": place.significance,
            "part_of": list(place.part_of),
            "names": [toponym.text for toponym in place.toponyms],
        }
        print(json.dumps(record, ensure_ascii=False))
    return 0 if found else 1


def _check(options: argparse.Namespace) -> int:
    if options.fix:
        for path in fix_data(options.articles, options.gazetteer):
            print(f"written canonically: {path}")
    problems = check_data(options.articles, options.gazetteer)
    _report(problems)
    errors = sum(problem.grade == "error" for problem in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


def _bench(options: argparse.Namespace) -> int:
    return run_bench(
        options.gazetteer, options.articles, quick=options.quick, only=options.only, out=options.out, index=options.index
    )


def _evaluate(options: argparse.Namespace) -> int:
    geoparser = Geoparser(read_gazetteer(options.gazetteer))
    limit = MOST_MISTAKES if options.mistakes is None else None if options.mistakes == "all" else options.mistakes
    failed = False
    for path in options.gold:
        gold: Gold | TimeGold
        score: Score | TimeScore
        try:
            gold = read_gold(path, options.texts)
        except DataError as failure:  # the other files are measured all the same
            gold = Gold(problems=[failure.problem])
        _report(gold.problems)
        failed = failed or any(problem.grade == "error" for problem in gold.problems)
        if not gold.texts:
            continue
        if isinstance(gold, TimeGold):
            score = evaluate_times(gold.texts)
            told = [summary_of_times(path.name, score), *tables_of_times(score)]
        else:
            score = evaluate(geoparser, gold.texts)
            told = [summary(path.name, score), *tables(gold, score)]
        for line in (*told, *listed_mistakes(path.name, score, limit, options.mistakes is not None)):
            print(line)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
