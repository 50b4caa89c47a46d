from documents.kinds.act.context import ActContext
from documents.kinds.act.labels import LABELS
from documents.kinds.act.sample import sample
from documents.kinds.kind import Kind

ACT = Kind("act", ActContext, LABELS, sample, is_tax_paper=True)
