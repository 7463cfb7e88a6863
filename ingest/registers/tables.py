"""What the columns of each register mean: one `Table` a CSV file, in the order in which the files are read.

Every table has `id`, `name`, `aliases` and `source`, and may have `type`, `kind`, `start` and `end`. A column named in
`links` holds ids of other rows and becomes relations; one in `lists` holds several values; one in `numbers` a number;
any other column is a property of its own name. Several values in a cell are parted by `|`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A column of ids: each becomes a relation from this row, or (`inward`) from the other row to this one.

    `date_column` is a column of the same row that dates the relation; `role` says what part the other body has.
    """

    column: str
    relation: str
    inward: bool = False
    date_column: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: `types` are the entity types its rows may have, the first where a row names none."""

    file: str
    types: tuple[str, ...]
    columns: tuple[str, ...]
    links: tuple[Link, ...] = ()
    lists: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    kind: str = ""

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that the file may have."""
        return (*COMMON, *self.columns)


COMMON = ("id", "name", "aliases", "kind", "start", "end", "notes", "source")
SUCCESSION_FILE = "succession.csv"
SUCCESSION_COLUMNS = ("from_id", "to_id", "date", "what_moved", "source")

_PLACES = Link("places", "COVERS")

TABLES: tuple[Table, ...] = (
    Table(
        "departments.csv",
        ("Department",),
        ("acronym", "parent", "policy_areas"),
        links=(Link("parent", "PART_OF"),),
        lists=frozenset({"policy_areas"}),
    ),
    Table(
        "combined_authorities.csv",
        ("CombinedAuthority",),
        ("short_name", "mayor", "mayor_since", "gss_code", "local_authorities", "places"),
        links=(Link("local_authorities", "PART_OF", inward=True), _PLACES),
        dates=frozenset({"mayor_since"}),
        kind="combined authority",
    ),
    Table(
        "leps.csv",
        ("LEP",),
        (
            *("short_name", "region", "wave", "lis_status", "lis_title", "lis_published", "lis_basis"),
            *("lis_draft_date", "lis_note", "ons_code", "ons_code_2020", "ons_code_2021"),
            *("combined_authority", "local_authorities", "places"),
        ),
        links=(Link("combined_authority", "PART_OF"), Link("local_authorities", "COVERS"), _PLACES),
        lists=frozenset({"region"}),
        numbers=frozenset({"wave"}),
        dates=frozenset({"lis_published", "lis_draft_date"}),
        kind="local enterprise partnership",
    ),
    Table(
        "local_authorities.csv",
        ("LocalAuthority",),
        ("short_name", "gss_code", "region", "county", "lep_2020", "places"),
        links=(_PLACES,),
        lists=frozenset({"lep_2020"}),
    ),
    Table(
        "strategies.csv",
        ("Strategy",),
        (
            *("area_names", "wave", "lead", "leps", "lead_body", "lis_status", "lis_basis", "published", "part_of"),
            "places",
        ),
        links=(
            Link("lead", "PUBLISHES", inward=True, date_column="published", role="lead"),
            Link("leps", "PUBLISHES", inward=True, date_column="published", role="with"),
            Link("part_of", "PART_OF"),
            _PLACES,
        ),
        lists=frozenset({"area_names"}),
        numbers=frozenset({"wave"}),
        dates=frozenset({"published"}),
    ),
    Table(
        "sector_deals.csv",
        ("SectorDeal",),
        ("sector", "published", "leads", "industry_lead", "commitments"),
        links=(
            Link("sector", "IN_SECTOR"),
            Link("leads", "LEADS", inward=True, date_column="published"),
        ),
        lists=frozenset({"commitments"}),
        dates=frozenset({"published"}),
    ),
    Table(
        "programmes.csv",
        ("Programme", "Strategy"),
        ("type", "owners", "publishers", "owner_note", "what", "part_of", "sectors", "addresses", "places"),
        links=(
            Link("owners", "LEADS", inward=True, date_column="start"),
            Link("publishers", "PUBLISHES", inward=True, date_column="start"),
            Link("part_of", "PART_OF"),
            Link("sectors", "IN_SECTOR"),
            Link("addresses", "ADDRESSES"),
            _PLACES,
        ),
    ),
    Table(
        "enterprise_zones.csv",
        ("Programme",),
        ("leps", "sectors", "sites", "places", "part_of"),
        links=(
            Link("leps", "LEADS", inward=True),
            Link("sectors", "IN_SECTOR"),
            Link("places", "IN_PLACE"),
            Link("part_of", "PART_OF"),
        ),
        lists=frozenset({"sites"}),
        kind="enterprise zone",
    ),
    Table(
        "themes.csv",
        ("Foundation", "GrandChallenge"),
        ("type", "definition", "cue_terms"),
        lists=frozenset({"cue_terms"}),
    ),
    Table(
        "sectors.csv",
        ("Sector",),
        ("parent", "sic_sections", "cue_terms"),
        links=(Link("parent", "PART_OF"),),
        lists=frozenset({"sic_sections", "cue_terms"}),
        kind="sector",
    ),
    Table(
        "institutions.csv",
        ("Institution",),
        ("town", "place", "local_authority", "leps", "fields", "sectors", "parent"),
        links=(Link("place", "IN_PLACE"), Link("sectors", "IN_SECTOR"), Link("parent", "PART_OF")),
        lists=frozenset({"leps", "fields"}),
    ),
    Table(
        "places.csv",
        ("Place",),
        ("nation", "population", "latitude", "longitude", "lep", "part_of"),
        links=(Link("part_of", "PART_OF"),),
        numbers=frozenset({"population", "latitude", "longitude"}),
    ),
)
