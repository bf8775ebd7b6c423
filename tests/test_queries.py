"""Named questions, free SPARQL, and the limits around both."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import queries
from kg.errors import QueryError, QueryLimitError, UsageError
from kg.graph import Graph
from kg.stores.oxigraph import OxigraphStore
from tests.graph_examples import TOPIC, extraction, graph, hostile

GRAPH = graph()
GIVEN = {"topic": "新型储能", "place": "深圳市", "year": "2025", "thing": "新型储能"}


def ask(name: str, **parameters: str) -> list[tuple[str | None, ...]]:
    return list(queries.run(GRAPH, name, parameters).rows)


@pytest.mark.parametrize("name", queries.names())
def test_every_question_answers_and_is_described(name: str) -> None:
    """Each named question has both titles and columns, and gives rows on the sample (co-issued has none there)."""
    asked = queries.question(name)
    assert asked.title_zh != name and asked.title_en != name and asked.columns
    given = {p.name: GIVEN[p.name] for p in asked.parameters if p.required}
    answer = queries.run(GRAPH, name, given)
    assert answer.columns == asked.columns
    assert bool(answer.rows) == (name != "co-issued")


@pytest.mark.parametrize("name", queries.names())
def test_every_question_is_valid_on_an_empty_graph(name: str) -> None:
    """On a graph without documents a question has no rows; an IRI needs no label to be asked about."""
    required = [p for p in queries.question(name).parameters if p.required]
    given = {p.name: "2025" if p.kind == "year" else TOPIC for p in required}
    assert queries.run(Graph(), name, given).rows == ()


def test_there_are_at_least_fourteen_questions() -> None:
    """The questions analysts ask most are there by name."""
    assert len(queries.names()) >= 14
    asked = {"who-promotes", "place-targets", "responsibilities", "chain", "target-ledger", "unread-numbers"}
    assert asked <= set(queries.names())


def test_who_promotes_gives_places_with_stance_and_words() -> None:
    """Both places that develop the topic appear, with the stance in Chinese and the sentence."""
    assert ask("who-promotes", topic="新型储能") == [
        ("深圳市", "新型储能", "培育", "深圳市大力培育新型储能", "a.md"),
        ("福田区", "新型储能", None, "深圳市大力培育新型储能，福田区", "a.md"),
    ]


def test_a_place_includes_the_places_inside_it() -> None:
    """深圳市 includes what 福田区 develops, and 广东省, which no text names, includes both."""
    for place in ("深圳市", "广东省"):
        assert {row[0] for row in ask("topics-of-place", place=place)} == {"深圳市", "福田区"}


def test_rows_of_several_places_are_in_one_order() -> None:
    """What a question gives for a place and those inside it is ordered as one table, by count and then by name."""
    rows = ask("topics-of-place", place="广东省")
    assert rows == sorted(rows, key=lambda row: (-int(row[4] or 0), row[0] or "", row[1] or ""))
    assert [row[0] for row in rows] == ["深圳市", "福田区", "福田区"]


def test_target_rows_hold_every_field() -> None:
    """The ledger row has value as written, unit, year, base value, place, topic and policy."""
    row = queries.run(GRAPH, "target-ledger").records()[0]
    assert (row["value"], row["unit"], row["year"], row["base_value"]) == ("1.50", "万亿元", "2025", "1500000000000")
    assert (row["place_name"], row["topic_name"], row["policy_name"]) == ("深圳市", "新型储能", "关于支持新型储能的若干措施")
    assert len(ask("place-targets-by-year", place="深圳市", year="2025")) == 1
    assert ask("place-targets-by-year", place="深圳市", year="2024") == []


def test_roles_are_counted() -> None:
    """agency-duties counts a task under the role that the text gives."""
    assert ask("agency-duties") == [("深圳市发展和改革委员会", "1", "0", "0")]


@pytest.mark.parametrize("name", ["新型储能", "储能", "新型儲能", " 新型储能 ", TOPIC])
def test_a_name_alias_traditional_form_or_iri_finds_the_thing(name: str) -> None:
    """A parameter matches preferred and alternative labels, whatever the script, and IRIs."""
    assert len(ask("who-promotes", topic=name)) == 2


def test_optional_parameters_narrow() -> None:
    """responsibilities without parameters lists all; with a task of no agency's it says that there is none of that name."""
    assert len(ask("responsibilities")) == 1 == len(ask("responsibilities", task="壮大储能产业"))
    with pytest.raises(UsageError, match="no Task called '别的任务'"):
        ask("responsibilities", task="别的任务")


