"""Two transcripts beside each other: kinds to show, folds, moments to play."""
from harness import TIME, equal, foreign_requests, require, test

PAIRS = "[...document.querySelectorAll('.beside')].filter((pair) => pair.checkVisibility()).length"


@test
def a_comparison_shows_changes_and_folds_the_rest(report):
    page = report("comparison")
    equal(page.run(PAIRS), 3, "rows shown")
    equal(page.run("document.querySelector('del').textContent"), " once")
    equal(page.run("document.querySelector('ins').textContent"), " twice")
    page.click(".same > summary")
    require(page.run(PAIRS) > 3, "the fold did not open")
    equal(page.complaints(), [])
    equal(foreign_requests(page), [])


@test
def a_kind_of_change_can_be_left_out(report):
    page = report("comparison")
    page.click("[data-kind=speaker]")
    equal(page.run(PAIRS), 2, "rows shown")
    equal(page.run("document.querySelector('[data-kind=speaker]').ariaPressed"), "false")
    page.click("[data-kind=speaker]")
    equal(page.run(PAIRS), 3, "rows shown")


@test
def a_moment_of_a_comparison_plays_and_is_marked(report):
    page = report("comparison")
    page.wait_until("document.querySelector('video').readyState > 0")
    page.click("[data-kinds=text] .play")
    start = float(page.run("document.querySelector('[data-kinds=text] .play').dataset.t"))
    page.wait_until(f"{TIME} >= {start} && {TIME} < {start} + 3")
    equal(page.run("document.querySelectorAll('.beside.current').length"), 1, "current rows")
    page.wait_until("!document.querySelector('video').paused")


@test
def a_comparison_fits_a_phone(report):
    page = report("comparison", width=360, height=740)
    require(page.run("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window")
