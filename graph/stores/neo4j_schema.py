"""What a Neo4j store keeps, by named migrations that its one `StrategyGraph` node records.

    (Document)-[:HAS_PASSAGE]->(Passage)-[:MENTIONS]->(Entity:Institution)-[:PARTNERS_IN]->(Entity:Proposition)
    (Document)-[:CLAIMS]->(Entity)   (Document)-[:STATES]->(Claim)   (Name)-[:NAMES]->(Entity)

An entity or a relation between entities is what its claims say together (`merge.py`); `CLAIMS` and `Claim` keep what
each document says by itself. `words` holds the folded words of a text, parted by spaces, as full-text search compares
them; `pairs` does so with the pairs of neighbouring letters of a name. An id too long for an index stands in `id`
shortened, with a hash, and whole in `full_id` (`neo4j_rows.py`).
"""

from graph.stores.cypher import quote_name

STORE = "StrategyGraph"
OWN_LABELS = ("Document", "Passage", "Entity", "Claim", "Name")
OWN_TYPES = ("HAS_PASSAGE", "MENTIONS", "CLAIMS", "STATES", "NAMES")
ENTITY_TEXT, PASSAGE_TEXT, NAME_PAIRS = "entity_text", "passage_text", "name_pairs"
LEAST_VERSION = (5, 26)  # the long-term line; labels and types of a row can be written by one statement from there on


def _unique(label: str) -> str:
    name = quote_name(f"{label.lower()}_id")
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{quote_name(label)}) REQUIRE n.id IS UNIQUE"


def _full_text(name: str, label: str, fields: str) -> str:
    # Kept up to date beside the commits, which halves their time; a search waits until it is (`neo4j_search.py`).
    options = "{indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}}"
    return f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [{fields}] OPTIONS {options}"


MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "0001-first",
        (
            _unique(STORE),
            _unique("Document"),
            _unique("Passage"),
            _unique("Entity"),
            "CREATE INDEX entity_type IF NOT EXISTS FOR (n:Entity) ON (n.type, n.id)",
            "CREATE INDEX passage_place IF NOT EXISTS FOR (n:Passage) ON (n.document, n.ordinal)",
            "CREATE INDEX claim_relation IF NOT EXISTS FOR (n:Claim) ON (n.relation)",
            "CREATE INDEX name_folded IF NOT EXISTS FOR (n:Name) ON (n.folded)",
            "CREATE INDEX name_length IF NOT EXISTS FOR (n:Name) ON (n.length)",
            _full_text(ENTITY_TEXT, "Entity", "n.words, n.alias_words"),
            _full_text(PASSAGE_TEXT, "Passage", "n.words"),
        ),
    ),
    (
        "0002-near-names",
        (
            f"MATCH (s:{STORE} {{id: 1}}) SET s.made = coalesce(s.made, randomUUID())",
            # As `neo4j_rows.name_row` writes them.
            """MATCH (n:Name) CALL (n) {
                   WITH n, '_' + replace(coalesce(n.full_folded, n.folded), ' ', '_') + '_' AS text
                   SET n.pairs = reduce(all = '', at IN range(0, size(text) - 2) | all + substring(text, at, 2) + ' ')
               } IN TRANSACTIONS OF 2000 ROWS""",
            _full_text(NAME_PAIRS, "Name", "n.pairs"),
            "DROP INDEX name_length IF EXISTS",
        ),
    ),
)