def test_errors_name_what_exists() -> None:
    """A wrong question, parameter or name is answered with the right ones."""
    with pytest.raises(UsageError, match="who-promotes"):
        ask("who-promote")
    with pytest.raises(UsageError, match="it has: topic"):
        ask("who-promotes", topik="x")
    with pytest.raises(UsageError, match="needs the parameter topic"):
        ask("who-promotes")
    with pytest.raises(UsageError, match="needs the parameter thing"):
        ask("evidence-of")
    with pytest.raises(UsageError, match="similar: .*新型储能"):
        ask("who-promotes", topic="新型储")
    with pytest.raises(UsageError, match="four digits"):
        ask("place-targets-by-year", place="深圳市", year="二〇二五")


def test_free_sparql_has_the_prefixes_and_binds_parameters() -> None:
    """SELECT, ASK and CONSTRUCT run as they are; a parameter is a term."""
    select = "SELECT ?thing ?name { ?thing a kg:City ; skos:prefLabel ?name }"
    assert queries.run(GRAPH, select, {"name": "深圳市"}).rows[0][1] == "深圳市"
    assert queries.run(GRAPH, "ASK { ?x a kg:Target }").rows == (("true",),)
    built = queries.run(GRAPH, "CONSTRUCT { ?p kg:develops ?t } WHERE { ?p kg:develops ?t }")
    assert built.columns == ("subject", "predicate", "object") and len(built) == 3


def test_free_sparql_keeps_equal_rows() -> None:
    """Without DISTINCT a row comes as often as SPARQL says; a named question shows each row once."""
    both = graph(extraction(), extraction(extraction().document.text + "又。", "b.md"))
    rows = queries.run(both, "SELECT ?q { ?e a kg:Evidence ; kg:quote ?q FILTER(?q = '深圳市') }").rows
    assert rows == (("深圳市",), ("深圳市",))


def test_a_label_cannot_change_the_query() -> None:
    """A parameter that looks like SPARQL is a name that nothing bears; the graph stays whole."""
    before = len(GRAPH)
    with pytest.raises(UsageError, match="no Topic called"):
        ask("who-promotes", topic='x" } ; DROP ALL ; INSERT DATA { <a:a> <a:b> "y')
    assert len(GRAPH) == before


def test_question_files_of_a_user_run(tmp_path: Path) -> None:
    """A .rq file elsewhere is read with its header; one that hides a column it promises is refused."""
    file = tmp_path / "mine.rq"
    file.write_text("# title-zh: 甲\n# columns: name\nSELECT ?name { ?x a kg:District ; skos:prefLabel ?name }", "utf-8")
    assert ("福田区",) in queries.run(GRAPH, str(file)).rows
    bad = tmp_path / "bad.rq"
    bad.write_text("# columns: other\nSELECT ?name { ?x skos:prefLabel ?name }", "utf-8")
    with pytest.raises(QueryError, match="does not select other"):
        queries.run(GRAPH, str(bad))


REACHING_OUT = (
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/> ; SELECT * { }",
    "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE<http://127.0.0.1:9/>{} }",
    "SELECT * { # comment\n SERVICE <http://127.0.0.1:9/> { } }",
)


@pytest.mark.parametrize("sparql", REACHING_OUT)
def test_queries_that_reach_out_are_refused(sparql: str) -> None:
    """SERVICE, LOAD and FROM are refused before the engine sees them."""
    with pytest.raises(QueryError, match="is not allowed"):
        queries.run(GRAPH, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT * { ?s ?p "SERVICE FROM LOAD" }',
        "SELECT * { ?s ?p ?service } # FROM here",
        "SELECT * { ?s <http://x/SERVICE> ?from }",
        "SELECT * { ?s kg:load ?o }",
        "SELECT * { ?s ?p '''a'b SERVICE''' }",
    ],
)
def test_the_words_alone_are_no_reason_to_refuse(sparql: str) -> None:
    """In strings, comments, variables and names the refused words are harmless."""
    queries.run(GRAPH, sparql)


@pytest.mark.parametrize("count", [100, 1_000, 10_000])
@pytest.mark.parametrize(
    "make",
    [
        lambda n: "SELECT * " + "{" * n + "}" * n,
        lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
        lambda n: "SELECT * { FILTER(" + "!" * n + "true) }",
        lambda n: "SELECT * { " + "OPTIONAL { ?a ?b ?c " * n + "}" * n + " }",
        lambda n: "SELECT * { ?a ?b " + "[ ?c " * n + "1" + "]" * n + " }",
        lambda n: "SELECT * { ?a ?b " + "( " * n + ")" * n + " }",
        lambda n: "SELECT * { FILTER(" + "- " * n + "1 = 1) }",
    ],
)
def test_deep_queries_are_refused_at_once(make: object, count: int) -> None:
    """What would crash or stall the engine never reaches it, and refusing takes no time."""
    start = time.monotonic()
    with pytest.raises(QueryError):
        queries.run(GRAPH, make(count))  # type: ignore[operator]
    assert time.monotonic() - start < 0.5


