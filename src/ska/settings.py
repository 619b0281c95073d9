"""Settings from the environment, checked once at start. One line each in docs/settings.md."""

import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _own_folder() -> Path:
    """Return where data is kept by default: root's home stays closed to the database's user."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Path("/var/lib/ska") if as_root else user_data_path("ska")


class Settings(BaseSettings):
    """Everything that may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix="SKA_", extra="ignore")

    database_url: str | None = None
    owner_database_url: str | None = None
    data_dir: Path = Field(default_factory=_own_folder)
    base_url: str | None = None
    port: int = Field(default=8000, ge=1, le=65535)
    demo: bool = False
    behind_tls_proxy: bool = False
    scheduler: bool = False
    smtp_url: str | None = None
    mail_from: str = "ska@localhost"
    log_level: str = "INFO"
    fetch: bool = False
    kolada_url: str = "https://api.kolada.se/v3/"
    pxweb_url: str = (
        "https://statistikdatabasen.skolverket.se/PxWeb/api/v1/sv/Skolverkets_statistikdatabas"
    )
    planned_educations_url: str = "https://api.skolverket.se/planned-educations"
    ss12000_url: str | None = None
    ss12000_token: SecretStr | None = None
    school_register_url: str = "https://api.skolverket.se/skolenhetsregistret/v2"

    @model_validator(mode="after")
    def _check(self) -> "Settings":
        url = urlsplit(self.address)
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise ValueError("SKA_BASE_URL måste vara en hel adress, till exempel https://ska.se")
        if url.scheme == "http" and not self.is_loopback and not self.behind_tls_proxy:
            raise ValueError(
                "SKA_BASE_URL får bara vara http på den egna datorn. Använd https, "
                "eller sätt SKA_BEHIND_TLS_PROXY=1 om en proxy avslutar TLS."
            )
        if self.demo and not self.is_loopback:
            raise ValueError("Demoläget (SKA_DEMO) får bara köras på den egna datorn.")
        return self

    @property
    def address(self) -> str:
        """Return the address that people use, without a trailing slash."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_loopback(self) -> bool:
        """Tell whether the address is on this machine only."""
        return (urlsplit(self.address).hostname or "") in LOOPBACK

    @property
    def is_https(self) -> bool:
        """Tell whether readers come by https."""
        return self.address.startswith("https://") or self.behind_tls_proxy


@cache
def bundled(name: str) -> Path:
    """Return the folder *name* (frontend, seeds, indicators) in the checkout or in the wheel."""
    checkout = Path(__file__).resolve().parents[2] / name
    if checkout.is_dir():
        return checkout
    installed = Path(str(files("ska"))) / "_bundled" / name
    if not installed.is_dir():
        raise FileNotFoundError(f"the folder {name} is missing from the installation")
    return installed
