"""Keep the browser's libraries in the tree: pinned, hashed, committed, so that installing needs no
npm.

lock    fetch every package of vendor.json and write its hash there (after a change of version)
sync    fetch, compare hashes, copy the chosen files to static/vendor, draw static/icons.svg
        and write the manifest
check   compare the tree with the manifest; needs no network
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess  # npm is the only client of its own registry
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = Path(__file__).with_name("vendor.json")
VENDOR = ROOT / "static" / "vendor"
SPRITE = ROOT / "static" / "icons.svg"
MANIFEST = VENDOR / "manifest.json"
SOURCE_MAP = re.compile(rb"\s*(//|/\*)# sourceMappingURL=[^\n]*\s*$")


class VendorError(Exception):
    """The tree and its pins disagree."""


def fetch(package: dict[str, Any], folder: Path) -> Path:
    spec = f"{package['name']}@{package['version']}"
    command = [
        "npm",
        "pack",
        "--ignore-scripts",
        "--silent",
        "--pack-destination",
        str(folder),
        spec,
    ]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / answer.stdout.split()[-1]


def integrity(archive: Path) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()


def member(archive: tarfile.TarFile, name: str) -> bytes:
    handle = archive.extractfile(f"package/{name}")
    if handle is None:
        raise VendorError(f"{name} is no file")
    return handle.read()


def symbol(name: str, svg: str) -> str:
    """One icon of the sprite: stroke and size come from the page's CSS."""
    box = re.search(r'viewBox="([^"]+)"', svg)
    body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    body = re.sub(
        r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>',
        "",
        body,
    )
    return f'<symbol id="{name}" viewBox="{box[1] if box else "0 0 24 24"}">{" ".join(body.split())}</symbol>'


def lock(
    pins: dict[str, Any],
    folder: Path,
) -> None:
    for package in pins["packages"]:
        package["integrity"] = integrity(fetch(package, folder))
    PINS.write_text(json.dumps(pins, indent=2) + "\n")


def sync(pins: dict[str, Any], folder: Path) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for package in pins["packages"]:
        path = fetch(package, folder)
        if integrity(path) != package.get("integrity"):
            raise VendorError(f"{package['name']}: the package is not the one that was locked")
        with tarfile.open(path) as archive:
            for source, target in package["files"].items():
                place = VENDOR / target
                place.parent.mkdir(parents=True, exist_ok=True)
                content = member(archive, source)
                place.write_bytes(
                    SOURCE_MAP.sub(b"\n", content) if place.suffix in (".js", ".css") else content
                )
            if icons := package.get("icons"):
                drawn = [
                    symbol(
                        name,
                        member(archive, f"icons/{icons[name]}.svg").decode(),
                    )
                    for name in sorted(icons)
                ]
                SPRITE.write_text(
                    '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(drawn) + "\n</svg>\n"
                )
    MANIFEST.write_text(json.dumps(hashes(), indent=2) + "\n")


def hashes() -> dict[str, str]:
    files = [path for path in sorted(VENDOR.rglob("*")) if path.is_file() and path != MANIFEST]
    files += [SPRITE] if SPRITE.exists() else []
    return {
        str(path.relative_to(ROOT / "static")): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def check() -> None:
    written = json.loads(MANIFEST.read_text())
    present = hashes()
    if wrong := sorted(
        name for name in written.keys() | present.keys() if written.get(name) != present.get(name)
    ):
        raise VendorError("not as in the manifest: " + ", ".join(wrong))


def main(verb: str) -> None:
    pins = json.loads(PINS.read_text())
    with tempfile.TemporaryDirectory() as folder:
        match verb:
            case "lock":
                lock(pins, Path(folder))
            case "sync":
                sync(pins, Path(folder))
            case "check":
                check()
            case _:
                raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
