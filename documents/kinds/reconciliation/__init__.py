from documents.kinds.kind import Kind
from documents.kinds.reconciliation.context import ReconciliationContext
from documents.kinds.reconciliation.labels import LABELS
from documents.kinds.reconciliation.sample import sample

RECONCILIATION = Kind("reconciliation", ReconciliationContext, LABELS, sample)
