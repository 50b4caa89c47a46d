"""The import against its floor. CARGO_BENCH_ROWS=1000000 measures the large one (with a long
STATEMENT_TIMEOUT).
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from checks.bench import parcels
from tests.cargo.conftest import NOW, Shop

ROWS = int(os.environ.get("CARGO_BENCH_ROWS", "10000"))


@pytest.mark.proof
def test_an_import_stays_near_the_bare_copy(shop: Shop, capsys: Any) -> None:
    """Preview and confirm together; twice the bound here, because the machine of a test run is
    shared.
    """
    shop.card()
    figure = parcels.cargo_import(ROWS, by=shop.actor(), at=NOW)
    with capsys.disabled():
        print(f"\n{figure} ratio {figure.ratio:.2f}")
    assert figure.ratio < 5
    assert figure.row_by_row > 5 * (figure.preview + figure.confirm)
