from documents.kinds.instruction.context import InstructionContext
from documents.kinds.instruction.labels import LABELS
from documents.kinds.instruction.sample import sample
from documents.kinds.kind import Kind

INSTRUCTION = Kind("instruction", InstructionContext, LABELS, sample)
