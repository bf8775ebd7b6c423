"""Fixed places for the nodes of a drawing: a small force layout that gives the same places for the same graph.

Only element-wise float operations and sums in a fixed order are used (no random start, no BLAS), so that results do not
depend on the number of cores or the run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_GOLDEN = 2.399963
"""Golden angle in radians: successive points of a spiral that never line up."""
_ROUNDS = 140
_PUSH = 90.0
"""Strength of repulsion, in squared pixels per unit of mass; a lone pair then rests about 20 pixels apart."""
_GRAVITY = 0.05
_STEP = 60.0
"""Longest move of the first round, in pixels; it falls to zero with the rounds."""
_DENSITY = 34.0
"""Root-mean-square distance from the middle, in pixels, is this times the square root of the number of nodes."""
_SPREAD = 60
"""Rounds that only push overlapping nodes apart."""
_EXACT = 2000
"""Nodes for which every pair is reckoned with; more are laid out level by level (kg.exporters.levels)."""
_BLOCK = 256
"""Rows handled at once, so that memory stays small for large graphs."""


def places(count: int, pairs: Sequence[tuple[int, int]], radii: Sequence[float]) -> list[tuple[int, int]]:
    """Whole-pixel (x, y) of nodes 0..count-1, given in order of importance.

    ``pairs`` are the joined nodes, ``radii`` the room that each node needs, in pixels. Nodes without a partner stand in rows
    below the others.
    """
    distinct = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    linked = sorted({end for pair in distinct for end in pair})
    rank = {node: number for number, node in enumerate(linked)}
    ranked = [(rank[a], rank[b]) for a, b in distinct]
    small = len(linked) <= _EXACT
    points = _forces(len(linked), ranked, [radii[node] for node in linked]) if small else _large(len(linked), ranked)
    found = dict(zip(linked, points, strict=True))
    alone = [node for node in range(count) if node not in rank]
    found.update(zip(alone, _rows(len(alone), points), strict=True))
    return [found[node] for node in range(count)]


def _large(count: int, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    import numpy as np

    from kg.exporters.levels import spread

    return _whole(np, spread(np, count, pairs))


def _whole(np: Any, points: Any) -> list[tuple[int, int]]:
    """Whole pixels, the root-mean-square distance from the middle as ``_DENSITY`` asks."""
    points = points * (_DENSITY * len(points) / math.sqrt(math.fsum((points * points).ravel().tolist()) + 1e-9))
    return [(int(x), int(y)) for x, y in np.rint(points)]


def _rows(count: int, above: list[tuple[int, int]]) -> list[tuple[int, int]]:
    columns = max(12, math.isqrt(3 * count))
    top = max((y for _, y in above), default=0) + 90
    return [((number % columns) * 60 - columns * 30, top + (number // columns) * 40) for number in range(count)]


def _forces(count: int, pairs: list[tuple[int, int]], radii: list[float]) -> list[tuple[int, int]]:
    if not count:
        return []
    import numpy as np

    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    mass = 1.0 + np.bincount(ends.ravel(), minlength=count).astype(float)
    points = _start(np, count, pairs)
    for number in range(_ROUNDS):
        force = _repulsion(np, points, mass) - _GRAVITY * mass[:, None] * points
        pull = points[ends[:, 1]] - points[ends[:, 0]]
        np.add.at(force, ends[:, 0], pull)
        np.add.at(force, ends[:, 1], -pull)
        _move(np, points, force / mass[:, None], _STEP * (1 - number / _ROUNDS))
    points *= _DENSITY * count / math.sqrt(math.fsum((points * points).ravel().tolist()) + 1e-9)
    room = np.array(radii, dtype=float)
    for _ in range(_SPREAD):
        points += _overlap(np, points, room)
    return [(int(x), int(y)) for x, y in np.rint(points)]


def _start(np: Any, count: int, pairs: list[tuple[int, int]]) -> Any:
    """A spiral in breadth-first order, so that neighbors begin near one another."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    order: list[int] = []
    seen = [False] * count
    for root in range(count):
        queue = [] if seen[root] else [root]
        seen[root] = True
        for node in queue:
            order.append(node)
            fresh = [n for n in near[node] if not seen[n]]
            for n in fresh:
                seen[n] = True
            queue.extend(fresh)
    points = np.zeros((count, 2))
    for rank, node in enumerate(order):
        radius = 30 * math.sqrt(rank + 0.5)
        points[node] = (round(radius * math.cos(rank * _GOLDEN), 3), round(radius * math.sin(rank * _GOLDEN), 3))
    return points


def _differences(points: Any, first: int) -> tuple[Any, Any]:
    """x and y of (node of the block) - (every node), shaped (every, block): sums over axis 0 then have a fixed order."""
    block = points[first : first + _BLOCK]
    return block[None, :, 0] - points[:, None, 0], block[None, :, 1] - points[:, None, 1]


def _repulsion(np: Any, points: Any, mass: Any) -> Any:
    force = np.zeros_like(points)
    for first in range(0, len(points), _BLOCK):
        dx, dy = _differences(points, first)
        weight = _PUSH * mass[:, None] * mass[None, first : first + _BLOCK] / (dx * dx + dy * dy + 1.0)
        force[first : first + _BLOCK, 0] = (weight * dx).sum(axis=0)
        force[first : first + _BLOCK, 1] = (weight * dy).sum(axis=0)
    return force


def _overlap(np: Any, points: Any, room: Any) -> Any:
    """How far each node has to give way so that no two circles of ``room`` overlap."""
    moves = np.zeros_like(points)
    for first in range(0, len(points), _BLOCK):
        dx, dy = _differences(points, first)
        distance = np.sqrt(dx * dx + dy * dy) + 1e-6
        lack = np.maximum(room[:, None] + room[None, first : first + _BLOCK] - distance, 0.0) / distance
        moves[first : first + _BLOCK, 0] = (lack * dx).sum(axis=0) * 0.35
        moves[first : first + _BLOCK, 1] = (lack * dy).sum(axis=0) * 0.35
    return moves


def _move(np: Any, points: Any, force: Any, limit: float) -> None:
    length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]) + 1e-9
    points += force * (np.minimum(length, limit) / length)[:, None]
