"""A page of an API list costs the same statements for one row and for fifty (FAULTS H1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.test_lists import LISTS
from tests.volume.test_plans import plans_kept, too_many
from tests.world import Cast

pytestmark = pytest.mark.slow
SIZES = (1, 3, 50)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_statements_do_not_grow_with_rows(crowded: Cast, call: Any, name: str) -> None:
    api = call(crowded)
    api.send("get", f"{name}?limit=1")
    counts = []
    for size in SIZES:
        with CaptureQueriesContext(connection) as statements:
            answer = api.send("get", f"{name}?limit={size}")
        assert answer.status_code == 200
        counts.append(len(statements))
    assert counts == [counts[0]] * len(SIZES)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_list_reads_a_whole_table(crowded: Cast, call: Any, name: str) -> None:
    plans: list[dict[str, Any]] = []
    with plans_kept(plans):
        assert call(crowded).send("get", f"{name}?limit=50").status_code == 200
    assert [step for plan in plans for step in too_many(plan)] == []
