"""Changes to a document that must not change what it says, and a measure of how far extraction follows them.

Each change takes the canonical text of a document and its extraction and gives variants: the changed document, how names of
the original read in it, and which statements it must still make. The invariance rate of a change is
2·|same| / (|before| + |after|) over entities, relations and targets, summed over documents.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg import ontology, pipeline, readers
from kg.folding import fold
from kg.model import Document, Extraction

Statement = tuple[str, ...]
Statements = Counter[Statement]

WIDTH = 32
"""Characters on a line of a hard-wrapped text."""


@dataclass
class Variant:
    """A changed document; ``rename`` maps a name of the original to its form here, ``keeps`` says what must be left."""

    document: Document
    rename: Callable[[str], str] = fold
    keeps: Callable[[Extraction], Extraction] = lambda extraction: extraction
    about: str = ""
    """Where given, only statements with this name in them count: the others would hide what happens to it."""


@dataclass
class Rate:
    """How much of what was said before is said after, and nothing else."""

    same: int = 0
    before: int = 0
    after: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def value(self) -> float:
        return 2 * self.same / (self.before + self.after) if self.before + self.after else 1.0


def statements(extraction: Extraction, rename: Callable[[str], str]) -> Statements:
    """What an extraction says, without offsets and identifiers."""
    names = {e.iri: fold(rename(e.name)) for e in extraction.entities}
    said: list[Statement] = [("entity", e.type, names[e.iri]) for e in extraction.entities]
    said += [("relation", names.get(f.subject, ""), f.predicate, names.get(f.object, "")) for f in extraction.facts]
    said += [
        (
            "target", fold(rename(t.metric)), t.operator, str(t.value), t.unit, str(t.year), names.get(t.place or "", ""),
            names.get(t.topic or "", ""),
        )
        for t in extraction.targets
    ]  # fmt: skip
    return Counter(said)


def compare(original: Extraction, variant: Variant) -> Rate:
    before = _about(statements(variant.keeps(original), variant.rename), variant.about)
    after = _about(statements(pipeline.extract(variant.document), fold), variant.about)
    lost, new = before - after, after - before
    differences = [f"- {' '.join(s)}" for s in sorted(lost)] + [f"+ {' '.join(s)}" for s in sorted(new)]
    return Rate((before & after).total(), before.total(), after.total(), differences)


def _about(said: Statements, name: str) -> Statements:
    return Counter({statement: n for statement, n in said.items() if any(name in part for part in statement)})


def plain(text: str, name: str = "plain.txt") -> Document:
    return readers.read(name, data=text.encode())


# (a) another city


SWAPS = {
    "City": ("宜昌", "株洲", "徐州", "漳州", "柳州", "烟台"),
    "Province": ("湖北", "湖南", "江苏", "福建", "山东", "河南"),
    "Municipality": ("重庆", "天津", "上海"),
}
"""Places to move to, with short names of two characters."""


def other_city(document: Document, original: Extraction) -> Iterator[Variant]:
    """The issuing city or province is another one throughout."""
    issuers = {f.object for f in original.facts if f.predicate == "appliesTo"}
    words = ontology.load()
    for iri in sorted(issuers):
        concept = words.concepts.get(iri)
        if concept is None or concept.kind not in SWAPS or concept.name[-1] not in "市省":
            continue
        old = concept.name[:-1]
        kind = "Municipality" if concept.kind == "Province" and concept.name.endswith("市") else concept.kind
        new = next((place for place in SWAPS[kind] if place not in document.text), None)
        if new is not None and len(old) == len(new):
            yield Variant(plain(document.text.replace(old, new)), _renaming(old, new))
            return


def _renaming(old: str, new: str) -> Callable[[str], str]:
    return lambda name: fold(name.replace(old, new))


# (b) other characters


def traditional(document: Document, original: Extraction) -> Iterator[Variant]:
    """The text in traditional script."""
    from opencc import OpenCC

    yield Variant(plain(OpenCC("s2t").convert(document.text)))


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def full_width(document: Document, original: Extraction) -> Iterator[Variant]:
    """Latin letters, digits and signs in their full-width forms."""
    yield Variant(plain(document.text.translate(_WIDE)))


# (c) lines cut by hand


def hard_wrapped(document: Document, original: Extraction) -> Iterator[Variant]:
    """Lines cut after 32 characters, paragraphs marked by an indent only."""
    lines: list[str] = []
    for line in document.text.split("\n"):
        indented = "　　" + line.strip() if len(line.strip()) > WIDTH else line.strip()
        lines += [indented[i : i + WIDTH] for i in range(0, len(indented), WIDTH)] or [""]
    yield Variant(plain("\n".join(lines)))


# (d) without a paragraph


def without_paragraph(document: Document, original: Extraction) -> Iterator[Variant]:
    """One paragraph of the second half is gone: what rests on other paragraphs stays."""
    bodies = [b for b in document.blocks if b.kind in ("paragraph", "item") and b.start > len(document.text) // 2 and b.end - b.start > 40]
    for block in bodies[:: max(1, len(bodies) // 3)][:3]:
        text = document.text[: block.start] + document.text[block.end :].lstrip("\n")
        yield Variant(plain(text), keeps=lambda extraction, b=block: _outside(extraction, b.start, b.end))  # type: ignore[misc]


def _outside(extraction: Extraction, start: int, end: int) -> Extraction:
    """What an extraction says with evidence outside [start, end)."""
    from dataclasses import replace

    def out(s: int, e: int) -> bool:
        return e <= start or s >= end

    entities = tuple(e for e in extraction.entities if e.implied or any(out(m.start, m.end) for m in e.mentions))
    names = {e.iri for e in entities}
    facts = tuple(f for f in extraction.facts if any(out(v.start, v.end) for v in f.evidence) and {f.subject, f.object} <= names)
    found = tuple(t for t in extraction.targets if out(t.evidence.start, t.evidence.end))
    return replace(extraction, entities=entities, facts=facts, targets=found)


# (e) an industry nobody has heard of


MADE_UP = ("霁珀", "沅砾", "钴槿", "翎汐", "曦硌", "岫珩")
"""Two characters that begin no word: put before the head of an industry's name they make one that no list holds."""
_HEADS = re.compile(r"(材料|装备|芯片|汽车|机器人|显示|制造|能源|服务|设备|器件|软件|医药|器械|传感器|电池|产业|农业|加工|物流|化工|技术|系统|终端|药)$")


