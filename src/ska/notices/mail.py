"""How a mail leaves: by SMTP, or into a folder of readable files when no server is named."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from ska.core.swedish import STOCKHOLM

TIMEOUT = 10.0
READABLE = SMTP.clone(utf8=True, max_line_length=200, linesep="\n")


class Postman(Protocol):
    """Something that delivers a message, or raises OSError or smtplib.SMTPException."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message over."""

    def rest(self) -> None:
        """Let go of what was kept open between the messages of a round."""
        return


def message_of(mail: Any, *, sender: str, domain: str, sent_at: Any) -> EmailMessage:
    """Return the message of an outbox row; its Message-ID is the same at every attempt."""
    message = EmailMessage(policy=SMTP)
    digest = hashlib.sha256(f"{mail.organizer_id}:{mail.dedupe_key}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{domain}>"
    message["Date"] = format_datetime(sent_at.astimezone(STOCKHOLM))
    message["From"] = Address("SKA", addr_spec=sender)
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "sv"
    message.set_content(mail.body, cte="8bit")
    return message


class Folder(Postman):
    """A folder of .eml files; a mail that is delivered twice becomes the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def deliver(self, message: EmailMessage) -> None:
        """Write the message whole: to a side file that then takes its place."""
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        receiver = "".join(c if c.isalnum() or c in ".@-" else "_" for c in str(message["To"]))
        path = self.folder / f"{receiver}-{name[:16]}.eml"
        side = path.with_suffix(".part")
        side.write_bytes(message.as_bytes(policy=READABLE))
        side.replace(path)


class Smtp(Postman):
    """A mail server: ``smtp://host:port`` or ``smtps://user:password@host``; TLS when offered."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self._open: smtplib.SMTP | None = None
        if self.url.scheme not in {"smtp", "smtps"} or not self.url.hostname:
            raise ValueError("SKA_SMTP_URL måste se ut som smtp://server:587 eller smtps://server.")

    def deliver(self, message: EmailMessage) -> None:
        """Send the message in the connection of the one before, unless that one failed."""
        self._open = self._open or self._connect()
        try:
            self._send(self._open, message)
        except BaseException:
            self.rest()
            raise

    def rest(self) -> None:
        """Let go of the connection; the next message opens one of its own."""
        server, self._open = self._open, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException), server:
                pass

    def _connect(self) -> smtplib.SMTP:
        host, port = str(self.url.hostname), self.url.port
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if self.url.username:
            server.login(unquote(self.url.username), unquote(self.url.password or ""))
        return server

    def _send(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if not server.has_extn("8bitmime"):
            message.set_content(message.get_content(), cte="quoted-printable")
        server.send_message(message)


def postman_of(smtp_url: str | None, data_dir: Path) -> Postman:
    """Return the mail server that is named, else the folder ``mail`` in the data folder."""
    return Smtp(smtp_url) if smtp_url else Folder(data_dir / "mail")
