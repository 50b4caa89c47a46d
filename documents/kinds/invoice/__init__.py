from documents.kinds.invoice.context import InvoiceContext
from documents.kinds.invoice.labels import LABELS
from documents.kinds.invoice.sample import sample
from documents.kinds.kind import Kind

INVOICE = Kind("invoice", InvoiceContext, LABELS, sample, is_tax_paper=True)
