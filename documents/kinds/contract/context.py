"""A contract as both sides signed it, and the evidence sheet that says how."""

import textwrap
from dataclasses import dataclass

from documents.kinds.codec import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature as the evidence sheet tells it; texts in the paper's language, ready to print.

    `when` names its zone, `code` says to which masked address the one-time code went, `rules` are
    the version of the rules of the simple electronic signature that the person had accepted.
    """

    side: str
    name: str
    post: str = ""
    basis: str = ""
    when: str = ""
    how: str = ""
    code: str = ""
    address: str = ""
    device: str = ""
    rules: str = ""


@dataclass(frozen=True, slots=True)
class ContractContext:
    """`lines` are the text that was shown, a paragraph each; `sha256` is the hash of that text,
    `template` the name and version of what it was drawn up from. `by_platform` seals it with the
    platform's key. Without signatures it is a sample, and says nothing of signing.
    """

    lines: tuple[str, ...]
    sha256: str
    template: str
    signatures: tuple[SignatureLine, ...]
    addendum: bool = False
    by_platform: bool = False
    has_timestamp: bool = False


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as the paper prints it: long paragraphs in pieces that a context holds."""
    return tuple(
        piece
        for line in text.splitlines()
        if line
        for piece in textwrap.wrap(line, LONGEST_TEXT, break_on_hyphens=False)
    )
