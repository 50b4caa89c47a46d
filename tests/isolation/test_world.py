"""The marked world itself."""

from __future__ import annotations

from config.isolation.world import World


def test_it_builds(world: World) -> None:
    assert len(world.words.allowed) > 100
