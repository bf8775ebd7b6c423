"""policy-kg: Chinese industrial-policy documents in, a knowledge graph with exact evidence out.

    import kg
    extraction = kg.extract("plan.md")            # what one document says
    report = kg.build(["folder"], "out")          # the graph of many, as files
    kg.highlight(extraction)                      # its text with what was found marked, in a notebook
    graph = kg.open("out")                        # kg.Graph: .query() .networkx() .rdflib() .export()

Names are loaded when first used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph import Graph as Graph
    from kg.graph import open_graph as open  # noqa: A004 - reads well as kg.open, and shadows nothing outside this module
    from kg.ontology import load as load_ontology
    from kg.pipeline import build as build
    from kg.pipeline import extract as extract
    from kg.views.highlight import highlight as highlight

__version__ = "0.1.0"

_PUBLIC = {
    "Graph": ("kg.graph", "Graph"),
    "build": ("kg.pipeline", "build"),
    "extract": ("kg.pipeline", "extract"),
    "highlight": ("kg.views.highlight", "highlight"),
    "load_ontology": ("kg.ontology", "load"),
    "open": ("kg.graph", "open_graph"),
}
"""Public name -> (module, name in it)."""

__all__ = ["Graph", "__version__", "build", "extract", "highlight", "load_ontology", "open"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    try:
        module, attribute = _PUBLIC[name]
    except KeyError:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; public names: {', '.join(__all__)}") from None
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC])
