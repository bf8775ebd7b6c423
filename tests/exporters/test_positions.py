"""Places of nodes: the same every time, apart, and quick for many."""

from __future__ import annotations

import math

import numpy as np

from kg.exporters import field, positions
from kg.exporters.levels import spread
from kg.exporters.positions import places


def ring(count: int) -> list[tuple[int, int]]:
    return [(n, (n + 1) % count) for n in range(count)]


def test_places_are_the_same_and_apart() -> None:
    """A layout has no chance in it, and no two nodes overlap by much."""
    pairs = [(0, i) for i in range(1, 60)]
    radii = [10.0] * 60
    found = places(60, pairs, radii)
    assert found == places(60, pairs, radii)
    gaps = [((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for n, (ax, ay) in enumerate(found) for bx, by in found[:n]]
    assert min(gaps) > 14
    assert places(0, [], []) == []


def test_the_field_is_near_the_exact_sum() -> None:
    """Repulsion by grids differs from the sum over all pairs by a few hundredths for most nodes."""
    chance = np.random.default_rng(3)
    points, mass = chance.normal(size=(800, 2)) * 500, 1.0 + chance.integers(0, 9, 800)
    exact = positions._repulsion(np, points, mass)
    near = field.repulsion(np, points, mass, positions._PUSH)
    errors = np.linalg.norm(near - exact, axis=1) / np.linalg.norm(exact, axis=1)
    assert float(np.median(errors)) < 0.05


def test_every_far_cell_pushes_once() -> None:
    """Two far points push one another as the law says: no grid counts them twice or not at all."""
    points, mass = np.array([[0.0, 0.0], [1000.0, 0.0], [400.0, 900.0]]), np.array([1.0, 2.0, 3.0])
    exact = positions._repulsion(np, points, mass)
    assert np.allclose(field.repulsion(np, points, mass, positions._PUSH), exact, rtol=1e-6)


def test_many_nodes_get_places_near_their_neighbors() -> None:
    """Of 3,000 nodes in 60 separate groups, those of a group stand closer together than the whole is wide; twice the same."""
    pairs = [(group * 50, group * 50 + leaf) for group in range(60) for leaf in range(1, 50)]
    found = places(3000, pairs, [4.0] * 3000)
    assert found == places(3000, pairs, [4.0] * 3000) and len(set(found)) > 2000
    wide = max(x for x, _ in found) - min(x for x, _ in found)
    lengths = [math.dist(found[a], found[b]) for a, b in pairs]
    assert sum(lengths) / len(lengths) < wide / 10


def test_a_chain_is_stretched_out() -> None:
    """A ring of 2,500 nodes has no long jumps: its levels are let out in order."""
    points = spread(np, 2500, sorted((min(p), max(p)) for p in ring(2500)))
    lengths = [math.dist(points[a], points[b]) for a, b in ring(2500)]
    assert np.isfinite(points).all() and max(lengths) < 0.2 * float(np.ptp(points[:, 0]))
