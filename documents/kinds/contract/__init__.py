from documents.kinds.contract.context import ContractContext
from documents.kinds.contract.labels import LABELS
from documents.kinds.contract.sample import sample
from documents.kinds.kind import Kind

CONTRACT = Kind("contract", ContractContext, LABELS, sample)
