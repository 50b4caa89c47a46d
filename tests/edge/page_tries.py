"""Every form of the product that somebody meets on a page, each field of it tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.urls import Resolver404, resolve

from checks.isolation.patterns import patterns
from tenants.context import inside
from tests.edge.api_tries import bare, last_places
from tests.edge.page_fields import FilledForm, PageField, filled_forms
from tests.world import Cast

WORDS_OF_REFUSAL = (
    "field-error",
    "form-errors",
    "notice-bad",
    "notice-warn",
    "errornote",
    "errorlist",
    "toast",
)
TREES = ("pages", "admin")


@dataclass
class PageFindings:
    calls: int = 0
    forms: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)  # forms that were saved with something in them
    broken: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    compared: set[str] = field(default_factory=set)


@dataclass
class Posted:
    status: int
    page: str = ""
    target: str = ""
    fault: str = ""


@dataclass
class PageWalk:
    """One person's walk; `values` stand in addresses, several under one name."""

    cast: Cast
    values: dict[str, list[str]]
    findings: PageFindings

    def go(self, role: str, browser: Any) -> None:
        for path in self.addresses():
            try:
                answer = browser.get(path)
            except Exception as raised:
                self.findings.broken.append(f"{path} by {role}: {last_places(raised)}")
                continue
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code != 200 or answer.streaming or not is_page or not answer.content:
                continue
            for filled in filled_forms(answer.content, path):
                name = name_of(filled)
                if name and name not in self.findings.forms:
                    self.findings.forms.add(name)
                    self.try_out(name, role, path, browser, filled)

    def addresses(self) -> Iterator[str]:
        for pattern in patterns():
            if pattern.tree not in TREES or not set(pattern.arguments) <= self.values.keys():
                continue
            choices = max((len(self.values[name]) for name in pattern.arguments), default=1)
            for place in range(choices):
                named = {
                    name: self.values[name][place % len(self.values[name])]
                    for name in pattern.arguments
                }
                if path := pattern.path(named):
                    yield path

    def try_out(self, name: str, role: str, path: str, browser: Any, filled: FilledForm) -> None:
        sent = filled.sent
        self.judge(f"{name} by {role} as filled", self.posted(browser, filled, sent, path), name)
        for one in filled.fields:
            self.findings.fields.add(f"{name} {one.name}")
            before = str(filled.form.fields.get(one.name) or "")
            for value in one.values():
                posted = self.posted(browser, filled, {**sent, one.name: value}, path, one)
                tried = f"{name} {one.name} by {role} = {value[:50]!r}: {posted.status}"
                self.judge(tried, posted, name)
                if posted.status in (302, 200) and posted.page and not one.is_hidden:
                    self.compare(f"{name} {one.name}", tried, one, value, posted, before)

    def posted(
        self,
        browser: Any,
        filled: FilledForm,
        sent: dict[str, Any],
        path: str,
        one: PageField | None = None,
    ) -> Posted:
        """What came of sending the form; nothing of it stays in the database."""
        self.findings.calls += 1
        cache.clear()
        with inside(self.cast.scope), transaction.atomic():
            posted = self._posted(browser, filled.form.action, sent, path, one)
            transaction.set_rollback(True)
        return posted

    def _posted(
        self, browser: Any, action: str, sent: dict[str, Any], path: str, one: PageField | None
    ) -> Posted:
        try:
            with inside(self.cast.scope), transaction.atomic():
                answer = browser.post(action, sent)
            with inside(self.cast.scope), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            content = b"" if answer.streaming else answer.content
            if answer.status_code == 302 and one is not None:
                again = browser.get(path)
                content = again.content if again.status_code == 200 else b""
        except Exception as raised:
            return Posted(500, fault=last_places(raised))
        return Posted(
            answer.status_code, content.decode("utf-8", "replace"), answer.get("Location", "")
        )

    def judge(self, tried: str, posted: Posted, name: str) -> None:
        if posted.status >= 500:
            self.findings.broken.append(f"{tried} {posted.fault}")
        elif posted.status == 302:
            self.findings.saved.add(name)
        elif posted.status == 422 and not any(word in posted.page for word in WORDS_OF_REFUSAL):
            self.findings.silent.append(tried)

    def compare(
        self, name: str, tried: str, one: PageField, value: str, posted: Posted, before: str
    ) -> None:
        """After saving: the same form shows what was sent, cleaned and in its written form."""
        leaves_a_row_empty = "-" in one.name and not bare(value)  # such a row is dropped
        if posted.status != 302 or not before or leaves_a_row_empty:
            return
        for filled in filled_forms(posted.page.encode(), "/"):
            shown = filled.form.fields.get(one.name)
            field_names = {field.name for field in filled.fields}
            if (
                isinstance(shown, str)
                and one.name in field_names
                and one.kind in ("text", "textarea")
            ):
                self.findings.compared.add(name)
                if not one.numeric and bare(shown) != bare(value):
                    self.findings.changed.append(f"{tried} is shown as {shown[:50]!r}")
                return


def name_of(filled: FilledForm) -> str:
    """The address's name of where a form goes, with the names of its visible fields."""
    try:
        match = resolve(filled.form.action.split("?")[0])
    except Resolver404:
        return ""
    visible = sorted({field.name for field in filled.fields if not field.is_hidden})
    rows = [name for name in visible if "-" not in name or "-0-" in name]
    return f"{match.view_name} ({', '.join(rows)[:60]})"
