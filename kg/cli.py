"""The command ``kg``: parse, call one function, print. Data goes to stdout, messages go to stderr.

Exit codes, the same for every command (docs/exit-codes.md):

    0  done                                4  nothing usable in the input
    1  an error of ours, please report     5  another process writes the store
    2  wrong usage or configuration        6  an output that cannot be written
    3  done, but some inputs were          7  the store is damaged
       rejected (named on stderr)          130  interrupted

Nothing heavy is imported here, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

if TYPE_CHECKING:
    from kg.checking import Finding
    from kg.graph import Graph
    from kg.pipeline import BuildReport
    from kg.workers import Limits

P = ParamSpec("P")

app = typer.Typer(
    name="kg",
    help="Chinese industrial-policy documents in, a knowledge graph with exact evidence out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

GraphOption = Annotated[
    Path, typer.Option("--graph", "-g", envvar="KG_GRAPH", help="Build folder or N-Quads file to read.", metavar="DIR")
]
OntologyOption = Annotated[
    Path | None, typer.Option("--ontology", help="Use this ontology folder instead of the one shipped.", metavar="DIR")
]
TimeOption = Annotated[
    float, typer.Option("--time-limit", min=0.1, help="Seconds of processor time that one document may take.", metavar="S")
]
MemoryOption = Annotated[
    int, typer.Option("--memory-limit", min=256, help="Memory that one document may take, in MiB.", metavar="MIB")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    if debug:
        os.environ["KG_DEBUG"] = "1"


def _guarded(command: Callable[P, int]) -> Callable[P, None]:
    """Turn what a command returns or raises into an exit code and one clear line."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(_run(lambda: command(*args, **kwargs)))

    return run


def _run(command: Callable[[], int]) -> int:
    from kg.errors import KgError

    try:
        code = command()
        sys.stdout.flush()
        return code
    except KgError as error:
        _debug()
        _say(f"kg: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        _say("kg: interrupted; what was written before is whole")
        return 130
    except BrokenPipeError:
        # The reader of our output went away (kg query … | head); that is its business, and no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except typer.Exit:
        raise
    except Exception as error:
        _debug()
        _say(f"kg: internal error, please report it: {type(error).__name__}: {error} (kg --debug … shows where)")
        return 1


def _debug() -> None:
    if os.environ.get("KG_DEBUG"):
        import traceback

        traceback.print_exc()


def _say(message: str) -> None:
    print(_visible(message), file=sys.stderr)


def _visible(message: str) -> str:
    """One line without control characters: a file's name must not move the cursor or color the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)


def _limits(seconds: float, mebibytes: int) -> Limits:
    from kg.workers import MIB, Limits

    return Limits(seconds=seconds, memory=mebibytes * MIB)


@app.command()
@_guarded
def build(
    sources: Annotated[list[Path], typer.Argument(help="Documents, or folders of documents.", metavar="SOURCE...")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the graph and its exports.", metavar="DIR")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes to use.")] = 1,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="Output format; repeat it or separate with commas; 'all'.")
    ] = None,
    ontology: OntologyOption = None,
    time_limit: TimeOption = 90,
    memory_limit: MemoryOption = 2048,
    as_json: JsonOption = False,
) -> int:
    """Build the graph of documents into a folder."""
    from kg import pipeline

    _must_exist(sources)
    with _Progress() as progress:
        report = pipeline.build(
            sources,
            output,
            jobs=jobs,
            formats=_formats(formats),
            progress=progress,
            vocabulary=str(ontology) if ontology else None,
            limits=_limits(time_limit, memory_limit),
        )
    for notice in report.notices:
        _say(f"notice {notice}")
    for reject in report.rejects:
        _say(f"reject {reject['path']}: [{reject['code']}] {reject['message']}")
    print(json.dumps(_report(report), ensure_ascii=False, indent=1) if as_json else _summary(report, output))
    if not report.ingested:
        from kg.readers import SUFFIXES

        _say(f"kg: nothing usable in the input; kg reads {' '.join(sorted(SUFFIXES))} .zip")
    return report.exit_code


def _must_exist(paths: Iterable[Path]) -> None:
    import glob

    from kg.errors import UsageError
    from kg.readers.sources import is_url

    for path in paths:
        name = str(path)
        listed = name.startswith("@") and Path(name[1:]).is_file()
        if not (path.exists() or path.is_symlink() or glob.has_magic(name) or is_url(name) or listed):
            raise UsageError(f"no file or folder {path}")


def _formats(asked: Sequence[str] | None) -> list[str] | None:
    if not asked:
        return None
    names = _split(asked)
    if "all" not in names:
        return names
    from kg.exporters import EXPORTERS

    return list(EXPORTERS)


def _split(values: Sequence[str] | None) -> list[str]:
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


class _Progress:
    """A bar on stderr when a terminal is there, nothing otherwise. Rich is loaded only when it draws."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Callable[[int, int, str], None] | None:
        return self._show if sys.stderr.isatty() else None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _show(self, done: int, total: int, name: str) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=total)
        self._bar.update(self._task, completed=done, total=total, description=name[:40])


