"""What a lab found: a ranking, a drawing, and moments to play."""
from harness import TIME, equal, foreign_requests, require, test

MOMENT = ".clip:nth-of-type(2) .moment:last-child"


@test
def a_moment_of_a_lab_plays_under_mouse_pen_and_finger(report):
    for device in ("mouse", "pen", "touch"):
        page = report("lab")
        page.wait_until("document.querySelector('video').readyState > 0")
        start = float(page.run(f"document.querySelector('{MOMENT} .play').dataset.t"))
        page.press(f"{MOMENT} .play", device)
        page.wait_until(f"{TIME} >= {start} && {TIME} < {start} + 3")
        page.wait_until("!document.querySelector('video').paused")
        equal(page.run("[...document.querySelectorAll('[aria-current]')].map((one) => one.className)"), ["moment current"], device)
        page.run("document.querySelector('video').pause()")


@test
def a_moment_of_a_lab_plays_by_keyboard(report):
    page = report("lab")
    page.wait_until("document.querySelector('video').readyState > 0")
    page.run(f"document.querySelector('{MOMENT} .play').focus()")
    page.key("Enter", text="\r")
    page.wait_until("!document.querySelector('video').paused")
    require(page.run(f"document.querySelector('{MOMENT}').matches('.current')"), "the moment is not marked")


@test
def every_control_of_a_lab_is_pressed_above(report):
    page = report("lab")
    others = page.run("[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex], [role=button]')]"
                      ".filter((control) => !control.matches('.moment .play, main')).map((control) => control.outerHTML.slice(0, 160))")
    equal(others, [])
    equal(page.run("document.querySelectorAll('.moment .play').length"), 4)


@test
def a_lab_says_what_is_off_and_in_which_repeat(report):
    page = report("lab")
    equal(page.run("document.querySelector('.moment dt:nth-of-type(2)').innerText.split(/\\s+/)"), ["terse", "worst", "repeat", "2"])
    equal(page.run("document.querySelector('.moment dd:nth-of-type(2) del').textContent"), " once")
    equal(page.run("[...document.querySelectorAll('.strip')].map((strip) => strip.ariaLabel)"),
          ["0 of 2 rows differ", "2 of 2 rows differ"] * 2)
    equal(page.complaints(), [])
    equal(foreign_requests(page), [])


@test
def words_of_a_lab_are_readable_on_a_phone(report):
    page = report("lab", width=360, height=740, phone=True)
    require(page.run("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window")
    heights = page.run("[...document.querySelectorAll('.plot text')].map((text) => text.getBoundingClientRect().height)")
    require(min(heights) >= 9, f"words of the drawing are {min(heights)} px high")


@test
def a_lab_of_hostile_texts_is_text(report):
    page = report("hostile/lab")
    page.press(".moment .play") if page.run("document.querySelector('.moment .play')?.checkVisibility() ?? false") else None
    equal(page.run("window.pwned"), None)
    equal(page.run("document.querySelectorAll('main script, main img, main iframe').length"), 0)
    equal(foreign_requests(page), [])
