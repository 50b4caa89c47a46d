"""A paper: its data, its letterhead and its number, and how that becomes HTML and PDF."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from documents.kinds import KINDS
from documents.kinds.kind import Context
from documents.kinds.letterhead import Letterhead
from documents.pictures import Picture
from documents.render.engine import Rendered, render_html
from documents.render.paper_words import PaperWords
from documents.render.qr import qr

# Papers that are a contract by themselves carry the reseller's own terms; an invoice or an act does
# not.
WITH_TERMS = frozenset({"request", "instruction"})


@dataclass(frozen=True, slots=True)
class Correction:
    """The paper that this one replaces; `index` counts its corrections from one."""

    number: str
    issued_on: date
    index: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """`signed` puts the letterhead's signature and stamp on it; without them it is signed by hand."""

    kind: str
    number: str
    issued_on: date
    language: str
    context: Context
    letterhead: Letterhead
    verify_code: str = ""
    signed: bool = True
    correction: Correction | None = None

    @property
    def title(self) -> str:
        say = words_of(self)
        name = "addendum" if getattr(self.context, "addendum", False) else "title"
        return f"{say(name)} {say('number')} {self.number}"

    @property
    def address(self) -> str:
        """Where anyone can check that it is genuine; empty when there is no such place."""
        site = self.letterhead.site
        return f"{site}/verify/{self.verify_code}/" if site and self.verify_code else ""


def words_of(paper: Paper) -> PaperWords:
    kind = KINDS[paper.kind]
    return PaperWords(paper.language, kind.labels, buddhist=kind.is_tax_paper)


def render(paper: Paper) -> Rendered:
    """The PDF. The same paper gives the same bytes, so doing it again harms nobody."""
    return render_html(html(paper), pictures(paper))


def html(paper: Paper) -> str:
    """The page as HTML; every text in it is escaped, and an unknown name is an error rather than a
    gap.
    """
    template = templates().get_template(KINDS[paper.kind].template)
    return template.render(
        doc=paper.context,
        head=paper.letterhead,
        paper=paper,
        say=words_of(paper),
        wants_terms=paper.kind in WITH_TERMS,
    )


def pictures(paper: Paper) -> dict[str, Picture]:
    """All that the page may load, by the names its templates use."""
    shown = paper.letterhead.pictures()
    if not paper.signed:
        shown = {name: picture for name, picture in shown.items() if name == "logo"}
    codes = {
        "genuine": paper.address,
        "payment": getattr(paper.context, "payment_qr", ""),
    }
    return shown | {name: qr(text) for name, text in codes.items() if text}


@cache
def templates() -> Environment:
    """An environment of its own: papers know nothing of the pages' filters, globals and language."""
    folder = Path(__file__).resolve().parents[1]
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
