"""responsibleFor: the bodies in the brackets of a task, and those that lead it in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence

_BRACKET = re.compile(
    r"\(([^()\n]{3,600}(?:\([^()\n]{0,60}\)[^()\n]{0,600}){0,4})\)|\[([^\[\]\n]{3,600})\]"
    r"|((?:牵头|责任|配合|主办|协办|主责|负责|落实|承办|参与|实施)(?:单位|部门|主体|处室)?[::][^。\n()]{3,600}"
    r"|(?:牵头|责任|配合|主办|协办)(?:单位|部门)(?:为|是|包括)[^。\n()]{3,300})"
)
_ROLES = (
    ("lead", re.compile(r"牵头(?:单位|部门)?|第一责任|主办(?:单位|部门)?")),
    ("support", re.compile(r"配合(?:单位|部门)?|协办|参与单位|协同单位")),
    ("responsible", re.compile(r"责任(?:单位|部门|主体)?|负责|分工|落实单位")),
)
_BEHIND = re.compile(r"(?:牵头|总牵头|配合|协助|协同|参与|负责)(?!单位|部门|责任|:)")
_LINE = re.compile(r"^(?:牵头|责任|配合|主办|协办|主责|负责|实施|落实)(?:单位|部门|主体)")
_LABEL = re.compile(r"\s*(?:牵头|责任|配合|主办|协办)(?:单位|部门)\s*[::]?\s*")
_LEADS = re.compile(
    r"由(?P<bodies>[^。;,\n由]{2,60}?)(?:联合|共同)?(?:牵头|总牵头|负责(?!解释|人|制|任)|组织实施|具体实施|统筹|承担|(?:组织|具体|抓好|负责)?落实)"
)
_LEADING = re.compile(r"(?:负责)?牵头[,、]?")
_ACTS = re.compile(
    r"(?:[、和及与](?![、和及与])(?:有关|相关|各)?[一-鿿()]{2,14}?(?:公司|集团|政府|部门|单位|[局厅委]|管委会|街道)(?=[、和及与等按配参协牵负])){0,4}"
    r"(?:等(?:部门|单位)?)?"
    r"(?:按照?|根据|依)?(?:各自)?(?:职责|职能)?(?:分工)?(?:要|应|应当|共同|具体|分别|主要|全面|抓紧)?"
    r"(?:(?P<lead>总?牵头|负责(?!解释|人|制|任)|统筹|承担|组织|建立|抓好|做好|制定|定期)|(?P<help>配合|参与|参加|协助))"
)
_GENERAL = re.compile(r"(?:各|有关|相关)[^、,;:()\n]{1,14}")
"""Bodies named by kind (各开发区管委会): they are no entities, but a bracket that lists them lists bodies."""
_NUMBERED = re.compile(
    r"\s*(?:([一二三四五六七八九十]{1,3}、)|(\([一二三四五六七八九十]{1,3}\))|([0-9]{1,2}[.、．](?![0-9]))|(\([0-9]{1,2}\)))"
)
_WITH = re.compile(r"会同|联合|和|与|及|以及|、|,")
_STARTS = "。;；，,:： 　"
TITLES = ("task.heading", "task.run-in", "task.charged", "task.beside")
"""Rules of tasks that a block can stand under; a programme named in prose heads nothing."""


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """Responsibility facts of a document."""
    return [*_brackets(linked), *_led(linked), *_acting(linked), *_rows(linked, ontology)]


def _led(linked: Linked) -> Iterator[Fact]:
    """由市工信局牵头，…: in the text of a task."""
    for index, block in enumerate(linked.document.blocks):
        yield from _led_series(linked, block.start, block.end)
        matches = list(_LEADS.finditer(linked.document.folded, block.start, block.end))
        task = _task_of(linked, index) if matches else None
        if task is None:
            continue
        for match in matches:
            for _, body in linked.between(match.start("bodies"), match.end("bodies"), "Agency"):
                words = evidence(linked, match.start(), match.end(), "responsibleFor.led", 0.8)
                role = "responsible" if match.group().endswith("落实") else "lead"
                yield Fact(body.iri, "responsibleFor", task.iri, (words,), "", role)


def _acting(linked: Linked) -> Iterator[Fact]:
    """省发展改革委会同省商务厅统筹…; 市数据局负责…: bodies that open a clause in the text of a task and act."""
    text = linked.document.folded
    for index, block in enumerate(linked.document.blocks):
        if block.kind not in ("paragraph", "item") or block.parent < 0:
            continue
        bodies = linked.between(block.start, block.end, "Agency")
        task = _task_of(linked, index) if bodies else None
        while bodies and task is not None:
            run, bodies = _run(text, bodies)
            act = _ACTS.match(text, run[-1][0].end)
            first = run[0][0].start
            if act and (first == block.start or text[first - 1] in _STARTS) and not _central(run):
                yield from _acts(linked, task, run, act)


def _run(text: str, bodies: list[tuple[Mention, Entity]]) -> tuple[list[tuple[Mention, Entity]], list[tuple[Mention, Entity]]]:
    """The bodies that stand joined at the head of the list, and the others."""
    size = 1
    while size < len(bodies) and _WITH.fullmatch(text, bodies[size - 1][0].end, bodies[size][0].start):
        size += 1
    return bodies[:size], bodies[size:]


def _central(run: list[tuple[Mention, Entity]]) -> bool:
    return any(mention.rule == "agency.central" for mention, _ in run)


def _acts(linked: Linked, task: Entity, run: list[tuple[Mention, Entity]], act: re.Match[str]) -> Iterator[Fact]:
    text = linked.document.folded
    helped = False
    for number, (mention, body) in enumerate(run):
        helped = helped or number > 0 and "会同" in text[run[number - 1][0].end : mention.start]
        role = "support" if helped or act.group("help") else "lead" if "牵头" in act.group() else "responsible"
        words = evidence(linked, run[0][0].start, act.end(), "responsibleFor.acting", 0.65)
        yield Fact(body.iri, "responsibleFor", task.iri, (words,), "", role)


def _rows(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A row of a table of duties: the bodies in its columns 牵头单位 and 配合单位 are responsible for its task."""
    document = linked.document
    duties = ontology.word_set("duty-columns")
    task: Entity | None = None
    for row in document.rows:
        named = [pair for pair in linked.between(row[0].start, row[-1].end, "Task") if pair[0].rule == "task.table"]
        task = named[0][1] if named else task
        for cell in row:
            column = re.sub(r"\s", "", cell.column)
            if task is None or column not in duties:
                continue
            for mention, body in linked.between(cell.start, cell.end, "Agency"):
                role = next((name for name, pattern in _ROLES if pattern.search(column)), "responsible")
                role = _role(document.folded, cell.start, cell.end, mention) if role == "responsible" else role
                words = evidence(linked, cell.start, cell.end, f"responsibleFor.{role}", 0.85)
                yield Fact(body.iri, "responsibleFor", task.iri, (words,), "", role)


