"""Which addresses are of the public internet, in all the forms that an address has."""

import pytest

from bot.public_addresses import is_public
from store.contact_addresses import is_odd_number

PUBLIC = (
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2400:cb00::1",
    "2606:4700:4700::1111",
    "3ffe::1",
)
NOT_PUBLIC = (
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::1.1.1.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:1.1.1.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:c0a8:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2606:4700:4700::1111%eth0",
)
ODD = (
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7F.1",
    "127.1",
    "127.0.1",
    "0177.0.0.1",
    "127.0.0.0x1",
    "127.0.0.1.",
    "1.1.1.01",
    "256.1.1.1",
    "1.2.3.4.5",
    "0x",
    "10.0x",
    "host.1",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_all_else(address):
    assert not is_public(address)


@pytest.mark.parametrize("host", ODD)
def test_an_address_that_is_written_as_another_number(host):
    assert is_odd_number(host)


@pytest.mark.parametrize(
    "host", ["1.1.1.1", "::1", "hooks.city.example", "1.1.1.1.example", "x1", "4chan.org", "a.0y"]
)
def test_a_name_or_a_plain_address(host):
    assert not is_odd_number(host)
