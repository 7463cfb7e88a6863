"""The one place where settings are read: `STRATEGY_GRAPH_*` in the environment, or an option of the command."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """Where the graph is and how it is served; each field says what it does."""

    model_config = SettingsConfigDict(env_prefix="STRATEGY_GRAPH_", extra="ignore", frozen=True)

    store: str = Field(
        default="sqlite:///strategy-graph.db",
        description="Address of the store. The default is one file in the current folder.",
    )
    neo4j_user: str = Field(default="neo4j", description="User of the Neo4j server that `STRATEGY_GRAPH_STORE` names.")
    neo4j_password: SecretStr | None = Field(default=None, description="Password of that user; shown nowhere.")
    neo4j_password_file: Path | None = Field(
        default=None, description="File that holds the password, where no `STRATEGY_GRAPH_NEO4J_PASSWORD` is set."
    )
    neo4j_database: str = Field(default="neo4j", description="Database of the Neo4j server.")
    registers: Path | None = Field(
        default=None, description="Folder with register rows of your own, added to the packaged ones."
    )
    spacy_model: str | None = Field(
        default=None,
        description="Installed spaCy pipeline, such as en_core_web_trf, whose named entities join those of the rules.",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the server listens on; 0 takes a free one.")
    token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Secret (16 characters or more) that requests must carry when the server is not on loopback.",
    )
    max_body_bytes: int = Field(
        default=1_000_000, ge=0, le=1_000_000_000, description="Largest request body the server takes."
    )

    @property
    def is_loopback(self) -> bool:
        """Say whether the server can be reached from this machine alone."""
        return self.host in LOOPBACK_HOSTS
