"""The table that `verify_isolation` prints."""

from __future__ import annotations

from collections.abc import Iterator

from checks.isolation.attacks import Outcome
from checks.isolation.callers import PRINCIPALS
from checks.isolation.verdicts import Finding, Tally

SHOWN = 40  # findings of a kind in full; the rest is a number


def lines(
    tally: Tally,
    attacks: list[Outcome],
    *,
    seconds: float,
    quick: bool,
) -> Iterator[str]:
    trees = "  ".join(f"{tree} {count}" for tree, count in sorted(tally.trees.items()))
    yield f"patterns            {len(tally.patterns)}{' (a sample of the calls)' if quick else ''}"
    yield f"calls               {tally.calls}  ({trees})"
    yield f"objects             {_counted(tally.relations)}"
    yield f"principals          {len(tally.people)} of {len(PRINCIPALS)}: {_counted(tally.people)}"
    yield f"statuses            {_counted({str(k): v for k, v in sorted(tally.statuses.items())})}"
    for title, what in (
        ("leaks", "leak"),
        ("strangers let in", "let in"),
        ("status 500", "error"),
        ("writes elsewhere", "write"),
    ):
        yield f"{title:<20}{len(tally.of(what))}"
        yield from _findings(tally.of(what))
    yield f"without a row       {len(tally.without_row)}"
    yield from (f"    {row}" for row in tally.without_row)
    bad = [attack for attack in attacks if attack.wrong]
    yield f"attacks             {len(attacks)} statements, {len(bad)} reached another reseller or lost the own rows"
    yield from (f"    {attack.title}: {attack.wrong}" for attack in bad)
    yield f"time                {seconds:.0f} s"


def _counted(counts: dict[str, int]) -> str:
    return "  ".join(f"{name} {count}" for name, count in counts.items())


def _findings(findings: list[Finding]) -> Iterator[str]:
    for finding in findings[:SHOWN]:
        yield f"    {finding.person:<20} {finding.method} {finding.url}  {finding.detail}"
    if len(findings) > SHOWN:
        yield f"    … and {len(findings) - SHOWN} more"
