"""Cookies between a browser and the plain forms of a test: the same jar for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.running_site import HOST

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.running_site import Reply


def cookies_of(page: Page) -> str:
    """Return the cookies of a browser as it would send them."""
    jar = page.context.cookies()
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in jar)


def give_cookies(page: Page, reply: Reply) -> None:
    """Put the cookies of a reply into a browser, as if its own form had been answered."""
    for name, text in reply.cookies.items():
        page.context.add_cookies(
            [
                {
                    "name": name,
                    "value": text,
                    # A secure cookie from this machine needs no HTTPS; given by hand it does.
                    "url": f"https://{HOST}",
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
            ]
        )
