"""Exports are whole: short ones at once, long ones by the worker, with the asker's rights."""

from __future__ import annotations

import csv
import io
import tracemalloc
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from commission.cargo.models import Customer
from tenants.kit import later, tables
from tenants.kit.outbox import work_off
from tenants.office.models import Notification, PreparedFile
from tests.cargo.conftest import Shop, shop  # noqa: F401
from tests.world import Cast

MANY = 12_345
CUSTOMERS = """
INSERT INTO cargo_customer (id, code, name, phone, line, created_at)
SELECT gen_random_uuid(), 'C-' || n, 'x,=HYPERLINK(A1)', '', '', '2026-01-20' FROM generate_series(1, %s) n
"""
EXPORT = "/cargo/customers/export/"


def fill(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, [count])


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def rows_of(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))


def test_a_short_export_comes_at_once(shop: Shop, browse: Any) -> None:  # noqa: F811
    fill(later.AT_ONCE)
    answer = browse(shop.cast, "cargo_staff").get(f"{EXPORT}?format=csv")
    assert len(rows_of(body(answer), ";")) == later.AT_ONCE + 1
    assert not PreparedFile.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_export_is_whole_and_comes_from_the_worker(
    shop: Shop,  # noqa: F811
    browse: Any,
    kind: str,
) -> None:
    fill(MANY)
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = "en"
    answer = browser.get(f"{EXPORT}?format={kind}&sort=code")
    again = browser.get(f"{EXPORT}?format={kind}&sort=code")
    assert answer.status_code == 302 and answer["Location"] == again["Location"]
    page = browser.get(answer["Location"])
    assert page.status_code == 200 and b"data-events-url" in page.content
    work_off()
    ready = browser.get(answer["Location"]).content.decode()
    assert f"{answer['Location']}file/" in ready and f"customers.{kind}" in ready
    content = body(browser.get(f"{answer['Location']}file/"))
    if kind == "csv":
        codes = [row[0] for row in rows_of(content)[1:]]
    else:
        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        codes = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(codes) == MANY and set(codes) == set(Customer.objects.values_list("code", flat=True))
    (news,) = Notification.objects.all()
    assert (news.url, str(news.member_id)) == (
        answer["Location"],
        str(shop.actor("cargo_staff").member_id),
    )


def test_a_prepared_file_is_the_asker_s_alone(shop: Shop, beta: Cast, browse: Any) -> None:  # noqa: F811
    fill(MANY)
    address = browse(shop.cast, "cargo_staff").get(f"{EXPORT}?format=csv")["Location"]
    work_off()
    for cast, name in ((shop.cast, "head"), (beta, "head")):
        stranger = browse(cast, name)
        assert stranger.get(address).status_code == 404
        assert stranger.get(f"{address}file/").status_code == 404


def test_who_lost_the_right_meanwhile_gets_nothing(shop: Shop, browse: Any) -> None:  # noqa: F811
    fill(MANY)
    browser = browse(shop.cast, "cargo_staff")
    address = browser.get(f"{EXPORT}?format=csv")["Location"]
    PreparedFile.objects.update(path="/cargo/users/")  # what this person may not ask for
    work_off()
    prepared = PreparedFile.objects.get()
    assert (prepared.file_id, prepared.failed_reason) == (None, "PermissionDenied")
    assert browser.get(f"{address}file/").status_code == 404


@pytest.mark.parametrize("write", [tables.write_csv, tables.write_xlsx])
def test_a_table_is_written_in_constant_memory(write: Any, tmp_path: Any) -> None:
    def peak(count: int) -> int:
        rows = ((f"row {number}", number, "x" * 50) for number in range(count))
        tracemalloc.start()
        with (tmp_path / "table").open("w+b") as file:
            write(file, ["a", "b", "c"], rows)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(40_000) < peak(4_000) * 1.5 + 1_000_000
