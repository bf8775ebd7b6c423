"""Places for the nodes of a large graph: first for a few that stand for the rest, then for more and more of them.

A hub takes its small neighbors in, again and again, until few hubs are left. Those are laid out by forces; then each hub lets
its neighbors out around itself and forces put them in order. Nothing is random, and time grows about as n log n.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.exporters.field import repulsion

_FEW = 300
"""Nodes that are laid out without any taking in."""
_LEAST = 30
"""Hubs that are too few to tell the parts of a graph apart."""
_LEVELS = 12
_FIRST_ROUNDS = 200
_ROUNDS = 60
"""Rounds of forces at the first and at each later level."""
_PUSH = 60.0
_GRAVITY = 0.1
_GOLDEN = 2.399963
"""Golden angle in radians: successive points of a spiral that never line up."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A graph of hubs: joined pairs with their weights, what each node weighs, and the hub of each node in the level above."""

    count: int
    pairs: Sequence[tuple[int, int]]
    weights: Sequence[int]
    sizes: Sequence[int]
    hubs: Sequence[int]


def spread(np: Any, count: int, pairs: Sequence[tuple[int, int]]) -> Any:
    """(count, 2) floats: a place for every node; joined ``pairs`` are distinct, every node is in one."""
    levels = _levels(count, pairs)
    points = _spiral(np, levels[-1].count)
    _settle(np, points, levels[-1], _FIRST_ROUNDS)
    for level in reversed(levels[:-1]):
        points = _let_out(np, points, level)
        _settle(np, points, level, _ROUNDS)
    return points


def _levels(count: int, pairs: Sequence[tuple[int, int]]) -> list[_Level]:
    level = _Level(count, pairs, [1] * len(pairs), [1] * count, ())
    found: list[_Level] = []
    while level.count > _FEW and len(found) < _LEVELS:
        hubs = _hubs(level)
        above = max(hubs) + 1
        if not _LEAST <= above <= 0.9 * level.count:
            break
        found.append(_Level(level.count, level.pairs, level.weights, level.sizes, hubs))
        level = _above(level, hubs, above)
    return [*found, level]


def _hubs(level: _Level) -> list[int]:
    """Hub of each node, numbered by their first node. Great nodes take in small ones, and never one of half their size."""
    near: list[list[int]] = [[] for _ in range(level.count)]
    for a, b in level.pairs:
        near[a].append(b)
        near[b].append(a)
    order = sorted(range(level.count), key=lambda node: (-len(near[node]), node))
    owner = [-1] * level.count
    for node in order:
        if owner[node] >= 0:
            continue
        owner[node] = node
        for other in near[node]:
            if owner[other] < 0 and (len(near[other]) <= 3 or 3 * len(near[other]) < len(near[node])):
                owner[other] = node
    numbers: dict[int, int] = {}
    return [numbers.setdefault(hub, len(numbers)) for hub in owner]


def _above(level: _Level, hubs: Sequence[int], count: int) -> _Level:
    joined: Counter[tuple[int, int]] = Counter()
    for (a, b), weight in zip(level.pairs, level.weights, strict=True):
        if hubs[a] != hubs[b]:
            joined[(min(hubs[a], hubs[b]), max(hubs[a], hubs[b]))] += weight
    sizes = [0] * count
    for node, hub in enumerate(hubs):
        sizes[hub] += level.sizes[node]
    pairs = sorted(joined)
    return _Level(count, pairs, [joined[pair] for pair in pairs], sizes, ())


def _spiral(np: Any, count: int) -> Any:
    ranks = range(count)
    return np.array([[30 * math.sqrt(r + 0.5) * f(r * _GOLDEN) for f in (math.cos, math.sin)] for r in ranks]).round(3)


def _let_out(np: Any, points: Any, level: _Level) -> Any:
    """The nodes of ``level`` around their hubs, on a plane as much larger as they are more."""
    wider = points * math.sqrt(level.count / len(points))
    within: Counter[int] = Counter()
    found = np.zeros((level.count, 2))
    for node, hub in enumerate(level.hubs):
        rank = within[hub]
        within[hub] += 1
        radius = 9 * math.sqrt(rank)
        found[node] = (round(radius * math.cos(rank * _GOLDEN), 3), round(radius * math.sin(rank * _GOLDEN), 3))
    return found + wider[np.array(level.hubs)]


def _settle(np: Any, points: Any, level: _Level, rounds: int) -> None:
    """Move ``points`` by pulls along the pairs, pushes among all and a weak pull to the middle."""
    ends = np.array(level.pairs, dtype=np.int64).reshape(-1, 2)
    weights = np.sqrt(np.array(level.weights, dtype=float))
    strength = np.concatenate([weights, weights])
    mass = 1.0 + np.bincount(ends.ravel(order="F"), weights=strength, minlength=level.count)
    first, second = ends[:, 0], ends[:, 1]
    step = 40.0
    for number in range(rounds):
        force = repulsion(np, points, mass, _PUSH) - _GRAVITY * mass[:, None] * points
        for axis in (0, 1):
            pull = (points[second, axis] - points[first, axis]) * weights
            force[:, axis] += np.bincount(first, weights=pull, minlength=level.count)
            force[:, axis] -= np.bincount(second, weights=pull, minlength=level.count)
        _move(np, points, force / mass[:, None], step * (1 - number / rounds))


def _move(np: Any, points: Any, force: Any, limit: float) -> None:
    length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]) + 1e-9
    points += force * (np.minimum(length, limit) / length)[:, None]
