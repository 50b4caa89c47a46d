"""All measures asked for, in one process, on the scratch database named by the environment."""

from __future__ import annotations

import sys
import time
from importlib import import_module

NAMES = (
    "provisioning",
    "migrate",
    "list_page",
    "pdf",
    "cargo_import",
    "cargo_list",
)


def main(names: list[str]) -> int:
    import django

    django.setup()
    from checks.bench.report import HEAD

    print(HEAD, flush=True)
    missed = 0
    started = time.monotonic()
    for name in names:
        for line in import_module(f"checks.bench.{name}").lines():
            print(line, flush=True)
            missed += not line.holds
    print(f"{time.monotonic() - started:.0f} s" + (f", {missed} missed" if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
