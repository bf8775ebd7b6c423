"""Copies: reposts, excerpts and further names of one text are one source."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg import graph as graphs
from kg import iri, ontology, pipeline
from kg.graph import Graph, open_graph
from kg.similarity import fingerprint, groups, likeness

PARTS = (
    "全市",
    "产业",
    "发展",
    "企业",
    "园区",
    "项目",
    "建设",
    "服务",
    "创新",
    "平台",
    "政策",
    "支持",
    "重点",
    "规模",
    "技术",
    "人才",
)


def _text(seed: int, length: int = 900) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice(PARTS) + chosen.choice("，。的和、") for _ in range(length // 3))


BODY = _text(1)
OTHER = _text(2)


def test_a_repost_under_another_head_and_foot_is_alike() -> None:
    """The same body with a site's head, foot, other punctuation and line breaks is alike; another text is not."""
    repost = "某某网讯\n记者张三\n" + BODY.replace("，", " ,\n") + "\n责任编辑：李四\n来源：某某日报"
    assert likeness(fingerprint(BODY), fingerprint(repost)) > 0.8
    assert likeness(fingerprint(BODY), fingerprint(OTHER)) < 0.1
    assert likeness(fingerprint(BODY), fingerprint(BODY)) == 1


def test_an_excerpt_is_alike_and_a_citation_is_not() -> None:
    """Two thirds of a text are the same source; a text that quotes a tenth of it is not."""
    groups_of = groups({"a": fingerprint(BODY), "b": fingerprint(BODY[:600]), "c": fingerprint(OTHER + BODY[:90])})
    assert groups_of == {"a": "a", "b": "a", "c": "c"}


def test_short_texts_have_no_fingerprint() -> None:
    """A slogan is no source of its own: it has no fingerprint and stays alone."""
    assert fingerprint("大力发展新型显示产业。" * 50) == ""
    assert groups({"a": "", "b": ""}) == {"a": "a", "b": "b"}


def test_groups_do_not_depend_on_the_order() -> None:
    """Chains of copies are one group whatever the order of the documents; foreign values do no harm."""
    chain = {f"d{n}": fingerprint(_text(n // 4)[: 900 - 60 * (n % 4)]) for n in range(12)} | {"x": "no fingerprint"}
    found = groups(chain)
    assert len(set(found.values())) == 4
    shuffled = list(chain.items())
    random.Random(5).shuffle(shuffled)
    assert groups(dict(shuffled)) == found


def test_many_copies_take_little_time() -> None:
    """Two thousand copies of one text are grouped without comparing each with each."""
    mark = fingerprint(BODY)
    assert set(groups({f"{n:04}": mark for n in range(2000)}).values()) == {"0000"}


FACTS = "合肥市重点发展集成电路产业，到2025年集成电路产业产值达到1000亿元。\n"


def _folder(folder: Path) -> Path:
    folder.mkdir()
    body = FACTS + BODY
    (folder / "a.txt").write_text(f"合肥市集成电路产业发展规划\n{body}")
    (folder / "b.txt").write_text(f"合肥日报：合肥发布集成电路规划\n{body}\n（本报记者报道）")
    (folder / "c.txt").write_text(f"合肥市经济工作综述\n{FACTS}{OTHER}")
    (folder / "same.txt").write_text(f"合肥市集成电路产业发展规划\r\n{body}")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("copies")
    report = pipeline.build([_folder(folder / "in")], folder / "out", formats=["nquads"])
    assert (report.ingested, report.duplicates) == (3, [("same.txt", "a.txt")])
    return open_graph(folder / "out")


def test_e14_copies_count_once(built: Graph) -> None:
    """E14: a fact of a plan, its repost and an independent report rests on two sources, though three documents state it."""
    rows = built.query("topics-of-place", place="合肥市").rows
    assert {row[4] for row in rows if row[1] == "集成电路"} == {"2"}
    edges = [e for e in built.network().edges if e.kind == "develops" and e.target == iri.topic("集成电路")]
    assert edges and all(len(e.documents) == 3 for e in edges)
    for edge in edges:
        assert edge.count < len(edge.evidence)
        assert len({quote.source for quote in edge.evidence}) == 2


def test_e13_the_same_text_under_two_names(built: Graph) -> None:
    """E13: a file of the same text is no document of its own; its name is kept with the one that is."""
    answer = built.query("SELECT ?file ?name WHERE { ?d kg:copyName ?name ; kg:fileName ?file }")
    assert [tuple(row) for row in answer.rows] == [("a.txt", "same.txt")]


def test_groups_follow_additions_and_removals(built: Graph) -> None:
    """Adding documents one by one groups them as building them at once; removing one leaves the graph of the others."""
    words = ontology.load()
    texts = {"a.txt": f"规划\n{FACTS}{BODY}", "b.txt": f"报道\n{FACTS}{BODY}", "c.txt": f"综述\n{FACTS}{OTHER}"}
    from tests.passages import document

    extractions = [pipeline.extract(document(text, name), words) for name, text in texts.items()]
    grown = Graph(vocabulary=words)
    names = [grown.add(each) for each in extractions]
    assert grown.lines() == graphs.merge([graphs.quads(e, words) for e in extractions], words).lines()
    grown.remove(names[0])
    assert grown.lines() == graphs.merge([graphs.quads(e, words) for e in extractions[1:]], words).lines()
