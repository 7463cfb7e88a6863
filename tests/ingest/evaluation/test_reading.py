"""Faults of reading are found: quotes out of place, tables, hidden text, words that only look like an entity."""

from graph.model import Cell, Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from ingest.evaluation.gold import GoldDocument, GoldTable, GoldTrap
from ingest.evaluation.reading import count_tables, find_broken_evidence, find_hidden_text, find_traps

DOCUMENT = Document("doc:x", "x", "x.txt", "", "text")


def table_batch(rows: list[list[str]], *, header: bool) -> GraphBatch:
    passages: list[Passage] = []
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            above = rows[0][column - 1] if header and row > 1 else ""
            cell = Cell(1, row, column, header=above, is_header=header and row == 1)
            passages.append(Passage(f"p{row}.{column}", "doc:x", len(passages), text, cell=cell))
    return GraphBatch(DOCUMENT, tuple(passages))


ROWS = [["Ref", "What"], ["1", "Build"], ["2", "Open"]]


def test_table_needs_header_and_row_count() -> None:
    gold = GoldDocument("x", tables=(GoldTable(("Ref", "What"), 2),))
    assert count_tables(gold, table_batch(ROWS, header=True)) == (1, ())
    assert count_tables(gold, table_batch(ROWS[:2], header=True)) == (0, ("Ref | What (2 rows)",))
    assert count_tables(gold, table_batch(ROWS, header=False))[0] == 0


def test_layout_table_counts_all_rows() -> None:
    gold = GoldDocument("x", tables=(GoldTable(("Ref", "What"), 3, layout=True),))
    assert count_tables(gold, table_batch(ROWS, header=False))[0] == 1


def test_empty_header_cells_do_not_matter() -> None:
    gold = GoldDocument("x", tables=(GoldTable(("", "What"), 2),))
    assert count_tables(gold, table_batch([["", "What"], *ROWS[1:]], header=True))[0] == 1


def test_table_that_gold_counts_by_page_may_be_read_as_one() -> None:
    gold = GoldDocument("x", tables=(GoldTable(("Ref", "What"), 1), GoldTable(("Ref", "What"), 3)))
    rows = [*ROWS, ["3", "Run"], ["4", "Close"]]
    assert count_tables(gold, table_batch(rows, header=True)) == (2, ())
    assert count_tables(gold, table_batch(rows[:4], header=True))[0] == 1


def test_quotes_out_of_place_are_broken() -> None:
    passage = Passage("p0", "doc:x", 0, "Build a hub")
    relation = Relation(
        "r", "ASKS", "a", "b", evidence=(Evidence("p0", 0, 5, "Build", "rule"), Evidence("p0", 6, 30, "a hub", "rule"))
    )
    places = [("p0", 8, 11, "hub"), ("p0", 8, 11, "Hub"), ("p9", 0, 1, "B"), ("p0", 3, 3, "")]
    mentions = tuple(Mention("e", *place, "rule") for place in places)
    count, broken = find_broken_evidence(GraphBatch(DOCUMENT, (passage,), (), mentions, (relation,)))
    assert (count, len(broken)) == (6, 4)


def test_relation_without_evidence_is_broken() -> None:
    _, broken = find_broken_evidence(GraphBatch(DOCUMENT, relations=(Relation("r", "ASKS", "a", "b"),)))
    assert broken == ("ASKS r: no evidence",)


def test_hidden_text_is_found_over_passages() -> None:
    gold = GoldDocument("x", absent=("act as a pilot", "not there"))
    passages = (Passage("p0", "doc:x", 0, "It will act as"), Passage("p1", "doc:x", 1, "a pilot."))
    assert find_hidden_text(gold, GraphBatch(DOCUMENT, passages)) == ("act as a pilot",)


def test_trap_is_fallen_into_only_in_its_context() -> None:
    gold = GoldDocument("x", traps=(GoldTrap("Foundation", "People", ("People in Bicester", "People who")),))
    passage = Passage("p0", "doc:x", 0, "People: skills. People in Bicester wait.")
    entity = Entity("foundation:people", "Foundation", "People")

    def traps(start: int) -> tuple[int, tuple[str, ...]]:
        mention = Mention(entity.id, "p0", start, start + 6, "People", "rule")
        return find_traps(gold, GraphBatch(DOCUMENT, (passage,), (entity,), (mention,)))

    assert traps(0) == (2, ())
    assert traps(16) == (2, ("Foundation People in 'People in Bicester'",))
