"""What the registers know, laid out for one document at a time: facts by source, publishers, sectors of deals."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from ingest.registers import RegisterRelation, RegisterRow, Registers
from ingest.relations.rules import RelationRules


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """Built once; a document asks only for what it names.

    `stated` holds, by source, the facts that a document may state too (see the cues of `rules/relations.toml`).
    """

    rows: Mapping[str, RegisterRow]
    stated: Mapping[str, tuple[RegisterRelation, ...]]
    publishers: Mapping[str, frozenset[str]]
    deal_sectors: Mapping[str, tuple[str, ...]]
    deal_leaders: Mapping[str, frozenset[str]]
    sector_words: Mapping[str, frozenset[str]]  # of sectors: words that belong to it alone

    def find_sectors(self, deal: str | None, named: Container[str]) -> tuple[str, ...]:
        """Return the sectors of a deal that a document names, in the register's order; none of anything else."""
        return tuple(sector for sector in self.deal_sectors.get(deal or "", ()) if sector in named)


def make_facts(registers: Registers, rules: RelationRules) -> RegisterFacts:
    """Lay out the registers' relations; O(relations)."""
    stated: dict[str, list[RegisterRelation]] = {}
    publishers: dict[str, set[str]] = {}
    sectors: dict[str, list[str]] = {}
    leaders: dict[str, set[str]] = {}
    for relation in registers.relations:
        source = registers.rows[relation.source_id]
        if relation.type in rules.cues and _can_be_stated(relation, source):
            stated.setdefault(relation.source_id, []).append(relation)
        if relation.type == "PUBLISHES":
            publishers.setdefault(relation.target_id, set()).add(relation.source_id)
        if relation.type == "IN_SECTOR" and source.type == "SectorDeal":
            sectors.setdefault(relation.source_id, []).append(relation.target_id)
        if relation.type == "LEADS" and registers.rows[relation.target_id].type == "SectorDeal":
            leaders.setdefault(relation.target_id, set()).add(relation.source_id)
    return RegisterFacts(
        rows=registers.rows,
        stated=_frozen(stated.items()),
        publishers={strategy: frozenset(bodies) for strategy, bodies in publishers.items()},
        deal_sectors={deal: tuple(found) for deal, found in sectors.items()},
        deal_leaders={deal: frozenset(bodies) for deal, bodies in leaders.items()},
        sector_words={sector: words for sector, words in rules.sector_words.items() if sector in registers.rows},
    )


def _frozen(
    items: Iterable[tuple[str, list[RegisterRelation]]],
) -> dict[str, tuple[RegisterRelation, ...]]:
    return {source: tuple(found) for source, found in items}


def _can_be_stated(relation: RegisterRelation, source: RegisterRow) -> bool:
    """Bodies only: that Oxford lies in Oxfordshire is no news; a department that lives on was not succeeded."""
    if source.type in ("Place", "Sector"):
        return False
    return relation.type != "SUCCEEDED_BY" or source.end is not None
