"""A form that wrote something answers with a redirect: reloading its answer writes nothing again."""

from __future__ import annotations

from copy import copy
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection, transaction
from django.urls import resolve

from checks.isolation.bodies import Fields
from checks.isolation.world.made import World
from tenants.context import GATE, inside
from tests.forms.walking import PEOPLE, OpenedPage, opened_pages
from tests.isolation.conftest import world
from tests.page_forms import PageForm, forms_on

__all__ = ["world"]
WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
FROM pg_stat_xact_user_tables
WHERE schemaname = %s OR relname IN ('accounts_user', 'accounts_membership', 'accounts_invitation',
  'accounts_driveraccess', 'drivers_driver', 'exchange_offer', 'exchange_job')
"""
LEAST_WRITES = {"head": 15, "dispatcher": 10, "cargo manager": 8, "cargo staff": 3}


def written(schema: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [schema])
        return int(cursor.fetchone()[0])


def filled(form: PageForm, answers: dict[str, object]) -> dict[str, object]:
    """What stands in the form, and something well-formed in every empty field that is seen."""
    typed = {
        name: answers[name]
        for name in form.visible
        if name in answers and not form.fields.get(name)
    }
    return {**form.fields, **typed}


def answer_to(who: Any, form: PageForm, page: OpenedPage, world: World, values: Any) -> Any:
    """The answer and how many rows were written; nothing of it stays."""
    cookies = copy(who.page.cookies)
    with inside(GATE), transaction.atomic():
        before = written(world.alpha.info.schema)
        answer = who.page.post(urljoin(page.path, form.action), values)
        count = written(world.alpha.info.schema) - before
        transaction.set_rollback(True)
    who.page.cookies = cookies
    return answer, count


@pytest.mark.parametrize("person", PEOPLE)
def test_write_is_answered_with_a_redirect(world: World, person: str) -> None:
    """FAULTS B6."""
    wrong: set[str] = set()
    writes: set[str] = set()
    seen: set[tuple[str, ...]] = set()
    for who, page in opened_pages(world, person):
        for form in forms_on(page.content, page.path):
            mark = (page.name, form.action.split("?")[0], *sorted(form.fields))
            if form.method != "post" or mark in seen:
                continue
            seen.add(mark)
            fields = Fields(set(form.fields))
            answer, count = answer_to(
                who, form, page, world, filled(form, fields.forged(world.alpha))
            )
            if not count:
                continue
            writes.add(page.name)
            if answer.status_code == 200:
                wrong.add(resolve(urlsplit(form.action).path).view_name)
    assert len(writes) >= LEAST_WRITES.get(person, 0)
    assert wrong == set()