def _led_series(linked: Linked, start: int, end: int) -> Iterator[Fact]:
    """A牵头，建立健全…体系, where 建立健全跟踪机制 is one of the tasks that the paragraph lists."""
    text = linked.document.folded
    listed = [p for p in linked.between(start, end, "Task") if p[0].rule == "task.series"]
    for mention, body in linked.between(start, end, "Agency") if listed else ():
        after = _LEADING.match(text, mention.end)
        for task, entity in listed if after else ():
            if after and task.end < mention.start and text.startswith(text[task.start : task.start + 4], after.end()):
                words = evidence(linked, mention.start, after.end(), "responsibleFor.led", 0.7)
                yield Fact(body.iri, "responsibleFor", entity.iri, (words,), "", "lead")


def _brackets(linked: Linked) -> Iterator[Fact]:
    document = linked.document
    for index, block in enumerate(document.blocks):
        text = document.folded
        line = text[block.start : block.end]
        if _LABEL.fullmatch(line) and index + 1 < len(document.blocks):
            spans = [(block.start, document.blocks[index + 1].end)]  # the label on a line of its own, the bodies below
        elif _LINE.match(line):
            spans = [(block.start, block.end)]
        else:
            spans = [m.span(m.lastindex or 0) for m in _BRACKET.finditer(text, block.start, block.end)]
        task = _task_of(linked, index) if spans else None
        if task is None:
            continue
        for start, end in spans:
            yield from _duties(linked, task, start, end)


def _duties(linked: Linked, task: Entity, start: int, end: int) -> Iterator[Fact]:
    """One fact per body of a bracket that holds little else than bodies."""
    text = linked.document.folded
    bodies = linked.between(start, end, "Agency")
    if not bodies:
        return
    labelled = any(pattern.search(text, start, end) for _, pattern in _ROLES)
    named = sum(m.end - m.start for m, _ in bodies) + sum(len(words) for words in _GENERAL.findall(text, start, end))
    if not labelled and named * 2 < end - start:
        return
    for mention, body in bodies:
        role = _role(text, start, end, mention)
        words = evidence(linked, start, end, f"responsibleFor.{role}", 0.9)
        yield Fact(body.iri, "responsibleFor", task.iri, (words,), "", role)


def _role(text: str, start: int, end: int, mention: Mention) -> str:
    """牵头单位：A names the role before the bodies, A牵头、B配合 behind them."""
    behind = _BEHIND.search(text, mention.end, end)
    if behind and not re.search(r"[;；。:]", text[mention.end : behind.start()]):
        return {"牵": "lead", "总": "lead", "配": "support", "协": "support", "参": "support"}.get(
            behind.group()[0], "responsible"
        )
    role, best = "responsible", -1
    for name, pattern in _ROLES:
        for match in pattern.finditer(text, start, mention.start):
            if match.start() > best and not _BEHIND.match(text, match.start()):
                best, role = match.start(), name
    return role


def _task_of(linked: Linked, index: int) -> Entity | None:
    """The task of the block: its own heading, or the nearest heading above that is a task; 2. is no part of 1."""
    document = linked.document
    style = _style(document, index)
    for number in (index, *document.headings_of(index)):
        if number != index and style and _style(document, number) == style:
            continue
        block = document.blocks[number]
        tasks = [p for p in linked.between(block.start, block.end, "Task") if p[0].rule in TITLES]
        if tasks:
            return tasks[-1][1]
    return None


def _style(document: Document, index: int) -> int:
    """How a block is numbered: 1 for 一、, 2 for (一), 3 for 1., 4 for (1); 0 for none, and for the text behind a run-in head."""
    block = document.blocks[index]
    if block.start and document.text[block.start - 1] != "\n":
        return 0
    match = _NUMBERED.match(document.folded, block.start, block.end)
    return match.lastindex or 0 if match else 0