def made_up_industry(document: Document, original: Extraction) -> Iterator[Variant]:
    """A listed industry gives way to a made-up one with the same head."""
    topics = [e for e in original.entities if e.type in ("Industry", "Technology") and len(e.mentions) and _HEADS.search(fold(e.name))]
    topics.sort(key=lambda e: (-len(e.mentions), e.iri))
    all_names = [e.name for e in original.entities]
    done = 0
    for entity in topics:
        name = entity.mentions[0].text
        head = _HEADS.search(fold(name))
        if head is None or any(m.text != name for m in entity.mentions) or sum(name in n for n in all_names) > 1 or name in _titles(original):
            continue
        new = MADE_UP[done] + name[head.start() :]

        yield Variant(plain(document.text.replace(name, new)), _renaming(name, new), about=fold(new))
        done += 1
        if done == 3:
            return


def _titles(extraction: Extraction) -> str:
    return "\n".join(e.name for e in extraction.entities if e.type in ("Policy", "Task", "Project", "Organization", "Agency"))


# (f) inside a web page


def in_a_page(document: Document, original: Extraction) -> Iterator[Variant]:
    """The text as the article of a government page with menus, breadcrumbs, links and a footer."""
    title = original.title or "政策文件"
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    yield Variant(readers.read("page.html", data=_PAGE.format(title=html.escape(title), body=body).encode()))


_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_政府信息公开</title></head><body>
<div class="top"><a href="/">网站首页</a><a href="/zw">政务公开</a><a href="/fw">政务服务</a><a href="/hd">互动交流</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zc">政策文件</a> &gt; 正文</div>
<div class="article"><h1>{title}</h1><div class="content">
{body}
</div></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">我市召开安全生产会议</a></li><li><a href="/2">图解政策一览</a></li></ul></div>
<div class="footer">主办单位：政府办公室 版权所有 <a href="/map">网站地图</a> <a href="/about">联系我们</a> 浏览次数：1024</div>
</body></html>"""


CHANGES: dict[str, Callable[[Document, Extraction], Iterator[Variant]]] = {
    "other city": other_city,
    "traditional script": traditional,
    "full width": full_width,
    "hard wrapped": hard_wrapped,
    "without a paragraph": without_paragraph,
    "made-up industry": made_up_industry,
    "in a web page": in_a_page,
}


def measure(documents: list[Document]) -> dict[str, Rate]:
    """The invariance rate of every change over ``documents``, each taken as plain text."""
    rates = {name: Rate() for name in CHANGES}
    for document in documents:
        base = plain(document.text)
        original = pipeline.extract(base)
        for name, change in CHANGES.items():
            for variant in change(base, original):
                one = compare(original, variant)
                total = rates[name]
                total.same, total.before, total.after = total.same + one.same, total.before + one.before, total.after + one.after
                total.differences += [f"{document.name}: {d}" for d in one.differences]
    return rates
