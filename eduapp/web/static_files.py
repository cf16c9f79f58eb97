"""The files that browsers may keep for ever: copied under the hash of the tree, compressed once.

CSS is joined here (`@import` of our own files) so that a page loads one style sheet. Nothing is
made per request.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
from whitenoise import WhiteNoise

from eduapp.web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.headers import Headers

    from flask import Flask

    from config import Config

URL_PREFIX = "static/"
A_YEAR = 365 * 24 * 60 * 60
COMPRESSED = frozenset({".css", ".mjs", ".js", ".svg", ".txt", ".json"})
_IMPORT = re.compile(r'@import "([^"]+)";')
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_URL = re.compile(r'url\("([^"]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


_FOR_EVERY_FILE = frozenset({"X-Content-Type-Options", "Cross-Origin-Resource-Policy"})

_VALIDATORS = frozenset({"Last-Modified", "ETag"})


class UnknownAsset(LookupError):  # noqa: N818 - named for the fact
    """A template asks for a static file that is not there."""


class _FilesForGood(WhiteNoise):
    """Serves files without what browsers ask with whether one changed: its address says so.

    A page loads up to twenty files, and for all of them that is a kilobyte more than it may weigh.
    """

    def get_static_file(self, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the library has it
        """Return a file with its headers in each encoding."""
        found = super().get_static_file(*args, **more)  # type: ignore[no-untyped-call]
        found.alternatives = [
            (encoding, path, [each for each in headers if each[0] not in _VALIDATORS])
            for encoding, path, headers in found.alternatives
        ]
        return found


def publish(source: Path, target: Path) -> Path:
    """Return the folder `target/<tree hash>` with `source` ready to serve; makes it once."""
    folder = target / tree_hash(source)
    if folder.is_dir():
        return folder
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".making-") as making:
        draft = Path(making) / folder.name
        for path in _files(source):
            _write(draft / path.relative_to(source), _served(path, source))
        draft.rename(folder)
    _forget_older(target, folder)
    return folder


def tree_hash(source: Path) -> str:
    """Return twelve hexadecimal characters that change when any file of the tree changes."""
    digest = hashlib.sha256()
    for path in _files(source):
        digest.update(str(path.relative_to(source)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def joined_css(path: Path, source: Path, seen: set[Path] | None = None) -> str:
    """Return a style sheet with its imports in place, each file once, without comments.

    A font whose file is not there is left out, so that no browser asks for it.
    """
    seen = set() if seen is None else seen
    if path in seen:
        return ""
    seen.add(path)
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = _FACE.sub(lambda face: face[0] if _is_there(face[0], path) else "", text)
    text = _IMPORT.sub(lambda m: joined_css((path.parent / m[1]).resolve(), source, seen), text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def register_static_files(app: Flask, config: Config) -> None:
    """Serve the static tree under its hash, and give templates `asset(path)`."""
    root = config.instance_dir / "static"
    with _alone_in(root):
        folder = publish(config.static_dir, root)
        app.jinja_env.globals["asset"] = asset_url(folder)
        app.wsgi_app = _FilesForGood(  # type: ignore[method-assign]
            app.wsgi_app,
            root=str(root),
            prefix=URL_PREFIX,
            max_age=A_YEAR,
            allow_all_origins=False,
            immutable_file_test=lambda _path, _url: True,
            add_headers_function=_add_headers,
            mimetypes={".mjs": "text/javascript", ".woff2": "font/woff2"},
        )


@contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """Let the processes of a server, which start together, make and read the folder in turn."""
    root.mkdir(parents=True, exist_ok=True)
    with root.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def asset_url(folder: Path) -> Callable[[str], str]:
    """Return the function that gives a static file its address.

    It raises `UnknownAsset` for a file that is not there.
    """
    known = {str(path.relative_to(folder)) for path in _files(folder)}

    def asset(path: str) -> str:
        if path not in known:
            raise UnknownAsset(path)
        return f"/{URL_PREFIX}{folder.name}/{path}"

    return asset


def _add_headers(headers: Headers, path: str, _url: str) -> None:
    # A picture may be opened as a page of its own; for other files only these two mean anything,
    # and a page of twelve files would carry the others twelve times.
    is_page = path.endswith((".svg", ".svg.br", ".svg.gz"))
    for name, text in SECURITY_HEADERS:
        if is_page or name in _FOR_EVERY_FILE:
            headers[name] = text


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _served(path: Path, source: Path) -> bytes:
    if path.suffix == ".css":
        return joined_css(path.resolve(), source).encode()
    if path.suffix == ".mjs":
        return _without_comments(path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()


def _without_comments(script: str) -> str:
    lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _is_there(face: str, css: Path) -> bool:
    return all((css.parent / url).exists() for url in _URL.findall(face))


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if path.suffix in COMPRESSED:
        path.with_name(path.name + ".br").write_bytes(brotli.compress(body))
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(body, mtime=0))


def _forget_older(target: Path, present: Path) -> None:
    # A page loaded just before an upgrade may still ask for the tree before this one: keep one.
    others = [path for path in target.iterdir() if path != present and path.name[0] != "."]
    for path in sorted(others, key=os.path.getmtime)[:-1]:
        shutil.rmtree(path, ignore_errors=True)
