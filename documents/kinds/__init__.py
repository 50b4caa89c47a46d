"""The kinds of papers. A kind is a folder: context (data), labels, template, sample; its golden
test is in tests/.
"""

from documents.kinds.act import ACT
from documents.kinds.contract import CONTRACT
from documents.kinds.credit_note import CREDIT_NOTE
from documents.kinds.instruction import INSTRUCTION
from documents.kinds.invoice import INVOICE
from documents.kinds.kind import LANGUAGES, Kind
from documents.kinds.reconciliation import RECONCILIATION
from documents.kinds.request import REQUEST

PAPERS = (REQUEST, INSTRUCTION, INVOICE, ACT, CONTRACT, RECONCILIATION, CREDIT_NOTE)
KINDS: dict[str, Kind] = {kind.name: kind for kind in PAPERS}

__all__ = ["KINDS", "LANGUAGES", "Kind"]
