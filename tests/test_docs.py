"""The documentation keeps up with the code: formats, commands, links, examples of commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")])


def test_every_export_format_is_in_the_guide():
    from kg.exporters import EXPORTERS

    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    assert not [name for name in EXPORTERS if f"`{name}`" not in guide]


def test_every_command_has_a_section_in_the_guide():
    from kg.cli import app

    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    names = [str(command.name or command.callback.__name__) for command in app.registered_commands if command.callback]
    assert len(names) >= 6
    assert not [name for name in names if f"\n    kg {name} " not in guide]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """Every relative link and picture of a page is a file or folder of the checkout."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_named_questions_in_the_docs_exist():
    from kg import queries

    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    asked = set(re.findall(r"kg query ([a-z]+(?:-[a-z]+)+)", text))
    assert asked and asked <= set(queries.names())


def test_both_readmes_show_the_same_commands():
    """README.zh.md has the commands of README.md, apart from names of files of one's own."""

    def commands(name: str) -> list[str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        return [line.split("#")[0].strip() for line in lines if re.match(r"    (make|kg query|pip) ", line)]

    assert commands("README.md") == commands("README.zh.md") != []
