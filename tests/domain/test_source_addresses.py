import pytest

from domain.errors import InputError
from domain.sources.addresses import host_of, is_public
from domain.sources.naming import MAX_NAME, checked_name, name_for


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1
    192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::
    2001::1 2001:db8::1 3fff::1 fc00::1 fd00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1
    localhost 8.8.8 x""".split(),
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://News.Example:8443/feed?x=1", "news.example"),
        ("https://user:secret@news.example/", "news.example"),
        ("http://8.8.8.8/", "8.8.8.8"),
        ("http://127.0.0.1:8000/feed", ""),
        ("http://[::1]/feed", ""),
        ("http://localhost/feed", ""),
        ("http://[broken", ""),
        ("/var/news", ""),
    ],
)
def test_the_host_that_is_spared(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("title", "address", "name"),
    [
        ("UN News: Human Rights", "https://news.un.org/x", "un-news-human-rights-2"),
        ("Реформа", "https://www.example.org/feed", "example-org"),
        ("Реформа", "/var/news/inbox", "inbox"),
        ("", "", "source"),
        ("x" * 100, "", "x" * (MAX_NAME - 4)),
        ("one " * 30, "", "one-" * 8 + "one"),
    ],
)
def test_names(title: str, address: str, name: str) -> None:
    assert name_for(title, address, {"un-news-human-rights"}) == name
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["", "Un", "a b", "-a", "a--b", "é", "x" * (MAX_NAME + 1)])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(InputError):
        checked_name(name)
