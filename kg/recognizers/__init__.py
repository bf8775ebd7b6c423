"""Document -> mentions. A recognizer sees the document, the ontology and what the earlier ones found.

The gazetteer comes first and yields raw candidates (rule ``gazetteer``): every name of the ontology wherever its letters
stand. A later recognizer that believes a candidate returns a mention of its own for it (rule ``place.name`` …); what nobody
took up is dropped at the end.

To add a kind of mention that no list can hold: one module here and one line in RECOGNIZERS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology

CANDIDATE = "gazetteer"
"""Rule of the raw matches that no recognizer has taken up yet."""

Recognizer = Callable[[Document, Ontology, Sequence[Mention]], list[Mention]]
"""(document, ontology, mentions found so far) -> new mentions. Pure; runs on ``document.folded``."""

RECOGNIZERS: dict[str, str] = {
    "gazetteer": "kg.recognizers.gazetteer:recognize",
    "place": "kg.recognizers.place:recognize",
    "agency": "kg.recognizers.agency:recognize",
    "policy": "kg.recognizers.policy:recognize",
    "quantity": "kg.recognizers.quantity:recognize",
    "organization": "kg.recognizers.organization:recognize",
    "project": "kg.recognizers.project:recognize",
    "task": "kg.recognizers.task:recognize",
    "topic": "kg.recognizers.topics:recognize",
}
"""Name -> where the recognizer is, in the order they run."""
