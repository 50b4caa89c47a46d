from documents.kinds.credit_note.context import CreditNoteContext
from documents.kinds.credit_note.labels import LABELS
from documents.kinds.credit_note.sample import sample
from documents.kinds.kind import Kind

CREDIT_NOTE = Kind("credit_note", CreditNoteContext, LABELS, sample, is_tax_paper=True)
