"""The tables of the embedded store, by named migrations that the file records.

Integer keys are inside only: they depend on the order of loading, so no answer is ordered by them or shows them.
A row of `entity` or `relation` is what its claims say together (`merge.py`); `head` is the first claim's document,
`documents` the number of documents other than registers that claim it.
"""

APPLICATION_ID = 0x53474B31  # "SGK1": tells our files from other programs' databases

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "0001-first",
        (
            """CREATE TABLE document(
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, source TEXT NOT NULL,
                sha256 TEXT NOT NULL, reader TEXT NOT NULL, status TEXT NOT NULL, published TEXT, kind TEXT NOT NULL,
                genre TEXT NOT NULL, describes TEXT, rules TEXT NOT NULL, rank INTEGER NOT NULL,
                digest TEXT NOT NULL)""",
            """CREATE TABLE passage(
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL REFERENCES document(key),
                ordinal INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, page INTEGER, path TEXT NOT NULL,
                level INTEGER NOT NULL, label TEXT NOT NULL, cell TEXT, edits TEXT NOT NULL,
                UNIQUE(document, ordinal))""",
            """CREATE TABLE entity(
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL,
                register INTEGER NOT NULL, properties TEXT NOT NULL,
                head INTEGER NOT NULL, documents INTEGER NOT NULL)""",
            "CREATE INDEX entity_type ON entity(type, id)",
            """CREATE TABLE entity_claim(
                item INTEGER NOT NULL REFERENCES entity(key), document INTEGER NOT NULL REFERENCES document(key),
                type TEXT NOT NULL, name TEXT NOT NULL, register INTEGER NOT NULL, properties TEXT NOT NULL,
                PRIMARY KEY(item, document)) WITHOUT ROWID""",
            "CREATE INDEX entity_claim_document ON entity_claim(document)",
            """CREATE TABLE relation(
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
                source INTEGER NOT NULL REFERENCES entity(key), target INTEGER NOT NULL REFERENCES entity(key),
                properties TEXT NOT NULL, sources TEXT NOT NULL,
                head INTEGER NOT NULL, documents INTEGER NOT NULL)""",
            "CREATE INDEX relation_source ON relation(source, type)",
            "CREATE INDEX relation_target ON relation(target, type)",
            "CREATE INDEX relation_type ON relation(type, source, target)",
            """CREATE TABLE relation_claim(
                item INTEGER NOT NULL REFERENCES relation(key), document INTEGER NOT NULL REFERENCES document(key),
                type TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL,
                properties TEXT NOT NULL, sources TEXT NOT NULL,
                PRIMARY KEY(item, document)) WITHOUT ROWID""",
            "CREATE INDEX relation_claim_document ON relation_claim(document)",
            """CREATE TABLE evidence(
                relation INTEGER NOT NULL, document INTEGER NOT NULL, n INTEGER NOT NULL,
                passage INTEGER NOT NULL REFERENCES passage(key), start INTEGER NOT NULL, end INTEGER NOT NULL,
                quote TEXT NOT NULL, rule TEXT NOT NULL, score REAL NOT NULL,
                PRIMARY KEY(relation, document, n),
                FOREIGN KEY(relation, document) REFERENCES relation_claim(item, document)) WITHOUT ROWID""",
            "CREATE INDEX evidence_passage ON evidence(passage)",
            """CREATE TABLE mention(
                passage INTEGER NOT NULL REFERENCES passage(key), n INTEGER NOT NULL,
                entity INTEGER NOT NULL REFERENCES entity(key), start INTEGER NOT NULL, end INTEGER NOT NULL,
                text TEXT NOT NULL, rule TEXT NOT NULL, score REAL NOT NULL,
                PRIMARY KEY(passage, n)) WITHOUT ROWID""",
            "CREATE INDEX mention_entity ON mention(entity, passage)",
            """CREATE TABLE dropped(
                document INTEGER NOT NULL REFERENCES document(key), n INTEGER NOT NULL, item TEXT NOT NULL,
                reason TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY(document, n)) WITHOUT ROWID""",
            """CREATE TABLE unsure(
                document INTEGER NOT NULL REFERENCES document(key), n INTEGER NOT NULL, name TEXT NOT NULL,
                candidates TEXT NOT NULL, passage TEXT NOT NULL, reason TEXT NOT NULL,
                PRIMARY KEY(document, n)) WITHOUT ROWID""",
            """CREATE TABLE alias(
                folded TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entity(key), name TEXT NOT NULL,
                PRIMARY KEY(folded, entity)) WITHOUT ROWID""",
            "CREATE INDEX alias_entity ON alias(entity)",
            """CREATE VIRTUAL TABLE passage_text USING fts5(
                text, content='passage', content_rowid='key', tokenize='unicode61 remove_diacritics 2')""",
            """CREATE VIRTUAL TABLE entity_text USING fts5(
                name, aliases, tokenize='unicode61 remove_diacritics 2')""",
        ),
    ),
)
