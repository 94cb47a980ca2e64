"""What browser tests share: the list of them, their assertions, and opening a page."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
TESTS = []
LOOKED_AT = ["sample", "14-speakers", "40-speakers", "arabic", "incomplete", "no-speakers", "empty", "corrected", "spoken", "tables", "derived",
             "collection", "comparison", "lab"]


def test(function):
    TESTS.append(function)
    return function


def slow(function):
    """Marks a test of ten seconds or more: such are begun first, so that two processes end together."""
    function.is_slow = True
    return function


def alone(function):
    """Marks a test that measures time: nothing else runs beside it."""
    function.is_alone = True
    return function


def require(condition, sentence):
    if not condition:
        raise AssertionError(sentence)


def equal(found, expected, what=""):
    require(found == expected, f"{what} found {found!r}, expected {expected!r}")


class Report:
    """A page of the folder, opened for one test."""
    def __init__(self, browser, folder):
        self.browser, self.folder, self.opened = browser, folder, []

    def __call__(self, name, fragment="", **settings):
        page = self.browser.page(**settings)
        self.opened.append(page)
        return page.open((self.folder / f"{name}.html").as_uri() + fragment)

    def close(self):
        """Closes the pages; what they kept in the browser goes too, since samples share a run's id."""
        for page in self.opened:
            page.run("localStorage.clear()")
            page.close()


TIME = "document.querySelector('video').currentTime"
CURRENT = "document.querySelector('.rows [aria-current]')?.id"
FOCUSED = "document.activeElement.getAttribute('href') ?? document.activeElement.id"
SHOWN = "[...document.querySelectorAll('.rows tbody tr')].filter((row) => row.checkVisibility()).length"


def foreign_requests(page):
    """What the page asked of anybody else; the icons of the browser's own player are `data:`."""
    return [url for url in page.requests() if not url.startswith(("file:", "data:image/svg+xml"))]
