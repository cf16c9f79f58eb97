"""Files that browsers keep for ever."""

from __future__ import annotations

import dataclasses
import fcntl
import gzip
import re
import threading
from typing import TYPE_CHECKING

import brotli
import pytest
from flask import Flask

from config import ROOT
from eduapp.web.headers import SECURITY_HEADERS
from eduapp.web.static_files import (
    UnknownAsset,
    asset_url,
    joined_css,
    publish,
    register_static_files,
    tree_hash,
)

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config
    from tests.browse import Browse


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small static tree."""
    source = tmp_path / "source"
    (source / "css" / "parts").mkdir(parents=True)
    (source / "css" / "a.css").write_text(
        '@import "b.css";\n@import "parts/c.css";\n/* why */ a {\n  color: red;\n}\n'
    )
    (source / "css" / "b.css").write_text("b { color: blue; }\n")
    (source / "css" / "parts" / "c.css").write_text('@import "../b.css";\nc { top: 0; }\n')
    return source


def test_imports_are_joined_each_file_once(tree: Path) -> None:
    css = joined_css((tree / "css" / "a.css").resolve(), tree)

    assert css.index("b {") < css.index("c {") < css.index("a {")
    assert css.count("blue") == 1
    assert "@import" not in css
    assert "why" not in css


def test_a_face_whose_file_is_not_there_is_left_out(tree: Path) -> None:
    face = '@font-face {\n  src: url("../%s.woff2");\n}\n'
    (tree / "here.woff2").write_bytes(b"font")
    (tree / "css" / "a.css").write_text(face % "here" + face % "missing")

    css = joined_css((tree / "css" / "a.css").resolve(), tree)

    assert re.findall(r'url\("../(\w+)', css) == ["here"]


def test_the_address_changes_with_any_file(tree: Path) -> None:
    before = tree_hash(tree)
    (tree / "css" / "b.css").write_text("b { color: green; }\n")

    assert tree_hash(tree) != before


def test_files_are_compressed_beforehand(tree: Path, tmp_path: Path) -> None:
    folder = publish(tree, tmp_path / "target")

    css = (folder / "css" / "a.css").read_bytes()
    assert brotli.decompress((folder / "css" / "a.css.br").read_bytes()) == css
    assert gzip.decompress((folder / "css" / "a.css.gz").read_bytes()) == css


def test_a_tree_is_made_once_and_the_one_before_is_kept(tree: Path, tmp_path: Path) -> None:
    made = []
    for colour in ("red", "green", "blue"):
        (tree / "css" / "b.css").write_text(f"b {{ color: {colour}; }}")
        made.append(publish(tree, tmp_path / "target"))

    assert publish(tree, tmp_path / "target") == made[-1]
    kept = {path.name for path in (tmp_path / "target").iterdir()}
    assert made[-1].name in kept
    assert len(kept) == 2


def test_a_file_that_is_not_there_stops_the_page(tree: Path, tmp_path: Path) -> None:
    asset = asset_url(publish(tree, tmp_path / "target"))

    assert asset("css/a.css").endswith("/css/a.css")
    with pytest.raises(UnknownAsset):
        asset("css/missing.css")


def test_processes_that_start_together_make_and_read_the_files_in_turn(
    config: Config, tree: Path
) -> None:
    # Few files: alone it takes milliseconds.
    config = dataclasses.replace(config, static_dir=tree)
    root = config.instance_dir / "static"
    root.mkdir(parents=True)
    second = threading.Thread(target=register_static_files, args=(Flask(__name__), config))
    with root.with_suffix(".lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        assert not list(root.iterdir())
    second.join(20)

    assert [path.name for path in root.iterdir()] == [tree_hash(config.static_dir)]


def test_files_are_served_for_ever_and_read_as_what_they_are(browse: Browse) -> None:
    sheet = str(browse.get("/nl/").one("link[rel=stylesheet]")["href"])

    response = browse.client.get(sheet, headers={"Accept-Encoding": "br"}, buffered=True)

    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        assert response.headers[name] == dict(SECURITY_HEADERS)[name]


def test_nobody_asks_whether_a_file_changed(browse: Browse) -> None:
    sheet = str(browse.get("/nl/").one('link[rel="stylesheet"]')["href"])
    sent = {"Accept-Encoding": "br"}
    headers = browse.client.get(sheet, headers=sent, buffered=True).headers

    assert "immutable" in headers["Cache-Control"]
    assert not {"ETag", "Last-Modified"} & set(headers.keys())


def test_a_picture_that_is_opened_as_a_page_has_every_security_header(browse: Browse) -> None:
    icon = str(browse.get("/nl/").one("link[rel=icon]")["href"])

    response = browse.client.get(icon, buffered=True)

    for name, value in SECURITY_HEADERS:
        assert response.headers[name] == value


def test_scripts_are_served_without_their_comments(browse: Browse) -> None:
    script = str(browse.get("/nl/join").one("script[src]")["src"])

    text = browse.client.get(script, buffered=True).text

    assert "/*" not in text
    assert text == "\n".join(line.strip() for line in text.splitlines()) + "\n"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "static" / "css").rglob("*.css")), ids=lambda p: p.name
)
def test_our_style_sheets_load_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert "data:" not in text
