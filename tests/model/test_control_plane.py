"""What strangers write for an address, in its one form."""

import pytest

from vidocq.model.control_plane import address


@pytest.mark.parametrize("said,meant", [
    ("192.0.2.1", "192.0.2.1"), (" 192.0.2.1:443 ", "192.0.2.1"), ("2001:DB8::1", "2001:db8::1"), ("[2001:db8::1]:443", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
    ("::ffff:192.0.2.1", "192.0.2.1"), ("[::ffff:192.0.2.1]:443", "192.0.2.1"), ("fe80::1%eth0", "fe80::1"),
])
def test_an_address_has_one_form_however_it_is_written(said, meant):
    assert address(said) == meant


@pytest.mark.parametrize("said", [None, "", "-", "fe.ed", "1.2", "host.example.com", "192.0.2.256", 3221225985, "x" * 10_000])
def test_a_name_or_anything_else_is_none(said):
    assert address(said) is None
