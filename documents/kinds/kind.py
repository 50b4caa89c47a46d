"""What a kind of paper is; the folders beside this file are the kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Context: TypeAlias = "DataclassInstance"  # what a paper says: one frozen dataclass a kind

# One text per language, in the order of LANGUAGES.
Label = tuple[str, str, str, str]
LANGUAGES = ("ru", "th", "en", "ky")


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_tax_paper` prints Thai days in the Buddhist era; `sample` gives a context to look at in a
    language.
    """

    name: str
    context: type[Context]
    labels: Mapping[str, Label]
    sample: Callable[[str], Context]
    is_tax_paper: bool = False

    @property
    def template(self) -> str:
        return f"kinds/{self.name}/template.html"
