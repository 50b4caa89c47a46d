"""The reseller's letterhead: who issues a paper and how it looks. The platform has no place on it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from documents.kinds.codec import BadContext, from_json, to_json
from documents.kinds.parts import Party
from documents.pictures import Picture

ACCENT = re.compile(r"#[0-9a-f]{6}")
PICTURES = ("logo", "signature", "stamp")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`own` the requisites, `accent` a colour #rrggbb, `terms` the reseller's own clauses, one
    paragraph each, `site` the address that the QR code leads to: the reseller's own or a neutral
    one, without a slash at the end.
    """

    own: Party
    accent: str = "#1f4e79"
    footer: str = ""
    terms: tuple[str, ...] = ()
    site: str = ""
    logo: Picture | None = field(default=None, repr=False)
    signature: Picture | None = field(default=None, repr=False)
    stamp: Picture | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # It goes into a style sheet, where escaping does not help.
        if not ACCENT.fullmatch(self.accent):
            raise BadContext(f"not a colour: {self.accent!r}")

    def with_picture(self, name: str, picture: Picture) -> "Letterhead":
        """The same letterhead with another logo, signature or stamp."""
        match name:
            case "logo":
                return replace(self, logo=picture)
            case "signature":
                return replace(self, signature=picture)
        return replace(self, stamp=picture)

    def pictures(self) -> dict[str, Picture]:
        pictures = {name: getattr(self, name) for name in PICTURES}
        return {name: picture for name, picture in pictures.items() if picture is not None}


def frozen(letterhead: Letterhead) -> dict[str, object]:
    """As JSON; of pictures only the ids under which they are kept."""
    files = {name: picture.file for name, picture in letterhead.pictures().items()}
    if homeless := [name for name, file in files.items() if not file]:
        raise BadContext(f"not kept as a file: {', '.join(homeless)}")
    plain = cast("dict[str, object]", to_json(letterhead))
    return {
        **plain,
        "files": files,
    }


def thawed(data: Mapping[str, Any], read: Callable[[str], Picture]) -> Letterhead:
    """The letterhead again; `read` fetches a picture by its id."""
    rest = {key: value for key, value in data.items() if key != "files"}
    plain = from_json(_Plain, rest)
    files = data.get("files", {})
    pictures = {name: read(file) for name, file in files.items() if name in PICTURES}
    return Letterhead(
        plain.own,
        plain.accent,
        plain.footer,
        plain.terms,
        plain.site,
        **pictures,
    )


@dataclass(frozen=True, slots=True)
class _Plain:
    """A letterhead without pictures, as it is stored."""

    own: Party
    accent: str
    footer: str
    terms: tuple[str, ...]
    site: str