def test_syntax_errors_are_query_errors() -> None:
    """SPARQL that does not parse is a QueryError with the engine's words."""
    with pytest.raises(QueryError, match="does not parse"):
        queries.run(GRAPH, "SELECT ?x WHERE { ?x ")


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_the_deadline_ends_a_query() -> None:
    """A cross product of millions of rows stops at its deadline, and the graph still answers."""
    start = time.monotonic()
    with pytest.raises(QueryLimitError, match="longer than"):
        queries.run(GRAPH, SLOW, timeout=0.3)
    assert time.monotonic() - start < 2
    assert queries.run(GRAPH, "who-promotes", {"topic": "储能"}, timeout=20).rows == tuple(ask("who-promotes", topic="储能"))


def test_a_store_on_disk_answers_in_a_process_too(tmp_path: Path) -> None:
    """The child opens a snapshot, so the writer keeps its lock; errors come back as they are."""
    store = OxigraphStore(tmp_path / "store")
    store.load(GRAPH.lines())
    disk = Graph(store)
    assert queries.run(disk, "summary", timeout=20).rows == tuple(ask("summary"))
    with pytest.raises(QueryError, match="does not parse"):
        queries.run(disk, "SELECT {", timeout=20)


def test_too_many_rows_are_an_error_not_a_cut() -> None:
    """An answer is whole or an error."""
    with pytest.raises(QueryLimitError, match="more than 2 rows"):
        queries.run(GRAPH, "SELECT ?s { ?s ?p ?o }", max_rows=2)


def test_answers_take_other_forms() -> None:
    """Records, JSON, CSV and HTML hold the same cells; the spreadsheet form disarms formulas, HTML escapes."""
    answer = queries.run(graph(hostile()), 'SELECT ?l { ?x skos:prefLabel ?l FILTER(STRSTARTS(?l, "=") || CONTAINS(?l, "<")) }')
    assert '"=HYPERLINK(1)"' in answer.to_json()
    assert "\r\n=HYPERLINK(1)\r\n" in answer.to_csv()
    assert "\r\n'=HYPERLINK(1)\r\n" in answer.to_csv(spreadsheet=True)
    assert "<script>" not in answer._repr_html_()
    assert len(list(answer)) == len(answer) == 2


def test_rows_do_not_depend_on_the_order_of_loading() -> None:
    """A graph filled backwards answers every question with the same rows in the same order."""
    both = graph(extraction(), extraction(extraction().document.text + "又。", "b.md"))
    backwards = Graph()
    backwards.store.load(reversed(both.lines()))
    for name in queries.names():
        given = {p.name: GIVEN[p.name] for p in queries.question(name).parameters if p.required}
        assert queries.run(both, name, given).rows == queries.run(backwards, name, given).rows, name


def test_the_documentation_lists_every_question_as_it_is() -> None:
    """docs/queries.md has a row for each question with its title, parameters and columns."""
    text = (Path(__file__).parent.parent / "docs" / "queries.md").read_text("utf-8")
    for name in queries.names():
        asked = queries.question(name)
        row = next((line for line in text.split("\n") if line.startswith(f"| `{name}` |")), "")
        assert asked.title_zh in row and ", ".join(asked.columns) in row
        assert all(f"`{parameter.name}`" in row for parameter in asked.parameters)


def test_the_queries_of_the_documentation_run() -> None:
    """Every SPARQL block of docs/queries.md parses and runs."""
    text = (Path(__file__).parent.parent / "docs" / "queries.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in text.split("```sparql\n")[1:]]
    assert len(blocks) == 3
    for block in blocks:
        queries.run(GRAPH, block)


def test_many_things_are_asked_in_one_query_with_the_rows_of_one_by_one(monkeypatch):
    """A topic with others below it gives the rows of each, distinct and in the order of the question."""
    from kg.queries import execution

    def rows() -> list[tuple[str | None, ...]]:
        return list(graph().query("who-promotes", topic=TOPIC).rows)

    together = rows()
    monkeypatch.setattr(execution, "_joined", lambda sparql, bindings: None)
    assert together == rows() and together
