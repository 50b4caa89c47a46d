"""The kit's page as a browser gets it, without a database: fake people, the real templates and
their environment.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from config.menu import Group
from config.show_list import sample
from tenants.kit.pieces import NavItem
from tests import tools

ROOT = Path(settings.BASE_DIR)
POLICY = (
    "default-src 'self'; script-src 'nonce-kit' 'strict-dynamic'; style-src 'self' 'nonce-kit'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)


class OrderForm(forms.Form):
    place = forms.CharField(label="Place", help_text="A town")
    price = forms.CharField(
        label="Price",
        widget=forms.TextInput(attrs={"data-money": "KGS"}),
    )
    body = forms.ChoiceField(
        label="Body",
        choices=[("tent", "Tent"), ("ref", "Ref")],
        widget=forms.RadioSelect,
    )
    client = forms.ChoiceField(
        label="Client",
        choices=[("1", "Alpha"), ("2", "Beta")],
        widget=forms.Select(attrs={"data-pick": ""}),
    )
    adr = forms.BooleanField(label="ADR", required=False)


def context(**changes: Any) -> dict[str, Any]:
    entries = [NavItem("Заказы", "package", "/orders/", active=True)]
    return {
        "request": SimpleNamespace(COOKIES={}, get_full_path=lambda: "/ui/"),
        "actor": SimpleNamespace(
            name="Айгуль Касымова",
            email="head@example.org",
            login="head@example.org",
            role="head",
            can=lambda permission: True,
        ),
        "menu": [Group(entries)],
        "brand": {
            "name": "Alpha",
            "logo_url": None,
            "accent": "#0f766e",
            "support": "help@example.org",
        },
        "links": {
            "search": "/search/",
            "notifications": "/notifications/",
        },
        "notifications_count": 5,
        "languages": [("ru", "Русский"), ("th", "ไทย")],
        "language": "ru",
        "theme": "light",
        "demo": True,
        "csp_nonce": "kit",
        "csrf_token": "token",
        "reseller_stamp": "alpha",
        "messages": [],
        "form": OrderForm(
            {
                "place": "",
                "price": "1234567.5",
                "body": "tent",
                "client": "1",
            },
            auto_id="id_kit_%s",
        ),
        "list": sample(RequestFactory().get("/ui/")),  # type: ignore[arg-type]
    } | changes


@pytest.fixture(scope="session")
def env() -> Any:
    return engines["jinja2"].env  # type: ignore[attr-defined]


class Pages(http.server.SimpleHTTPRequestHandler):
    """Static files and rendered pages under the product's policy; a POST to /<status> answers with
    that status.
    """

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if not self.path.startswith("/ui/events/"):
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(
            b'data: {"done": 120, "total": 120, "text": "All read", "state": "done"}\n\n'
        )
        return None

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(int(self.path[1:]))
        self.send_header(
            "HX-Trigger",
            '{"toast": {"text": "Heard", "level": "success"}}',
        )
        self.end_headers()
        self.wfile.write(b"Said why")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(env: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").symlink_to(ROOT / "static")
    for theme in ("light", "dark"):
        (folder / f"{theme}.html").write_text(
            env.get_template("ui/index.html").render(context(theme=theme))
        )
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0),
        functools.partial(Pages, directory=str(folder)),
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; a module's own, so that no event loop outlives it beside tests that use
    the database.
    """
    from playwright.sync_api import sync_playwright

    program = tools.chromium()
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield _on_the_day_of_the_run(chromium)
        chromium.close()


def _on_the_day_of_the_run(chromium: Any) -> Any:
    """Every page this browser opens shows the day of the run."""
    for name in ("new_page", "new_context"):
        setattr(chromium, name, _pretending(getattr(chromium, name)))
    return chromium


def _pretending(opens: Callable[..., Any]) -> Callable[..., Any]:
    def open_pretending(**options: Any) -> Any:
        opened = opens(**options)
        tools.pretend_today(opened)
        return opened

    return open_pretending