def _report(report: BuildReport) -> dict[str, Any]:
    return {
        "seen": report.seen,
        "documents": report.ingested,
        "duplicates": report.duplicates,
        "rejects": report.rejects,
        "unsupported": [record["path"] for record in report.unsupported],
        "entities": dict(sorted(report.entities.items())),
        "facts": dict(sorted(report.facts.items())),
        "targets": report.targets,
        "unread": report.unread,
        "files": [str(file) for file in report.files],
    }


def _summary(report: BuildReport, output: Path) -> str:
    """What the build found, in plain words."""
    lines = [f"{report.ingested} documents read" + _aside(report)]
    lines += [f"{sum(report.entities.values())} entities: " + _counts(report.entities)]
    lines += [f"{sum(report.facts.values())} facts: " + _counts(report.facts)]
    lines += [f"{report.targets} quantified targets; {report.unread} numbers left unread (kg extract --unread lists them)"]
    lines += [f"Files in {output}: " + ", ".join(_shown(file, output) for file in report.files)]
    pages = [file for file in report.files if file.suffix == ".html"]
    if pages:
        lines += [f"Open {pages[0]} in a browser to look around."]
    return "\n".join(lines)


def _aside(report: BuildReport) -> str:
    parts = [f"{len(report.duplicates)} duplicates left out"] if report.duplicates else []
    parts += [f"{len(report.rejects)} rejected (rejects.jsonl says why)"] if report.rejects else []
    parts += (
        [f"{len(report.unsupported)} files of other types left out (rejects.jsonl lists them)"] if report.unsupported else []
    )
    return f" ({', '.join(parts)})" if parts else ""


def _counts(counter: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counter.items(), key=lambda p: (-p[1], p[0]))) or "none"


def _shown(file: Path, folder: Path) -> str:
    return str(file.relative_to(folder)) if file.is_relative_to(folder) else str(file)


@app.command()
@_guarded
def extract(
    files: Annotated[list[Path], typer.Argument(help="Documents, or folders of documents.", metavar="FILE...")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for one <file name>.json (.html) per document.", metavar="DIR")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="json, or html: the text with marks, facts beside it.")
    ] = "json",
    unread: Annotated[bool, typer.Option("--unread", help="List only the numbers that no target carries.")] = False,
    ontology: OntologyOption = None,
    time_limit: TimeOption = 90,
    memory_limit: MemoryOption = 2048,
) -> int:
    """Print what documents say: entities, relations, targets, each with its exact place in the text."""
    from kg import pipeline, readers
    from kg.errors import ReadError, UnsupportedError, UsageError

    if format not in ("json", "html") or (unread and format == "html"):
        raise UsageError(f"no format {format!r} for extract{' --unread' if unread else ''}; there are: json, html")
    _must_exist(files)
    found = list(readers.survey([str(file) for file in files], lambda notice: _say(f"notice {notice}")))
    paths = [each.path for each in found if each.error is None]
    _one_place_each(paths, output, unread)
    other = [each.path for each in found if isinstance(each.error, UnsupportedError)]
    rejects = [(str(each.path), each.error) for each in found if each.error is not None and each.path not in other]
    words = str(ontology) if ontology else None
    for path, answer in pipeline.extract_each(
        paths, vocabulary=words, limits=_limits(time_limit, memory_limit), page=format == "html"
    ):
        if isinstance(answer, ReadError):
            rejects.append((path, answer))
        else:
            _write_extraction(answer, output, unread)
    for path, error in rejects:
        _say(f"reject {path}: [{error.code}] {error}")
    if other:
        _say(f"{len(other)} files of other types left out")
    if len(rejects) + len(other) == len(found):
        return 4
    return 3 if rejects else 0


