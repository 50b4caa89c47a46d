from documents.kinds.kind import Kind
from documents.kinds.request.context import RequestContext
from documents.kinds.request.labels import LABELS
from documents.kinds.request.sample import sample

REQUEST = Kind("request", RequestContext, LABELS, sample)
