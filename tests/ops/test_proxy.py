"""The address of the visitor behind a proxy."""

from typing import Any

import pytest

from rareearth.proxy import RealAddress


def address_seen(remote: str, forwarded: str | None, proxies: list[str]) -> str:
    seen: list[str] = []

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(environ["REMOTE_ADDR"])
        return []

    environ = {"REMOTE_ADDR": remote}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    RealAddress(application, proxies)(environ, None)
    return seen[0]


def test_the_visitor_is_seen_behind_a_trusted_proxy() -> None:
    assert address_seen("127.0.0.1", "203.0.113.7", ["127.0.0.1"]) == "203.0.113.7"


def test_an_address_the_visitor_made_up_is_not_believed() -> None:
    assert address_seen("127.0.0.1", "198.51.100.1, 203.0.113.7", ["127.0.0.1"]) == "203.0.113.7"


def test_a_stranger_cannot_choose_his_address() -> None:
    assert address_seen("203.0.113.7", "198.51.100.1", ["127.0.0.1"]) == "203.0.113.7"


def test_two_proxies_of_ours_in_a_row_are_both_skipped() -> None:
    assert address_seen("127.0.0.1", "203.0.113.7, 10.1.2.3", ["127.0.0.1", "10.0.0.0/8"]) == "203.0.113.7"


@pytest.mark.parametrize("nonsense", ["", "unknown", "203.0.113.7;rm", ",", "999.1.1.1"])
def test_nonsense_in_the_header_leaves_the_proxy_as_the_address(nonsense: str) -> None:
    assert address_seen("127.0.0.1", nonsense, ["127.0.0.1"]) == "127.0.0.1"


def test_without_trusted_proxies_the_header_means_nothing() -> None:
    assert address_seen("127.0.0.1", "203.0.113.7", []) == "127.0.0.1"
