"""What every answer tells the browser: load nothing from elsewhere, run nothing but our files, show us in no frame.

After OWASP's Secure Headers project (https://owasp.org/www-project-secure-headers/).
"""

from types import MappingProxyType
from typing import Final

from flask import Flask
from werkzeug.wrappers import Response

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        # Addresses of one-time links must not travel: neither to other hosts nor into the log of a proxy's next line.
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": (
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        # What one person saw must not be there for the next at the same computer; static files say otherwise.
        "Cache-Control": "no-store",
    }
)
ELSEWHERE: Final = MappingProxyType(
    {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
)
"""Of what pages of other sites may load: files for everybody."""
STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"
"""A year of HTTPS for this host and what is below it; its neighbours are the city's to decide on."""


def add_headers(app: Flask, *, secure: bool) -> None:
    """From now on every answer has them, but for those that it gives itself; `secure`: people come over HTTPS."""
    headers = {**HEADERS, **({"Strict-Transport-Security": STRICT_TRANSPORT} if secure else {})}

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