def _one_place_each(paths: list[Path], output: Path | None, unread: bool) -> None:
    from kg.errors import UsageError

    if len(paths) > 1 and output is None and not unread:
        raise UsageError(f"{len(paths)} documents: give a folder with -o DIR, which takes one file for each")
    names = [path.name for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice and output is not None:
        raise UsageError(f"two documents are called {twice[0]}; extract them into different folders")


def _write_extraction(record: dict[str, Any], output: Path | None, unread: bool) -> None:
    if unread:
        for number in record["unread"]:
            print(record["document"], number["start"], number["text"], number["sentence"].strip(), sep="\t")
        return
    text = record["page"] if "page" in record else json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        print(text, end="")
        return
    from kg.exporters import atomic

    with atomic(output / f"{record['document']}.{'html' if 'page' in record else 'json'}") as file:
        file.write(text.encode())


@app.command()
@_guarded
def query(
    question: Annotated[
        str | None, typer.Argument(help="A named question, an .rq file, or SPARQL.", metavar="[QUESTION]", show_default=False)
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(help="Parameters of the question: topic=储能 year=2025.", metavar="[NAME=VALUE]...")
    ] = None,
    graph: GraphOption = Path("exports"),
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv or json.")] = "table",
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.1, help="Stop after so many seconds.", metavar="S")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", "-l", help="List the named questions.")] = False,
    cypher: Annotated[bool, typer.Option("--cypher", help="Print the named question in Cypher, for Neo4j.")] = False,
) -> int:
    """Ask a graph: a named question, a .rq file or SPARQL."""
    from kg import queries
    from kg.errors import UsageError

    if list_them or question is None:
        print(_questions())
        return 0
    if cypher:
        print(queries.cypher(question), end="")
        return 0
    if format not in ("table", "csv", "json"):
        raise UsageError(f"no format {format!r} for query; there are: table, csv, json")
    given = dict(_pair(text) for text in parameters or ())
    from kg.graph import open_graph

    answer = queries.run(open_graph(graph), question, given, timeout=timeout)
    if format == "table":
        _print_table(answer.columns, answer.rows)
    else:
        print(answer.to_json() if format == "json" else answer.to_csv(), end="\n" if format == "json" else "")
    return 0


def _pair(text: str) -> tuple[str, str]:
    from kg.errors import UsageError

    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"{text!r} is no parameter; write NAME=VALUE, such as topic=储能")
    return name, value


def _questions() -> str:
    from kg import queries

    lines = []
    for name in queries.names():
        known = queries.question(name)
        asks = " ".join(f"{p.name}={'…' if p.required else '[…]'}" for p in known.parameters)
        lines += [f"{name} {asks}".rstrip(), f"    {known.title_zh} / {known.title_en}"]
    return "\n".join(lines)


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """A table for people at a terminal, tab-separated lines for pipes (so that nothing is cut or wrapped)."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            print(*("" if cell is None else " ".join(cell.split()) for cell in row), sep="\t")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*columns)
    for row in rows:
        shown.add_row(*(Text(cell or "") for cell in row))
    Console().print(shown)


@app.command()
@_guarded
def export(
    format: Annotated[str, typer.Argument(help="turtle, trig, nquads, jsonld, graphml, gexf, neo4j, html, csv, xlsx …")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File (or folder, for neo4j) to write.", metavar="FILE")],
    graph: GraphOption = Path("exports"),
    focus: Annotated[
        list[str] | None, typer.Option("--focus", help="Only what lies around this thing; repeat it.", metavar="NAME")
    ] = None,
    hops: Annotated[int, typer.Option("--hops", min=0, help="Relations from a --focus.", metavar="N")] = 1,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="Only this topic, those below it, and what they touch.", metavar="NAME")
    ] = None,
    types: Annotated[
        list[str] | None, typer.Option("--types", help="Only these classes: City,Industry or 产业.", metavar="CLASS,...")
    ] = None,
    max_nodes: Annotated[
        int | None, typer.Option("--max-nodes", min=1, help="Nearest, then best connected nodes.", metavar="N")
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help="none (turtle, trig, jsonld), or nodes (neo4j).", metavar="none|nodes")
    ] = None,
) -> int:
    """Write a graph, or a part of it, in another format."""
    from kg import exporters
    from kg.graph import open_graph

    exporters.check(format)
    whole = open_graph(graph)
    part = whole
    if focus or topic or types or max_nodes:
        classes = _split(types)
        part = whole.cut(focus=focus or (), hops=hops, topics=topic or (), types=classes, max_nodes=max_nodes)
        _say(f"cut: {len(part.network().nodes)} of {len(whole.network().nodes)} nodes")
    options: dict[str, Any] = {"max_nodes": max_nodes} if max_nodes and "max_nodes" in exporters.options(format) else {}
    if evidence:
        options["evidence"] = evidence != "none" and evidence
    _say(f"wrote {part.export(format, output, **options)}")
    if exporters.check(format) == "html":
        _say_what_is_left(part, max_nodes)
    return 0


def _say_what_is_left(part: Graph, max_nodes: int | None) -> None:
    """The page of a large graph draws its best connected part; the user should not have to find that out in the browser."""
    from kg.exporters.html import MAX_NODES
    from kg.exporters.page import drawable

    shown, there = max_nodes or MAX_NODES, drawable(part.network())
    if there > shown:
        _say(
            f"the page draws the {shown} best connected of {there} nodes; --max-nodes, --focus or the format webgl show others"
        )


pushing = typer.Typer(no_args_is_help=True, help="Write a graph into a running database.", rich_markup_mode=None)
app.add_typer(pushing, name="push")


@pushing.command("neo4j")
@_guarded
def push_neo4j(
    url: Annotated[str, typer.Argument(help="bolt://HOST:7687, neo4j+s://HOST …", metavar="URL")],
    graph: GraphOption = Path("exports"),
    user: Annotated[
        str | None, typer.Option("--user", envvar="NEO4J_USERNAME", help="User; the password is NEO4J_PASSWORD.")
    ] = None,
    database: Annotated[str | None, typer.Option("--database", envvar="NEO4J_DATABASE", help="Database of the server.")] = None,
    evidence: Annotated[str, typer.Option("--evidence", help="properties of relations, or nodes as well.")] = "properties",
    batch: Annotated[int, typer.Option("--batch", min=1, help="Rows of one transaction.")] = 2000,
    prune: Annotated[bool, typer.Option("--prune", help="Delete what an earlier push wrote and the graph lacks now.")] = False,
) -> int:
    """Merge a graph into a running Neo4j; again changes nothing, and finishes a push that was interrupted."""
    return _push("neo4j", url, graph, user=user, database=database, evidence=evidence, batch=batch, prune=prune)


@pushing.command("sparql")
@_guarded
def push_sparql(
    url: Annotated[str, typer.Argument(help="Graph Store endpoint, or update endpoint with --update.", metavar="URL")],
    graph: GraphOption = Path("exports"),
    update: Annotated[bool, typer.Option("--update", help="By SPARQL Update instead of the Graph Store Protocol.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Empty graphs of documents that are gone (with --update).")] = False,
) -> int:
    """Replace each document's named graph in a SPARQL server; again changes nothing. User and password: KG_SPARQL_*."""
    return _push("sparql", url, graph, update=update, prune=prune)


