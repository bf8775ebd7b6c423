"""Repulsion among many nodes, in time that grows with their number and not with its square.

Nodes push one another as masses do. What is far away pushes as one mass in its middle: a pyramid of square grids, each twice as
fine as the one above, gives every node the far cells of each grid (those whose parents touch its own parent, and that do not
touch its own cell) and, in the finest, the cells that touch its own. Sums are made in a fixed order, so results do not vary.
"""

from __future__ import annotations

from typing import Any

_COARSEST = 2
_FINEST = 9
"""Cells on a side are 2 to the power of the level."""
_PAD = 3
"""Empty cells around each grid, so that no neighbor falls outside."""


def repulsion(np: Any, points: Any, mass: Any, push: float, soft: float = 1.0) -> Any:
    """Force on each node, shaped like ``points``; ``push`` as in the exact sum, ``soft`` in squared pixels."""
    count = len(points)
    finest = _COARSEST
    while finest < _FINEST and 4**finest < count:
        finest += 1
    low = points.min(axis=0)
    size = float((points.max(axis=0) - low).max()) * (1 + 1e-9) + 1e-6
    force = np.zeros_like(points)
    for level in range(_COARSEST, finest + 1):
        side = 2**level
        cells = np.minimum(((points - low) * (side / size)).astype(np.int64), side - 1)
        grid = _Grid(np, points, mass, cells, side)
        _add_far(np, force, points, cells, grid, push, soft)
        if level == finest:
            _add_near(np, force, points, mass, cells, grid, push, soft)
    return force * mass[:, None]


class _Grid:
    """Mass of every cell and the sums of mass times place, in arrays with empty borders."""

    def __init__(self, np: Any, points: Any, mass: Any, cells: Any, side: int) -> None:
        self.width = side + 2 * _PAD
        spots = self.spots(cells)
        area = self.width * self.width
        self.mass = np.bincount(spots, weights=mass, minlength=area)
        self.x = np.bincount(spots, weights=mass * points[:, 0], minlength=area)
        self.y = np.bincount(spots, weights=mass * points[:, 1], minlength=area)

    def spots(self, cells: Any) -> Any:
        return (cells[:, 1] + _PAD) * self.width + cells[:, 0] + _PAD


def _add_far(np: Any, force: Any, points: Any, cells: Any, grid: _Grid, push: float, soft: float) -> None:
    safe = np.where(grid.mass > 0, grid.mass, 1.0)
    middle_x, middle_y = grid.x / safe, grid.y / safe
    beside_x, beside_y = _beside(cells[:, 0] & 1), _beside(cells[:, 1] & 1)
    own = grid.spots(cells)
    for down in range(-3, 4):
        for right in range(-3, 4):
            if max(abs(down), abs(right)) <= 1:
                continue
            spots = own + (down * grid.width + right)
            there = beside_x[right] & beside_y[down] & (grid.mass[spots] > 0)
            chosen = np.flatnonzero(there)
            if len(chosen):
                there = spots[chosen]
                dx, dy = points[chosen, 0] - middle_x[there], points[chosen, 1] - middle_y[there]
                weight = push * grid.mass[there] / (dx * dx + dy * dy + soft)
                force[chosen, 0] += weight * dx
                force[chosen, 1] += weight * dy


def _beside(odd: Any) -> dict[int, Any]:
    """Offset -> where the parent of the cell that far away touches the parent of ours, ``odd`` being our place in its parent.

    On the third ring it does so on one side only.
    """
    return {offset: (odd + offset >= -2) & (odd + offset <= 3) for offset in range(-3, 4)}


def _add_near(np: Any, force: Any, points: Any, mass: Any, cells: Any, grid: _Grid, push: float, soft: float) -> None:
    own = grid.spots(cells)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            spots = own + (down * grid.width + right)
            others, x, y = grid.mass[spots], grid.x[spots], grid.y[spots]
            if down == right == 0:  # a node does not push itself
                others, x, y = others - mass, x - mass * points[:, 0], y - mass * points[:, 1]
            safe = np.where(others > 1e-9, others, 1.0)
            dx, dy = points[:, 0] - x / safe, points[:, 1] - y / safe
            weight = np.where(others > 1e-9, push * others, 0.0) / (dx * dx + dy * dy + soft)
            force[:, 0] += weight * dx
            force[:, 1] += weight * dy
