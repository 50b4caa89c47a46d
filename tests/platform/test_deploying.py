"""docs/deploying.md works as it is written (FAULTS G3): compose file, settings, the first start."""

from __future__ import annotations

import ast
import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from config import contacts, processes
from config.processes import ROOT
from tests.guards.listed import compare
from tests.guards.test_source import PACKAGES
from tests.platform import compose
from tests.platform.outer_servers import MailServer, mail_server, postgres, valkey

PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
WAITS = "service_completed_successfully"
HOST = "crm.example"
HEAD = "head@first.example"
NOT_OF_AN_OPERATOR = {
    "DNS_SERVER": "tests and development; else the name servers of the machine are asked",
    "BEHIND_TLS_PROXY": "follows the scheme of PUBLIC_URL",
    "DEMO": "script/serve alone loads a demo",
    "HOST": "script/serve; in the compose file an argument",
    "PORT": "script/serve; in the compose file an argument",
    "STATIC_ROOT": "of the image: its Dockerfile fills the folder",
    "STATIC_STORAGE": "tests",
    "TESTS": "tests",
    "TRACK_SINCE": "the pretended day of demo and tests",
    "TRACK_TODAY": "the pretended day of demo and tests",
    "FONTCONFIG_FILE": "a library's own, set around its start",
}
SET_BY_COMPOSE = {
    "STATE_DIR": "a volume",
    "STATEMENT_TIMEOUT": "the worker's is longer",
    "IDLE_TIMEOUT": "the worker's is longer",
}
OF_COMPOSE = {
    "APP_PASSWORD": "part of DATABASE_URL",
    "OWNER_PASSWORD": "part of OWNER_DATABASE_URL",
    "POSTGRES_PASSWORD": "part of SUPERUSER_URL",
    "REDIS_PASSWORD": "part of REDIS_URL",
    "RELEASE": "the tag of the image",
}


def settings_read() -> set[str]:
    """The names of the environment that the product reads (tools of `checks` and tests aside)."""
    names = {f"SUPPORT_{way.upper()}" for way in contacts.WAYS}
    for package in PACKAGES:
        if package == "checks":
            continue
        for path in (ROOT / package).rglob("*.py"):
            if path.name != "settings_test.py":
                names |= set(_names_read(ast.parse(path.read_text(encoding="utf-8"))))
    return names


