"""An import of Commission Cargo, preview and confirm, against the COPY of finished rows into the
same table.

`BENCH_CARGO_ROWS` names the sizes; a million takes minutes and needs STATEMENT_TIMEOUT=20min.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from django.test import Client

from checks.bench import cargo_ground, ground, parcels
from checks.bench.report import Line, in_turn
from commission.cargo.views.imports import PIECE
from tenants.context import inside
from tenants.kit import clock

SIZES = tuple(int(size) for size in os.environ.get("BENCH_CARGO_ROWS", "10000").split(","))
PREVIEWED = 5_000
GOALS = {10_000: 2.5, 1_000_000: 3.0}


def lines() -> Iterator[Line]:
    head = cargo_ground.shop("parcels")
    yield Line(
        f"preview of {PREVIEWED:,} rows, through the pages",
        _preview(cargo_ground.signed_in(head)),
        within=1000,
    )
    with inside(head.scope):
        for rows in SIZES:
            result = parcels.cargo_import(rows, by=head, at=clock.now())
            ours = 1000 * (result.preview + result.confirm)
            note = f"{result.megabytes:.0f} MB"
            yield Line(
                f"cargo import of {rows:,} / COPY of finished rows",
                ours,
                1000 * result.floor,
                most=GOALS.get(rows, 3.0),
                note=note,
            )
            yield Line(
                f"cargo import of {rows:,} / row by row",
                ours,
                1000 * result.row_by_row,
                least=20,
            )


def _preview(cast: ground.Cast) -> float:
    """Check the data, then look at it: milliseconds of both requests, from a paste to the first
    rows of its grid.
    """
    browser = Client(SERVER_NAME=ground.OWN_HOST, headers={"Cookie": cast.cookies})
    text = parcels.paste(PREVIEWED).decode()
    stamp = {"reseller_stamp": _stamp(browser)}

    def once() -> None:
        checked = browser.post("/cargo/import/", {"text": text} | stamp)
        shown = browser.get(checked["Location"])
        if shown.content.decode().count('<tr id="line-') != PIECE:
            raise RuntimeError(f"the preview shows something else: {shown.status_code}")

    (took,) = in_turn(3, once)
    return took


def _stamp(browser: Client) -> str:
    """What every form of the reseller carries."""
    stamp = re.search(
        r'name="reseller_stamp" value="([^"]+)"',
        browser.get("/cargo/import/").content.decode(),
    )
    if stamp is None:
        raise RuntimeError("the page of the import has no form")
    return stamp[1]