def _push(destination: str, url: str, graph: Path, **options: Any) -> int:
    from kg import push
    from kg.graph import open_graph

    with _Progress() as progress:
        done = push.push(open_graph(graph), destination, url, progress=progress, **options)
    _say(done)
    return 0


@app.command()
@_guarded
def check(
    graph: Annotated[
        Path | None,
        typer.Option(
            "--graph", "-g", envvar="KG_GRAPH", help="Build folder to check (default: exports, if there).", metavar="DIR"
        ),
    ] = None,
    ontology: OntologyOption = None,
    shapes: Annotated[bool, typer.Option("--shacl", help="Validate against ontology/shapes.ttl too (slower).")] = False,
    as_json: JsonOption = False,
) -> int:
    """Check the ontology and a graph; list what is wrong, one line each."""
    from kg import checking
    from kg.graph import open_graph
    from kg.ontology import load

    words = load(str(ontology)) if ontology else load()
    found = checking.check_ontology(words)
    place = graph or (Path("exports") if Path("exports/graph.nq").is_file() else None)
    if place is not None:
        opened = open_graph(place)
        found += checking.check(opened, words) + (checking.shacl(opened) if shapes else [])
    errors = sum(finding.severity == "error" for finding in found)
    if as_json:
        print(json.dumps([_finding(f) for f in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            print(finding)
    what = f"the ontology and {place}" if place else "the ontology (no graph given)"
    _say(f"checked {what}: {errors} errors, {len(found) - errors} warnings")
    return 1 if errors else 0


def _finding(finding: Finding) -> dict[str, str]:
    return {"severity": finding.severity, "code": finding.code, "subject": finding.subject, "message": finding.message}


@app.command()
@_guarded
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files.", metavar="GOLD")],
    documents: Annotated[Path, typer.Argument(help="Folder of the documents, or of extractions.", metavar="DOCUMENTS")],
    as_json: JsonOption = False,
    errors: Annotated[int, typer.Option("--errors", min=0, help="List the N most costly errors.", metavar="N")] = 0,
) -> int:
    """Score extraction against gold annotations."""
    from kg import evaluation

    result = evaluation.evaluate(gold, documents)
    print(json.dumps(result.to_json(), ensure_ascii=False, indent=1) if as_json else evaluation.table(result, errors=errors))
    return 0


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # Chinese must print on a terminal or pipe whose locale says ASCII; what a terminal cannot show becomes "?".
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() and stream.encoding.lower() != "ascii" else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    app()


if __name__ == "__main__":
    main()
