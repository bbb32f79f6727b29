"""Hostile texts: a finding in bounded time, never a traceback."""

from __future__ import annotations

import os
import time

import pytest

from jewelgen.design.orders import read_orders
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import DesignError

HEAD = b'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
BAND = b'[shank]\nkind = "band"\nwidth = 4\n'
LAUGH = b"[let]\na0 = 1\n" + b"".join(
    b'a%d = "= a%d + a%d + a%d + a%d"\n' % (n, n - 1, n - 1, n - 1, n - 1) for n in range(1, 40)
)


CHAIN = b"[let]\n" + b"".join(b'a%d = "= a%d"\n' % (n, n + 1) for n in range(200)) + b"a200 = 1\n"
CROWD = b"".join(b'[engraving.e%d]\non = "shank.inside"\ntext = "x"\n' % n for n in range(3000))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "JG104"),
        (b"format = 2\n", "JG104"),
        (b"format = true\n", "JG104"),
        (b'name = "x"\nformat = 1\n', "JG104"),
        (b"\xff\xfe" + "format = 1".encode("utf-16-le"), "JG102"),
        (b'format = 1\nname = "\xe9"\n', "JG102"),
        (b'format = 1\nname = "a\x00b"\n', "JG102"),
        (b'format = 1\nname = "a\x1bb"\n', "JG102"),
        (b"format = 1\n# " + b"x" * 10_000_000, "JG101"),
        (b"format = 1\na = " + b"[" * 100_000, "JG103"),
        (b"format = 1\na = " + b"{a=" * 50_000, "JG103"),
        (b"format = 1\n[" + b"a." * 100_000 + b"a]\n", "JG103"),
        (b"format = 1\n" + b"a." * 100_000 + b"a = 1\n", "JG103"),
        (b"format = 1\na = " + b"9" * 100_000, "JG100"),
        (b"format = 1\na = 'x\n", "JG100"),
        (HEAD + b'name = "../../etc"\n' + BAND, "JG109"),
        (HEAD + b'name = "C:\\\\x"\n' + BAND, "JG109"),
        (HEAD + b'[shank]\nkind = "band"\nwidth = "= ' + b"(" * 150 + b"1" + b")" * 140 + b'"\n', "JG153"),
        (HEAD + b'[shank]\nkind = "band"\nwidth = "= ' + b"-" * 200 + b'1"\n', "JG153"),
        (HEAD + b'[shank]\nkind = "band"\nwidth = "= ' + b"9**" * 50 + b'9"\n', "JG153"),
        (HEAD + b'[shank]\nkind = "band"\nwidth = "= max(' + b"1," * 4000 + b'1)"\n', "JG153"),
        (HEAD + LAUGH + BAND, "JG154"),
        (HEAD + CHAIN + BAND, "JG155"),
        (HEAD + BAND + CROWD, "JG112"),
        (HEAD + b'[sets]\nx = 1\n[ask]\n"" = "3 .. 4"\n' + BAND, "JG174"),
        (HEAD + b"ask = 3\n" + BAND, "JG108"),
        (HEAD + b"let = [1]\n" + BAND, "JG108"),
        (HEAD + BAND + b'[let]\n"a b" = 1\n', "JG109"),
        (HEAD + BAND + b'[ask]\nsize = "US 4 .. US 9 by 0"\n', "JG181"),
        (HEAD + BAND + b'[ask]\nshank.width = "3 .. 99"\n', "JG173"),
        (HEAD + BAND + b'[ask]\nshank.widht = "3 .. 4"\n', "JG174"),
        (HEAD + BAND + b"[ask]\nshank.width = [[1], {}]\n", "JG174"),
    ],
)  # fmt: skip
def test_hostile_designs(tmp_path, kinds, raw, code):
    path = tmp_path / "d.toml"
    path.write_bytes(raw)
    start = time.process_time()
    with pytest.raises(DesignError) as caught:
        resolve(load(path), kinds=kinds)
    assert time.process_time() - start < 2.0
    assert code in [item.code for item in caught.value.findings]
    assert all(len(item.message) <= 400 for item in caught.value.findings)


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path, kinds):
    path = tmp_path / "d.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + BAND).replace(b"\n", b"\r\n"))
    assert resolve(load(path), kinds=kinds).block("shank").where.line == 6


@pytest.mark.parametrize("name", ["", "none.toml", "bad\0name.toml"])
def test_unreadable_paths(tmp_path, name):
    with pytest.raises(DesignError, match="JG101"):
        load(tmp_path / name)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(DesignError, match="JG101"):
        load(tmp_path / "pipe.toml")
    with pytest.raises(DesignError, match="JG101"):
        read_orders(tmp_path / "pipe.toml")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ada.toml", "designs/ada.toml"),
        ("ada", "designs/ada.toml"),
        ("bnd.toml", "band.toml"),
        ("zzzzzz.toml", ""),
    ],
)
def test_a_path_that_is_nearly_right_names_the_file_meant(tmp_path, asked, meant):
    (tmp_path / "designs").mkdir()
    for name in ("designs/ada.toml", "band.toml"):
        (tmp_path / name).write_bytes(HEAD + BAND)
    with pytest.raises(DesignError) as caught:
        load(tmp_path / asked)
    assert caught.value.findings[0].hint == (f"did you mean '{tmp_path / meant}'?" if meant else "")


def test_hostile_order_rows_are_said_and_the_rest_is_read(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "order,customer,qty,size\nA-1,x,1,US 7\n../../etc,x,1,US 7\nA-2,x,0,US 7\nA-3,x,1e9,US 7\n"
        'A-1,y,1,US 7\nA-4,"a\nb",1,US 7\nA-5,x,1,US 7,extra\n,x,1,US 7\nA-6,x,2,\n'
    )
    found = read_orders(path)
    assert [(order.id, order.qty, order.values) for order in found.orders] == [
        ("A-1", 1, (("size", "US 7"),)), ("A-6", 2, ()),
    ]  # fmt: skip
    assert [(item.where.line, item.code) for item in found.findings if item.code == "JG109"] == [
        (3, "JG109")
    ]
    assert len(found.findings) == 7
    assert {item.where.file for item in found.findings} == {str(path)}


def test_an_order_file_of_ten_megabytes_is_refused(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(b"order\n" + b"a\n" * 5_000_000)
    with pytest.raises(DesignError, match="JG101"):
        read_orders(path)
