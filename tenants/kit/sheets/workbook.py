"""The parts of an .xlsx file: its sheets, shared strings and date styles. Runs in the child."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from tenants.kit.sheets.refusals import Refused

PIECE = 256 * 1024
MOST_PARTS = 10_000
MOST_BYTES = {"sheet": 1024**3, "strings": 256 * 1024**2, "small": 32 * 1024**2}
OFFICE_DOCUMENT = "/officeDocument"
WORKSHEET = "/worksheet"
# Excel's own date formats; 71 to 81 are those of Thai Excel.
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
THAI_DATE_FORMATS = frozenset(range(71, 82))
NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DATE_LETTERS = re.compile(r"[dmyb]", re.IGNORECASE)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; `part` is its file inside the archive."""

    name: str
    part: str
    is_hidden: bool


class Workbook:
    """An opened .xlsx file. Raises Refused for everything else."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise Refused("broken") from problem
        self._parts = {part.filename: part for part in self._archive.infolist()}
        if len(self._parts) > MOST_PARTS:
            raise Refused("broken")
        self._main = self._find_main()
        self._relations = self._read_relations(self._main)
        self.counts_from_1904 = False
        self.sheets: list[Sheet] = []
        self._read("small", self._main, self._workbook_element)

    def _find_main(self) -> str:
        for _id, (kind, target) in self._read_relations("").items():
            if kind.endswith(OFFICE_DOCUMENT) and target in self._parts:
                if target.endswith(".bin"):
                    raise Refused("old_format")
                if target.startswith("xl/") or "workbook" in target:
                    return target
        raise Refused("old_format" if "content.xml" in self._parts else "not_a_workbook")

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation → its kind and the part it names."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        relations: dict[str, tuple[str, str]] = {}

        def element(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                relations[attributes.get("Id", "")] = (attributes.get("Type", ""), path)

        if listed in self._parts:
            self._read("small", listed, element)
        return relations

    def _workbook_element(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        if tag != "sheet":
            return
        relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        kind, part = self._relations.get(relation, ("", ""))
        if kind.endswith(WORKSHEET) and part in self._parts:
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(Sheet(attributes.get("name", ""), part, is_hidden))

    def pieces(self, part: str, kind: str) -> Iterator[bytes]:
        """The unpacked part in pieces, counted as they come: what the archive claims may be a lie."""
        size = 0
        entry = self._parts[part]
        if entry.flag_bits & 1:
            raise Refused("password")
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(PIECE):
                    size += len(piece)
                    if size > MOST_BYTES[kind]:
                        raise Refused("too_heavy")
                    yield piece
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as problem:
            raise Refused("broken") from problem
        except Exception as problem:
            if type(problem).__module__ in ("zlib", "lzma", "_lzma"):
                raise Refused("broken") from problem
            raise

    def _read(self, kind: str, part: str, element: Callable[[str, Attributes], None]) -> None:
        parser = parser_of(element)
        parse(parser, self.pieces(part, kind))

    def shared_strings(self) -> list[str]:
        """All texts of the workbook, in the order in which cells name them."""
        part = self._part_named("/sharedStrings")
        if not part:
            return []
        texts: list[str] = []
        taken: list[str] = []
        inside = {"t": False, "rPh": False}

        def start(tag: str, _attributes: Attributes) -> None:
            if tag in inside:
                inside[tag] = True

        def end(name: str) -> None:
            tag = local(name)
            if tag in inside:
                inside[tag] = False
            elif tag == "si":
                texts.append("".join(taken))
                taken.clear()

        def characters(text: str) -> None:
            if inside["t"] and not inside["rPh"]:
                taken.append(text)

        parser = parser_of(start)
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parse(parser, self.pieces(part, "strings"))
        return texts

    def date_styles(self) -> frozenset[int]:
        """Numbers of the cell styles that show a date."""
        part = self._part_named("/styles")
        if not part:
            return frozenset()
        own_formats: dict[int, str] = {}
        styles: list[int] = []
        is_inside = False

        def element(tag: str, attributes: Attributes) -> None:
            nonlocal is_inside
            if tag == "numFmt":
                own_formats[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyles"):
                is_inside = tag == "cellXfs"
            elif tag == "xf" and is_inside:
                styles.append(whole(attributes.get("numFmtId")))

        self._read("small", part, element)
        return frozenset(
            place
            for place, number in enumerate(styles)
            if shows_a_date(own_formats.get(number), number)
        )

    def _part_named(self, kind_ends: str) -> str:
        for kind, part in self._relations.values():
            if kind.endswith(kind_ends) and part in self._parts:
                return part
        return ""


def shows_a_date(own_format: str | None, number: int) -> bool:
    if own_format is None:
        return number in DATE_FORMATS or number in THAI_DATE_FORMATS
    if own_format.lower() == "general":
        return False
    first = own_format.split(";", 1)[0]
    return DATE_LETTERS.search(NOT_LETTERS.sub("", first)) is not None


def parser_of(element: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    """A parser that hands over local names; a document type, which may grow without end, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        element(tag, attributes)

    def document_type(*_args: object) -> None:
        raise Refused("broken")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = document_type
    return parser


def parse(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise Refused("broken") from problem


def local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
