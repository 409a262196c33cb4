import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DocumentError
from feeds.upstream.formats.decode import MAX_BYTES, decode

RUSSIAN = "УНП ООН публикует доклад: «Незаконный ввоз мигрантов» — 70 млн. человек\nЕще новость"
FRENCH = "L'ONUDC a participé à la réunion « élargie » en Côte d’Ivoire – œuvre où ça"
SPANISH = "La Oficina presentó el 1º de mayo una campaña en España. ¿Qué es?"
ARABIC = "أطلق مكتب الأمم المتحدة المعني بالمخدرات والجريمة مبادرة جديدة"
CHINESE = "联合国毒品和犯罪问题办公室发布了新报告，呼吁各国加强合作。"


@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, SPANISH, ARABIC, CHINESE, "Plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        ("ПРЕСС-РЕЛИЗ\nновости", "windows-1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-"), "koi8-r"),
        (FRENCH, "windows-1252"),
        (SPANISH, "iso-8859-1"),
        ("A plain text with one caf\xe9", "windows-1252"),
        ("3 \x96 4 August\nDon\x92t".encode("latin-1").decode("cp1252"), "windows-1252"),
        (ARABIC, "windows-1256"),
        (CHINESE, "gb18030"),
    ],
)
def test_likely_legacy_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_declared_encoding_is_believed_where_the_bytes_agree() -> None:
    polish = "Zażółć gęślą jaźń"
    assert decode(polish.encode("iso-8859-2"), declared="iso-8859-2") == polish
    assert decode(polish.encode(), declared="iso-8859-2") == polish
    assert decode(RUSSIAN.encode("windows-1251"), declared="no-such-thing") == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "windows-1251", "iso-8859-1"),
        (ARABIC, "windows-1256", "iso-8859-1"),
        (CHINESE, "gb18030", "windows-1252"),
        (SPANISH, "iso-8859-1", "windows-1251"),
        (FRENCH, "windows-1252", "iso-8859-1"),
        (FRENCH, "windows-1252", "us-ascii"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (FRENCH, "utf-8", "utf-16"),
        (FRENCH, "windows-1252", "utf-8"),
        (FRENCH, "utf-16", "utf-8"),
        ("It’s " + "a plain text in English, as most are. " * 90, "windows-1252", "iso-8859-1"),
        ("联合国毒品办公室 镕 朱㐂" * 9, "gb18030", "gb2312"),
        ("人身取引 ① 髙橋" * 9, "cp932", "shift_jis"),
        ("인신매매 대응 똠방각하", "cp949", "ks_c_5601-1987"),
        ("人身取引と闘う", "iso-2022-jp", "ISO-2022-JP"),
        ("打击人口贩运", "hz", "HZ-GB-2312"),
    ],
)
def test_what_is_declared_and_what_is_meant(text: str, encoding: str, declared: str) -> None:
    assert decode(text.encode(encoding), declared=declared) == text


def test_a_text_of_two_encodings_loses_what_cannot_be_read() -> None:
    plain = "A plain text in English, as most of them are. " * 40
    told = decode(f"{plain}l’été".encode() + b" \x81 " + plain.encode())
    assert told == f"{plain}l’été \ufffd {plain}"


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf_32_without_a_mark(encoding: str) -> None:
    assert decode(f"<a>{FRENCH}</a>".encode(encoding)) == f"<a>{FRENCH}</a>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_byte_too_many_behind_wide_signs(encoding: str) -> None:
    assert decode("Plain words".encode(encoding) + b"\n") == "Plain words"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "shift_jis", "iso-8859-2"])
def test_one_broken_sign_does_not_spoil_a_document(encoding: str) -> None:
    text = {"shift_jis": "人身取引と闘う。"}.get(encoding, "Zażółć gęślą jaźń. ") * 40
    broken = b"\x81\xff" if encoding == "shift_jis" else b"\xff"
    data = text.encode(encoding) + broken + text.encode(encoding.removesuffix("-sig"))
    assert decode(data, declared=encoding.removesuffix("-sig")).count(text) >= 1


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        random.Random(1).randbytes(3000),
        bytes(random.Random(2).choices(range(128, 256), k=300)),
        "日本語のテキストです".encode("shift-jis"),
        "Ελληνικά κείμενα εδώ".encode("iso-8859-7"),
        "Zażółć gęślą jaźń".encode("windows-1250"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xfe\x00",
        b"text \x00 with zeros \x00\x00",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^page\.txt: not a text in a known encoding$"):
        decode(data, document="page.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff\u00a0\n".encode()])
def test_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match="empty: nothing but blanks"):
        decode(data)


def test_too_large() -> None:
    with pytest.raises(DocumentError, match=r"too large: 5\.0 MB, at most 5 MB are read"):
        decode(b"x" * (MAX_BYTES + 1))
    assert len(decode(b"x" * MAX_BYTES)) == MAX_BYTES


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except DocumentError:
        return
    assert text.strip()
    assert "\x00" not in text
