"""`script/prove [SLICE]`: the long proofs in slices of at most 15 minutes; without a number all of
them, one slice after the other.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import suite


def main(words: list[str]) -> int:
    count = suite.number_of_slices()
    if len(words) > 1 or (words and words[0] not in [str(n + 1) for n in range(count)]):
        print(
            f"script/prove [SLICE]: a number from 1 to {count}",
            file=sys.stderr,
        )
        return 2
    numbers = [int(words[0])] if words else range(1, count + 1)
    codes = [prove(number, count) for number in numbers]
    return max(codes)


def prove(number: int, count: int) -> int:
    names = suite.slices()[number - 1]
    print(f"slice {number} of {count}: {len(names)} proofs", flush=True)
    workers = str(os.cpu_count() or 1)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        workers,
        "--dist=worksteal",
        "--again",
    ]
    chosen = [
        "--part=proof",
        f"--slice={number}",
        "--durations=0",
        "--durations-min=5",
    ]
    return subprocess.run([*command, *chosen], cwd=suite.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
