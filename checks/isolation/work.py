"""Run as a module in a copy of the scratch database: some people's walk, or the attacks; the result
is a file.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path


def main(world_file: str, result: str, every: str, people: str) -> None:
    import django

    django.setup()
    from checks.isolation import attacks, matrix, streams
    from checks.isolation.world.made import World

    world: World = pickle.loads(Path(world_file).read_bytes())  # noqa: S301
    if people == "attacks":
        Path(result).write_bytes(pickle.dumps(attacks.try_all(world.alpha.info, world.beta.info)))
        return
    tally = matrix.walk(world, people=people.split(","), every=int(every))
    tally.add(streams.walk(world, people=people.split(",")))
    Path(result).write_text(tally.as_json())


if __name__ == "__main__":
    main(*sys.argv[1:])
