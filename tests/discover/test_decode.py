"""From bytes to text, for what people and editors really write."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.discover.decode import Decoded, declared_encoding, decode, is_binary, plain_bytes

TEXT = 'model = "gpt-4-0314"  # café, 模型\n'


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == Decoded(TEXT, encoding)


def test_plain_utf8_needs_no_mark() -> None:
    assert decode(TEXT.encode()) == Decoded(TEXT, "utf-8")


def test_bytes_that_are_not_utf8_are_read_as_latin1_and_say_so() -> None:
    text, encoding, why = decode(b'name = "caf\xe9"\n')
    assert (text, encoding) == ('name = "café"\n', "latin-1")
    assert why == "not valid UTF-8, read as Latin-1"


def test_a_declared_encoding_is_respected_in_python_only() -> None:
    data = '# -*- coding: koi8-r -*-\nname = "модель"\n'.encode("koi8-r")
    assert decode(data, python=True).text.endswith('"модель"\n')
    assert decode(data).encoding == "latin-1"


def test_half_a_character_of_utf16_is_replaced_and_said() -> None:
    text, _, why = decode(codecs.BOM_UTF16_LE + "gpt-4".encode("utf-16-le") + b"x")
    assert text.startswith("gpt-4")
    assert why == "not valid UTF-16"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"# coding: latin-1\n", "latin-1"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
        (b"\n# -*- coding: iso-8859-15 -*-\n", "iso-8859-15"),
        (b"# -*- coding: UTF_8 -*-\n", None),
        (b"# coding: utf-8-unix\n", None),
        (b"x = 1\n# coding: latin-1\n", None),
        (b"\n\n# coding: latin-1\n", None),
        (b'x = "coding: latin-1"\n', None),
        (b"", None),
    ],
)
def test_where_an_encoding_may_be_declared(head: bytes, encoding: str | None) -> None:
    assert declared_encoding(head) == encoding


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "unicode_escape", "zlib", "rot13", "hex", "utf-16", "no-such-codec", "cp037", "--idna--", "a" * 5000]
)
def test_a_declaration_that_cannot_be_true_is_not_followed(name: str) -> None:
    decoded = decode(f"# coding: {name}\nmodel = 'gpt-4'\n".encode(), python=True)
    assert decoded.text.endswith("model = 'gpt-4'\n")
    assert decoded.encoding == "utf-8"
    assert decoded.why is not None
    assert "does not fit" in decoded.why


def test_a_quadratic_codec_is_not_used_on_a_long_file() -> None:
    decode(b"# coding: punycode\n" + b"a" * 2_000_000 + b"-zzzz", python=True)


def test_a_nul_near_the_start_is_binary_unless_a_mark_explains_it() -> None:
    assert is_binary(b"GIF89a\x00")
    assert not is_binary(b"a" * 8192 + b"\x00")
    assert not is_binary("gpt-4".encode("utf-16"))
    assert not is_binary("gpt-4".encode("utf-32"))
    assert not is_binary(b"")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_ascii_can_be_searched_in_the_plain_bytes_of_every_encoding(encoding: str) -> None:
    assert b"gpt-4-0314" in plain_bytes(TEXT.encode(encoding))


@given(st.binary())
def test_any_bytes_become_text(data: bytes) -> None:
    for python in (False, True):
        assert isinstance(decode(data, python=python).text, str)
    assert isinstance(plain_bytes(data), bytes)


@given(
    # A NUL behind the mark of UTF-16 makes it the mark of UTF-32.
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")).filter(lambda text: not text.startswith("\0")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_survives_every_marked_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text
