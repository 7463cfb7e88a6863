"""The known world as CSV files with a source for each row: gazetteers, canonical ids, the reference layer of the graph.

Loading fails on the first bad row; what loads is whole: ids are unique, references resolve, dates parse.
"""

from ingest.registers.batch import registers_batch
from ingest.registers.find import Step, find_relations, find_rows, find_succession, require_row
from ingest.registers.load import load_registers, read_credits
from ingest.registers.model import RegisterRelation, RegisterRow, Registers

__all__ = [
    "RegisterRelation",
    "RegisterRow",
    "Registers",
    "Step",
    "find_relations",
    "find_rows",
    "find_succession",
    "load_registers",
    "read_credits",
    "registers_batch",
    "require_row",
]
