"""The main journeys in Firefox ESR, driven by the browser's own WebDriver BiDi.

What every browser must do; the finer points of each screen are tested in `tests/browser`.
"""
