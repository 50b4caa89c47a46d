from __future__ import annotations

import subprocess
import sys

from django.core.management.base import BaseCommand, CommandParser

from checks.bench.__main__ import NAMES
from checks.bench.scratch import scratch
from config.processes import ROOT


class Command(BaseCommand):
    help = (
        "Measures this product against floors on this machine, in a scratch database of its own; "
        "exits 1 if a goal is missed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "names",
            nargs="*",
            choices=[*NAMES, []],
            default=[],
            metavar="NAME",
            help=", ".join(NAMES),
        )

    def handle(self, *args: object, names: list[str], **options: object) -> None:
        with scratch() as env:
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "checks.bench",
                    *(names or NAMES),
                ],
                env=env,
                cwd=ROOT,
            )
        if done.returncode:
            raise SystemExit(done.returncode)
