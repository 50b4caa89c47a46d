"""Pages of a few fields under the product's policy, with the real scripts; what is posted is kept."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.ui.conftest import POLICY, ROOT

PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <title>Fields</title>
  <meta name="reseller-stamp" content="alpha">
  <meta name="csrf-token" content="token">
  <script type="application/json" id="words">{{
    "draft": "Your text is back.", "discard": "Discard", "offline": "No connection.", "e500": "Broke."
  }}</script>
  {scripts}
</head>
<body><div id="toasts"></div>{body}</body>
</html>"""
SCRIPT = '<script type="module" nonce="kit" src="/static/js/{}.js"></script>'


def page(language: str, body: str, *scripts: str) -> str:
    tags = "".join(SCRIPT.format(name) for name in ("app", *scripts))
    return PAGE.format(language=language, body=body, scripts=tags)


@dataclass
class Post:
    path: str
    body: str
    receipt: str = ""  # the entry of a phone's queue
    driver: str = ""  # whose queue it is
    form: str = ""  # the key of a form that a script sends


@dataclass
class Site:
    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    status: int = 200  # what a post is answered with
    answer: str = '{"why": "The trip is over."}'
    kind: str = "application/json"
    leads_to: str = ""  # a form that is saved leads there


class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args: object, site: Site, **options: object) -> None:
        self.site = site
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        html = self.site.pages.get(urlsplit(self.path).path)
        if html is None:
            super().do_GET()
            return
        self._answer(200, html, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        receipt = self.headers.get("X-Receipt", "")
        driver = self.headers.get("X-Driver", "")
        form = self.headers.get("X-Form", "")
        self.site.posts.append(Post(self.path, body, receipt, driver, form))
        text = self.site.answer.replace("RECEIPT", receipt)
        self._answer(self.site.status, text, self.site.kind)

    def _answer(self, status: int, text: str, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:
            self.send_header("Location", "/login")
        if self.command == "POST" and self.site.leads_to:
            self.send_header("X-Saved", self.headers.get("X-Form", ""))
            self.send_header("X-Location", self.site.leads_to)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """The site answers inside the block."""
    (folder / "static").symlink_to(ROOT / "static")
    site = Site()
    handler = functools.partial(Handler, site=site, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
