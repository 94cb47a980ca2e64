"""A headless Chromium, driven over its debugging pipe with the standard library only."""
import json, os, select, shlex, shutil, subprocess, tempfile, time

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio", "--hide-scrollbars",
         "--autoplay-policy=no-user-gesture-required", "--remote-debugging-pipe", "--force-color-profile=srgb"]


class Browser:
    def __init__(self):
        program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
        if not program:
            raise SystemExit("browser tests need Chromium: install the package chromium")
        self.profile = tempfile.mkdtemp(prefix="report-browser-")
        commands_out, self.commands = os.pipe()
        self.answers, answers_in = os.pipe()
        # Of a shell that knows descriptors of two digits.
        line = shlex.join([program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"])
        self.process = subprocess.Popen(["bash", "-c", f"exec {line} 3<&{commands_out} 4>&{answers_in}"],
                                        pass_fds=(commands_out, answers_in), stderr=subprocess.DEVNULL)
        os.close(commands_out)
        os.close(answers_in)
        self.last, self.buffer, self.pages = 0, b"", {}
        self.downloads = os.path.join(self.profile, "downloads")
        # Each download gets a name of its own on the disk, so that no page reads what another one handed out.
        self.send("Browser.setDownloadBehavior", behavior="allowAndName", downloadPath=self.downloads)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, session=None, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        number = self.last
        while True:
            answer = self.receive(30)
            if answer is None:
                raise TimeoutError(f"the browser did not answer {method}")
            if answer.get("id") == number:
                if "error" in answer:
                    message = answer["error"]["message"]
                    raise (PageLeft if "navigated or closed" in message else RuntimeError)(f"{method}: {message}")
                return answer["result"]

    def receive(self, seconds):
        """The next message; events also go to their page."""
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            if not select.select([self.answers], [], [], max(0, end - time.monotonic()))[0]:
                return None
            read = os.read(self.answers, 1 << 20)
            if not read:
                raise EOFError("the browser ended")
            self.buffer += read
        raw, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(raw)
        page = self.pages.get(message.get("sessionId"))
        if page and "method" in message:
            page.events.append(message)
        return message

    def page(self, **settings):
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self.pages[session] = Page(self, session, target)
        page.prepare(**settings)
        return page


class PageLeft(RuntimeError):
    """A page that was asked made way for another before it answered."""


class Page:
    def __init__(self, browser, session, target):
        self.browser, self.session, self.target, self.events = browser, session, target, []

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def prepare(self, width=1280, height=900, dark=False, scripts=True, phone=False):
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility", "DOM"):
            self.send(domain + ".enable")
        self.size(width, height, phone)
        self.theme(dark)
        if not scripts:
            self.send("Emulation.setScriptExecutionDisabled", value=True)

    def size(self, width, height, phone=False):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def theme(self, dark):
        self.send("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def log_in(self, name):
        """As a proxy names whoever has logged in."""
        self.send("Network.setExtraHTTPHeaders", headers={"X-Tabscribe-User": name})

    def open(self, url):
        self.events.clear()
        self.send("Page.navigate", url=url)
        self.wait_for(lambda: any(event["method"] == "Page.loadEventFired" for event in self.events), "the page to load")
        return self

    def wait_for(self, condition, what, seconds=10):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s for {what}")
            self.browser.receive(0.05)

    def wait_until(self, expression, seconds=10):
        """Waits for an expression to hold, here or on the page that comes in this one's place."""
        def holds():
            try:
                return self.run(expression)
            except PageLeft:
                return False

        self.wait_for(holds, expression, seconds)

    def run(self, expression):
        """The value of an expression; scripts of the page itself stay under its policy."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            raise AssertionError(f"{expression}: {result['exceptionDetails']['exception'].get('description')}")
        return result["result"].get("value")

    def click(self, selector):
        """Presses an element at once, as `press` does, as soon as a pointer can reach it."""
        end = time.time() + 2
        while True:
            try:
                x, y = self.place(selector)
                # What has just opened is put into its place a moment later.
                self.run("new Promise((done) => setTimeout(done, 0))")
                if [x, y] == self.place(selector) or time.time() > end:
                    break
            except AssertionError:
                if time.time() > end:
                    raise
                time.sleep(0.02)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def place(self, selector):
        """A point of an element that a pointer can reach, in the window."""
        found = self.run(f"(() => {{ const element = document.querySelector({json.dumps(selector)}); if (!element) return null;"
                         "if (!element.checkVisibility()) return 'hidden'; const before = element.getBoundingClientRect();"
                         "if (before.top < 0 || before.bottom > innerHeight) element.scrollIntoView({block: 'center', behavior: 'instant'});"
                         "const box = element.getBoundingClientRect();"
                         "const x = box.x + Math.min(box.width, 40) / 2, y = box.y + Math.min(box.height, 30) / 2;"
                         "const top = document.elementFromPoint(x, y);"
                         "return element.contains(top) ? [x, y] : 'under ' + (top?.outerHTML.slice(0, 120) ?? 'the edge'); })()")
        if not isinstance(found, list):
            raise AssertionError(f"{selector} is {found or 'not there'}")
        return found

    def press(self, selector, device="mouse", hold=0.0, times=1):
        """Presses an element as a hand does: comes, presses, stays, lets go."""
        x, y = self.place(selector)
        if device == "touch":
            self.send("Emulation.setTouchEmulationEnabled", enabled=True)
            for _ in range(times):
                self.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
                time.sleep(hold)
                self.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
            return
        for offset in (12, 0):
            self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x - offset, y=y, pointerType=device)
        x, y = self.place(selector)
        for count in range(1, times + 1):
            self.send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=count, pointerType=device)
            time.sleep(hold)
            self.send("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=count, pointerType=device)

    def hover(self, selector):
        x, y = self.place(selector)
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def key(self, key, text=None, modifiers=0):
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, "ArrowLeft": 37, "ArrowRight": 39,
                 "Home": 36, "End": 35}
        text = text if text is not None else ("\r" if key == "Enter" else key if len(key) == 1 else "")
        code = codes.get(key, ord(key[0].upper()) if key[0].isalnum() else 0)
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, text=text if modifiers in (0, 8) else "", windowsVirtualKeyCode=code,
                  code="Space" if key == " " else "Key" + key.upper() if len(key) == 1 and key.isalpha() else key, modifiers=modifiers)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code, modifiers=modifiers)

    def type(self, text):
        for character in text:
            self.key(character)

    def set(self, selector, value):
        """Gives a field of a form a value, as typing or choosing it would."""
        self.run(f"(() => {{ const field = document.querySelector({json.dumps(selector)}); field.value = {json.dumps(value)};"
                 "for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true})); })()")

    def downloaded(self, name):
        """The bytes of the file that this page handed to the reader last, under the name."""
        def offers():
            return [event["params"]["guid"] for event in self.events
                    if event["method"] == "Page.downloadWillBegin" and event["params"]["suggestedFilename"] == name]

        def is_whole(guid):
            return any(event["method"] == "Page.downloadProgress" and event["params"]["guid"] == guid
                       and event["params"]["state"] == "completed" for event in self.events)
        self.wait_for(lambda: offers() and is_whole(offers()[-1]), f"the download of {name}")
        with open(os.path.join(self.browser.downloads, offers()[-1]), "rb") as file:
            return file.read()

    def complaints(self):
        """Errors and warnings of the console, uncaught exceptions."""
        found = []
        for event in self.events:
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] in ("error", "warning"):
                found.append(event["params"]["entry"]["text"])
            if event["method"] == "Runtime.exceptionThrown":
                found.append(str(event["params"]["exceptionDetails"].get("exception", {}).get("description")))
        return found

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"]

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)
        self.browser.pages.pop(self.session, None)
