"""The button that signs is pressed eight times at once, and two texts are sent at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from companies import signing
from companies.contract_life import CannotDo
from companies.models import ContractCase, Side, Signature
from tenants.context import inside
from tenants.kit import clock
from tests.companies.conftest import code_of, letters
from tests.companies.signing_samples import HERE, accept_rules, fill_in, sent
from tests.world import Cast, load

pytestmark = pytest.mark.slow


def at_once(cast: Cast, act: Callable[[], object]) -> list[str]:
    """What came of eight tries at once."""

    def attempt(_number: int) -> str:
        try:
            with inside(cast.scope):
                act()
            return "done"
        except CannotDo:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(attempt, range(8)))


def test_of_eight_presses_one_signs(committed: None) -> None:
    alpha = load("alpha")
    client, now = alpha.actor("client"), clock.now()
    with inside(alpha.scope):
        case = sent(alpha, fill_in(alpha), Side.COMPANY)
        accept_rules(alpha, "client")
        signing.send_code(case=case, by=client, at=now)
    code = code_of(letters()[-1])
    answers = at_once(
        alpha,
        lambda: signing.sign_with_code(case=case, code=code, device=HERE, by=client, at=now),
    )
    assert answers == ["done"] + ["refused"] * 7
    with inside(alpha.scope):
        assert Signature.objects.count() == 1


def test_of_eight_texts_one_is_sent(committed: None) -> None:
    alpha = load("alpha")
    with inside(alpha.scope):
        company = fill_in(alpha)
    answers = at_once(alpha, lambda: sent(alpha, company))
    assert answers == ["done"] + ["refused"] * 7
    with inside(alpha.scope):
        assert ContractCase.objects.count() == 1
