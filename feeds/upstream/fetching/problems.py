"""What went wrong on the network, in words for the person who runs the service.

No message has an address in it, as addresses can hold keys, and none a library's own text.
"""

import socket
import ssl

import aiohttp

from domain.errors import SourceError
from feeds.upstream.fetching.guard import InnerAddressError

_STATUS = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "it refuses us",
    404: "there is nothing at this address",
    406: "it does not want to serve a feed",
    410: "it is gone for good",
    429: "it says that we ask too often",
    451: "it is withheld for legal reasons",
}


def of_status(status: int, retry_after: float | None) -> SourceError:
    """Return the error for an answer that is no document."""
    words = _STATUS.get(status) or (
        "its server is in trouble" if status >= 500 else "it gives no document"
    )
    return SourceError(f"{words} (HTTP {status})", retry_after=retry_after, gone=status == 410)


def of_exception(error: Exception) -> SourceError:
    """Return the error for a request that got no whole answer."""
    return SourceError(_words(error))


def _words(error: Exception) -> str:
    cause: BaseException = error
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
    match cause:
        case InnerAddressError():
            return "its address is not on the public internet"
        case aiohttp.ClientConnectorDNSError() | socket.gaierror():
            return "its host's name is not known"
        case aiohttp.ClientSSLError() | ssl.SSLError() | ssl.CertificateError():
            return "its certificate is not valid"
        case aiohttp.ServerTimeoutError() | TimeoutError():
            return "it takes too long to answer"
        case ConnectionRefusedError():
            return "its server refuses connections"
        case aiohttp.ClientPayloadError():
            return "its answer breaks off, or is compressed wrongly"
        case aiohttp.ServerDisconnectedError() | ConnectionResetError():
            return "its server hangs up"
        case aiohttp.ClientResponseError() | aiohttp.http.HttpProcessingError():
            return "its answer is not proper HTTP"
        case ValueError():
            return "its address is no web address"
        case _:
            return "its server cannot be reached"
