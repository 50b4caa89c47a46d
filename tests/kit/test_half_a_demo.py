"""A start after the demo's load was interrupted."""

from __future__ import annotations

from pathlib import Path

from config.supervise import HALF, start_over_after_half_a_demo


def test_half_a_demo_goes_whole_and_nothing_else_is_touched(
    tmp_path: Path,
) -> None:
    dropped: list[str] = []
    (tmp_path / "files/t_x").mkdir(parents=True)
    for name in ("bootstrapped", "release", "secret"):
        (tmp_path / name).touch()
    start_over_after_half_a_demo(tmp_path, lambda: dropped.append("track"))
    assert not dropped and (tmp_path / "files/t_x").exists()
    (tmp_path / HALF).touch()
    start_over_after_half_a_demo(tmp_path, lambda: dropped.append("track"))
    assert dropped == ["track"] and [path.name for path in tmp_path.iterdir()] == ["secret"]
