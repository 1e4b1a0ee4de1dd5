"""Settings, each an environment variable that begins with COALITION_ (docs/deploying.md lists them)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the program takes from its environment; read once by the composition roots."""

    model_config = SettingsConfigDict(env_prefix="COALITION_")

    home: Path = Field(default=Path("~/.coalition"), description="Folder for the embedded store and the read model.")
    database_url: str = Field(
        default="", description="SQLAlchemy address of the store; empty means SQLite in COALITION_HOME."
    )
    hosts: str = Field(
        default="", description="Host names, comma-separated, that a request may carry besides the loopback names."
    )

    @property
    def home_path(self) -> Path:
        """COALITION_HOME with `~` expanded; not created here."""
        return self.home.expanduser()

    @property
    def store_url(self) -> str:
        """The address of the store: COALITION_DATABASE_URL, or SQLite in COALITION_HOME."""
        url = self.database_url or f"sqlite:///{self.home_path / 'coalition.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
            "postgres://", "postgresql+psycopg://", 1
        )

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Lower-case host names a request may name."""
        extra = {host.strip().lower() for host in self.hosts.split(",") if host.strip()}
        return frozenset({"localhost", "127.0.0.1", "[::1]"} | extra)
