"""Who is really asking, behind a proxy: the lock-out and the trail must not see the proxy's address for everyone.

An address in `X-Forwarded-For` is believed only as far as the trusted proxies (TRUSTED_PROXIES) vouch for it.
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

WsgiApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class RealAddress:
    """Puts the visitor's address into REMOTE_ADDR when the request comes from one of `proxies` (addresses, networks)."""

    def __init__(self, application: WsgiApplication, proxies: Iterable[str]) -> None:
        self._application = application
        self._proxies: list[Network] = [ipaddress.ip_network(proxy) for proxy in proxies]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        nearest = environ.get("REMOTE_ADDR", "")
        if self._trusted(nearest):
            # From the nearest outwards: the first that is not one of ours is the visitor.
            for address in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
                if not _is_address(address.strip()):
                    break
                nearest = address.strip()
                if not self._trusted(nearest):
                    break
            environ["REMOTE_ADDR"] = nearest
        return self._application(environ, start_response)

    def _trusted(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in network for network in self._proxies)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
