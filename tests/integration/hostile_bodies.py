"""What senders who mean harm put into requests."""

from __future__ import annotations

CUT_HEADS = (
    b"P /",
    b"POST /upload/p1 HTTP/1.1\r\nHost: HOST\r\nContent-Le",
    b"GET /bring-numbers HTTP/1.1\r\nHost: HOST\r\nX: ",
    b"POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 90\r\n\r\nname",
    b"POST /_dash-update-component HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n"
    b'Content-Length: 900\r\n\r\n{"output":',
)
"""Requests of which the rest never comes."""


def form(content: bytes, name: str = "kits.csv") -> tuple[bytes, str]:
    """A form with one file, and how it says that it is written."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
