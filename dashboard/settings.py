"""Settings, each an environment variable that begins with COALITION_ (docs/deploying.md lists them)."""

from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboard.errors import StoreError


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

    public_database_url: str = Field(
        default="",
        description="Where releases are: a folder (a path or sqlite:///path), or postgresql://user@host/name. "
        "Empty: COALITION_HOME/releases.",
    )
    frame_ancestors: str = Field(
        default="", description="Sites, separated by spaces or commas, whose pages may hold the public view in a frame."
    )

    public_address: str = Field(
        default="",
        description="Address under which the public reaches the public view, such as https://data.example.org.",
    )

    feeds: Path | None = Field(
        default=None, description="TOML file of a coalition's own feeds for `coalition pull` (docs/pulling.md)."
    )

    public_pages: Path | None = Field(
        default=None,
        description="Folder in which the public server keeps finished pages between starts; empty: until it ends.",
    )
    public_contact: str = Field(
        default="",
        description="E-mail or page address to which the public view sends questions and reports of faults.",
    )

    broker_url: str = Field(
        default="",
        description="Redis (redis://:password@host:6379/0) for long work on other machines, shared answers and limits.",
    )

    monitoring: str = Field(
        default="",
        description="Address (127.0.0.1:9108) on which Prometheus may ask how the server does; empty: nobody may.",
    )

    oidc_issuer: str = Field(
        default="", description="Address of an OpenID Connect provider that people sign in with; empty means none."
    )
    oidc_client_id: str = Field(default="", description="What the provider calls this dashboard.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="The secret that the provider gave this dashboard."
    )
    oidc_claim: str = Field(
        default="email", description="What the provider tells of a person that is the account here, such as email."
    )
    trusted_proxy: str = Field(
        default="", description="Addresses of proxies (10.0.0.5, 10.1.0.0/16), comma-separated, that say who asks."
    )
    trusted_proxy_header: str = Field(
        default="X-Forwarded-User", description="The header in which a trusted proxy names the account."
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
    def release_database(self) -> str:
        """The PostgreSQL address of the releases, as libpq reads it; "" where they are in a folder alone."""
        told = self.public_database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        return told if told.startswith(("postgresql://", "postgres://")) else ""

    @property
    def releases_path(self) -> Path:
        """The folder where releases are made and read: told, or COALITION_HOME/releases; StoreError for no address."""
        if self.release_database:
            return self.home_path / "releases"
        told = self.public_database_url.removeprefix("sqlite://")
        if "://" in told:
            raise StoreError(
                "COALITION_PUBLIC_DATABASE_URL names a folder of release files (/path or sqlite:////path) or a "
                "PostgreSQL (postgresql://user@host/name)."
            )
        path = told[1:] if told != self.public_database_url else told
        return Path(path).expanduser() if path else self.home_path / "releases"

    @property
    def framing_sites(self) -> tuple[str, ...]:
        """Origins that may frame the public view, in the order given; none means nobody."""
        return tuple(self.frame_ancestors.replace(",", " ").split())

    @cached_property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks of COALITION_TRUSTED_PROXY; StoreError for what is no address."""
        try:
            return tuple(ip_network(told.strip()) for told in self.trusted_proxy.split(",") if told.strip())
        except ValueError as error:
            raise StoreError(f"COALITION_TRUSTED_PROXY: {error}. Write 10.0.0.5 or 10.1.0.0/16.") from None

    @property
    def monitoring_address(self) -> tuple[str, int] | None:
        """Host and port of COALITION_MONITORING; None where nobody may ask; StoreError for what is no address."""
        if not self.monitoring:
            return None
        host, _, port = self.monitoring.rpartition(":")
        if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65_536:
            raise StoreError("COALITION_MONITORING names an address and a port, such as 127.0.0.1:9108.")
        return host, int(port)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Lower-case host names a request may name."""
        extra = {host.strip().lower() for host in self.hosts.split(",") if host.strip()}
        return frozenset({"localhost", "127.0.0.1", "[::1]"} | extra)
