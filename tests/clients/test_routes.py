"""Addresses that lead nowhere."""

import pytest

from support import error


@pytest.mark.parametrize("path", ["/nowhere", "/", "/organization", "/me/", "/projects/x"])
def test_an_address_without_a_route_is_json_too(sandbox, path):
    assert "no such route" in error(sandbox.call("GET", path), 404, "NOT_FOUND")["message"].lower()