def _names_read(tree: ast.AST) -> Iterator[str]:
    """NAME of `env.str("NAME")`, `os.environ.get("NAME")`, `os.environ["NAME"]`, `os.getenv("NAME")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute):
            source, argument = node.func, node.args[0]
            if source.attr in ("setdefault", "pop"):
                continue
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            source, argument = node.value, node.slice
        else:
            continue
        is_environment = re.match(r"(env|os\.environ|os\.getenv)\b", ast.unparse(source))
        name = str(argument.value) if isinstance(argument, ast.Constant) else ""
        if is_environment and re.fullmatch("[A-Z][A-Z_]+", name):
            yield name


def test_every_setting_of_an_operator_passes_through_the_compose_file() -> None:
    services = compose.services()
    passing = {name for one in services.values() for name in one["environment"]} & settings_read()
    compare(settings_read() - passing, NOT_OF_AN_OPERATOR, "read, but not in docker-compose.yml")
    names = compose.names_in(compose.FILE.read_text(encoding="utf-8"))
    compare(passing - names, SET_BY_COMPOSE, "in docker-compose.yml, but not to be set")
    compare(names - passing, OF_COMPOSE, "asked by docker-compose.yml, but read by nothing")


def test_the_example_names_every_setting_with_a_comment() -> None:
    names = compose.names_in(compose.FILE.read_text(encoding="utf-8"))
    assert compose.example().keys() == names
    lines = EXAMPLE.splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if line and not line.startswith("#") and not before.startswith("# ")
    ]
    assert bare == []


def test_compose_demands_what_has_no_safe_default() -> None:
    full = dict.fromkeys(compose.example(), "x")
    compose.services(full)
    for name in ("SECRET_KEY", "PUBLIC_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", *OF_COMPOSE):
        if name == "RELEASE":
            continue
        addresses = ("DATABASE_URL", "OWNER_DATABASE_URL", "SUPERUSER_URL", "REDIS_URL")
        with pytest.raises(compose.Missing, match=name):
            compose.services(full | dict.fromkeys(addresses, "") | {name: ""})


def test_commands_are_those_of_the_processes() -> None:
    table = processes.table(host="0.0.0.0", port=8000, state=Path("/state"))
    names = {processes.PYTHON: "python", str(ROOT / "manage.py"): "manage.py"}
    expected = {
        name: [names.get(word, word) for word in command] for name, command in table.items()
    }
    services = compose.services()
    assert {name: compose.command_of(services[name]) for name in table} == expected


def test_a_process_knows_what_it_would_know_elsewhere() -> None:
    services = compose.services()
    for name in processes.table(host="", port=0, state=Path()):
        own = {key: str(value) for key, value in services[name]["environment"].items()}
        everything = own | dict.fromkeys(processes.OWNERS_ONLY, "")
        allowed = processes.environment(name, everything).keys() - {"SUPERUSER_URL"}
        assert own.keys() == allowed, name


def test_processes_wait_for_the_migration_and_servers_for_nobody() -> None:
    services = compose.services()
    for name in processes.table(host="", port=0, state=Path()):
        waits = {other: how["condition"] for other, how in services[name]["depends_on"].items()}
        assert waits == {"db": "service_healthy", "valkey": "service_healthy", "migrate": WAITS}
    for name in ("web", "events", *compose.SERVERS):
        assert services[name]["healthcheck"]["test"], name
    assert services["proxy"]["depends_on"].keys() == {"web", "events"}
    for name, service in services.items():
        is_once = name in ("migrate", "bootstrap")
        assert service["restart"] == ("no" if is_once else "unless-stopped"), name
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name


def test_only_the_proxy_is_open_and_leads_to_the_processes() -> None:
    services = compose.services()
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    handles = re.findall(r"handle ?(@events)? \{\s+reverse_proxy (\w+):(\d+)", text)
    assert handles == [("@events", "events", "8001"), ("", "web", "8000")]
    for _, name, port in handles:
        command = compose.command_of(services[name])
        assert command[command.index("--port") + 1] == port
    assert "flush_interval -1" in text
    assert "path /events /events/*" in text
    question = re.findall(r"ask http://(\w+):(\d+)(\S+)", text)
    assert question == [("web", "8000", reverse("domain-check"))]


def test_named_volumes_are_declared_and_the_image_holds_no_secrets() -> None:
    services = compose.services()
    mounts = {
        volume.partition(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
    }
    volumes = compose.volumes()
    assert {name for name in mounts if name.isidentifier()} | {"files"} == volumes
    for ignored in (".dockerignore", ".gitignore"):
        assert ".env" in (ROOT / ignored).read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


@dataclass
class Visitor:
    """A browser behind the proxy, which ends TLS and says so in headers."""

    ports: dict[str, int]
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.7",
        }
    )

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        is_stream = path == "/events" or path.startswith("/events/")
        port = self.ports["events" if is_stream else "web"]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = self.headers | {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"https://{HOST}{path}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, cookie in SimpleCookie(line).items():
                self.cookies[name] = cookie.value
        page = Answer(answer.status, answer.headers, answer.read().decode())
        connection.close()
        return page

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **form: str) -> Answer:
        page = self.get(path).text
        token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)
        assert token, page
        return self.ask("POST", path, form | {"csrfmiddlewaretoken": token[1]})


@dataclass
class Installation:
    deployment: compose.Deployment
    visitor: Visitor
    mail: MailServer
    output: dict[str, str]  # by the line of the page

    def wait(self, ask: Callable[[], Any], what: str, *, seconds: float = 90) -> Any:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := ask():
                return answer
            for name, process in self.deployment.running.items():
                assert process.poll() is None, self.deployment.log(name)
            time.sleep(0.3)
        logs = [self.deployment.log(name) for name in ("worker", "relay")]
        raise AssertionError("\n".join([f"waited {seconds} s for {what}", *logs]))

    def one_time_password(self, command: str) -> str:
        (line,) = [line for line in self.output if command in line]
        address, _, password = self.output[line].split()[-3:]
        assert address == f"https://{HOST}/login/"
        return password


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """The page's first start, played line by line on servers of its own."""
    ports = dict(zip(("db", "valkey", "web", "events"), free_ports(4), strict=True))
    folders = {f"/{name}": str(tmp_path / name) for name in ("state", "files")}
    for folder in folders.values():
        Path(folder).mkdir()
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server("letters", "mailsecret"))
        secrets = ("SECRET_KEY", *(name for name in OF_COMPOSE if name.endswith("_PASSWORD")))
        settings = compose.example() | {name: f"{name.lower()}xyz" for name in secrets}
        settings["MAP_TILE_URL"] = "https://{s}.tiles.example/{z}/{x}/{y}.png"
        settings["EMAIL_URL"] = f"smtp://letters:mailsecret@127.0.0.1:{mail.port}"
        places = folders | {
            "@db": f"@127.0.0.1:{ports['db']}",
            "valkey:6379": f"127.0.0.1:{ports['valkey']}",
            "0.0.0.0": "127.0.0.1",
            "8000": str(ports["web"]),
            "8001": str(ports["events"]),
        }
        deployment = compose.Deployment(settings, places, tmp_path)
        commands = {
            name: compose.command_of(service)
            for name, service in compose.services(settings).items()
            if name in compose.SERVERS
        }
        password = settings["POSTGRES_PASSWORD"]
        stack.enter_context(postgres(commands["db"], port=ports["db"], password=password))
        stack.enter_context(valkey(commands["valkey"], tmp_path, port=ports["valkey"]))
        stack.callback(deployment.stop)
        collect = "python manage.py collectstatic --no-input --verbosity 0"  # the image's own step
        assert collect in (ROOT / "Dockerfile").read_text(encoding="utf-8")
        deployment.once("web", collect.split())
        output = {}
        for line in compose.commands_of_page(PAGE, "The first start"):
            if line not in ("cp .env.example .env", "docker compose build"):
                output[line] = deployment.play(line)
        yield Installation(deployment, Visitor(ports), mail, output)


@pytest.mark.proof
def test_the_first_start_is_played_as_the_page_says(installation: Installation) -> None:
    visitor = installation.visitor
    refuses_without_password(installation)
    answers_its_own_host_and_https_alone(visitor)
    everything_is_well(installation)
    the_manager_signs_in(installation)
    the_head_asks_for_a_letter(installation)
    everything_is_well(installation)


def refuses_without_password(installation: Installation) -> None:
    env = installation.deployment.environment("web")
    for name in ("DATABASE_URL", "REDIS_URL"):
        stranger = env[name].replace(env[name].split("@")[0], env[name].split("://")[0] + "://app")
        ask = "import sys, psycopg, redis; u = sys.argv[1]; "
        ask += "psycopg.connect(u) if u[0] == 'p' else redis.Redis.from_url(u).ping()"
        attempt = subprocess.run(
            [sys.executable, "-c", ask, stranger], capture_output=True, text=True, check=False
        )
        assert re.search("password|Authentication|WRONGPASS", attempt.stderr), attempt.stderr


def answers_its_own_host_and_https_alone(visitor: Visitor) -> None:
    plain = Visitor(visitor.ports)
    plain.headers["X-Forwarded-Proto"] = "http"
    answer = plain.get("/login/")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/login/")
    other = Visitor(visitor.ports)
    other.headers["Host"] = "elsewhere.example"
    assert other.get("/login/").status == 400
    page = visitor.get("/login/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"]
    policy = page.headers["Content-Security-Policy"].split("; ")  # in no fixed order
    assert f"connect-src 'self' https://{HOST}/events" in policy
    assert "img-src 'self' data: https://*.tiles.example" in policy
    assert visitor.get("/events/?ticket=forged").status == 403


def everything_is_well(installation: Installation) -> None:
    def of_all_processes() -> Any:
        answer = installation.visitor.get("/readyz")
        assert answer.status == 200, answer.text
        report = json.loads(answer.text)
        return report if None not in report["heartbeats"].values() else None

    report = installation.wait(of_all_processes, "a sign of life of every process")
    assert max(report.pop("heartbeats").values()) < 60
    assert report.pop("storage_free_mb") > 0
    assert report.pop("outbox")["dead"] == 0
    assert report == {
        "database": True,
        "public_schema": True,
        "cache": True,
        "storage": True,
        "schemas_behind": 0,
    }
    assert "track_database_up 1\n" in installation.visitor.get("/metrics").text


def the_manager_signs_in(installation: Installation) -> None:
    manager = Visitor(installation.visitor.ports)
    password = installation.one_time_password("manager_create")
    answer = manager.post("/login/", login="manager@crm.example", password=password)
    assert answer.status == 302, answer.text
    (cookie,) = [line for line in answer.headers.get_all("Set-Cookie") if "sid=" in line]
    assert cookie.startswith("__Host-sid=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert manager.get("/admin/").headers["Location"] == "/password/new/"
    answer = manager.post("/password/new/", new="quite-another-1", again="quite-another-1")
    assert answer.status == 302, answer.text
    assert manager.get("/admin/").headers["Location"] == "/mfa/totp/"


def the_head_asks_for_a_letter(installation: Installation) -> None:
    """The letter takes the whole way: outbox, relay, broker, worker, mail server."""
    head = Visitor(installation.visitor.ports)
    assert installation.one_time_password("reseller_create")
    assert head.post("/password/reset/", email=HEAD).status == 302
    letters = installation.mail.letters
    letter = installation.wait(lambda: letters and letters[0], "a letter")
    assert f"To: {HEAD}" in letter
    assert "From: no-reply@crm.example" in letter
