"""The report in a browser: what a person can read, find and reach by keyboard, and what a log cannot do to it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import made_run
import pytest

from vidocq.operations.report.html import write_report
from vidocq.operations.report.run_files import investigations

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("runs")
    for name in ("small", "traps", "silent"):
        write_report(getattr(made_run, name)(base / name))
    return base


@pytest.fixture
def show(browser: Any, runs: Path) -> Iterator[Open]:
    """Opens a part of a report; fails if the page asked for anything, or if its script stumbled."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, faults, asked = context.new_page(), [], []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: asked.append(request.url))

    def open(run: str | Path, hash: str = "") -> Any:
        page.goto("about:blank")
        page.goto((runs / run / "report.html").as_uri() + hash)
        page.wait_for_selector("html[data-state=ready]")
        return page

    yield open
    context.close()
    assert not faults
    assert not [url for url in asked if not url.startswith(("file:", "about:"))]


def cases(runs: Path, verdict: str) -> list[Any]:
    return [c for c in investigations(runs / "small") if c.verdict == verdict]


def test_the_overview_tells_the_run(show: Open) -> None:
    page = show("small")
    assert page.locator(".funnel .figure").all_inner_texts() == ["980,348", "870", "60", "3"]
    assert page.locator("#incidents tbody tr").count() == 3
    assert "critical" in page.locator("#incidents tbody tr").first.inner_text().lower()
    assert "Internet noise" in page.inner_text("main")


def test_an_incident_is_a_story_with_its_evidence(show: Open) -> None:
    page = show("small", "#incident/inc-0")
    text = page.inner_text("main")
    for part in ("What happened", "What to do", "Disable key", "Valid Accounts: Cloud Accounts", "4,402,341,478", "The credentials are used"):
        assert part in text
    assert page.locator(".timeline .event").count() == 64
    assert page.locator(".graph .node").count() >= 9
    assert page.locator(".story p").count() == 3
    page.locator("main tr[data-href]").first.click()
    page.wait_for_selector(".case")
    assert "#investigation/" in page.url


def test_an_incident_says_how_many_of_its_events_it_lists_and_that_its_readings_are_judged_alone(show: Open) -> None:
    text = show("small", "#incident/inc-0").inner_text("main")
    assert "64 of 1,874" in text
    assert "they do not add up to 100 %" in text


def test_numbers_are_told_as_a_person_reads_them(show: Open) -> None:
    page = show("small")
    assert page.evaluate("() => document.querySelector('.funnel').innerText").count("1 for every 14.5 alerts") == 1


def test_the_timeline_can_be_looked_at_closely(show: Open) -> None:
    page = show("small", "#incident/inc-0")
    page.get_by_title("Look closer").click()
    assert page.locator(".timeline .event").count() < 64
    page.get_by_title("The whole time").click()
    assert page.locator(".timeline .event").count() == 64


@pytest.mark.parametrize("verdict", ["raised", "undecided", "dismissed"])
def test_every_verdict_is_read_in_the_same_depth(show: Open, runs: Path, verdict: str) -> None:
    case = cases(runs, verdict)[1]
    page = show("small", f"#investigation/{case.id}")
    assert case.summary in page.inner_text(".sentence")
    assert page.locator("details.step").count() == len(case.steps) == 7
    leading = next(h for h in case.hypotheses if h.id == case.leading)
    assert f"{abs(leading.bits):.1f}" in page.locator(".waterfall .total").inner_text()
    assert "Not explained" not in page.inner_text(".waterfall")
    counted = [w for s in case.steps for w in s.weighed() if w.hypothesis == case.leading and w.counted]
    assert page.locator(".waterfall [role=row]").count() == len(counted) + 2
    last = page.locator("details.step").last
    last.locator("> summary").click()
    last.locator(".query summary").click()
    assert last.locator("pre").text_content() == case.steps[-1].query
    assert last.locator(".uids bdi").all_inner_texts() == list(case.steps[-1].events)


def test_another_hypothesis_shows_its_own_bits(show: Open, runs: Path) -> None:
    page = show("small", f"#investigation/{cases(runs, 'raised')[0].id}")
    page.locator(".choices button").last.click()
    assert page.locator(".choices button").last.get_attribute("aria-pressed") == "true"
    page.locator(".waterfall .link").first.click()
    assert page.locator("details.step[open]").count() == 1


def test_search_filters_and_sorts(show: Open) -> None:
    page = show("small")
    page.keyboard.press("/")
    page.keyboard.type("db-02 dismissed")
    page.wait_for_url("**q=db-02*")
    assert page.locator(".count").inner_text().endswith("investigations")
    rows = page.locator(".row")
    assert rows.count() > 0
    assert all("db-02" in text for text in rows.all_inner_texts())
    page.locator(".segments button", has_text="Raised").click()
    assert "0 investigations" in page.inner_text(".count")
    assert "No title, entity, rule" in page.inner_text(".rows")
    page.keyboard.press("/")
    page.fill("#q", "")
    page.wait_for_selector(".count:text-is('14 investigations')")
    page.select_option(".sort select", "time")
    times = page.locator(".row time").evaluate_all("all => all.map(t => t.dateTime)")
    assert times == sorted(times)


def test_evidence_and_queries_are_found_when_asked_for(show: Open, runs: Path) -> None:
    wanted = cases(runs, "dismissed")[3]
    uid = next(s.events[0] for s in wanted.steps if s.events)
    page = show("small", f"#investigations?q={uid}")
    assert "0 investigations" in page.inner_text(".count")
    page.get_by_text("Search evidence and queries too").click()
    page.wait_for_selector(".count:text-is('1 investigation')")
    page.wait_for_selector(f".above:has-text('{wanted.id}')")


def test_the_keyboard_reaches_everything(show: Open) -> None:
    page = show("small")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('ws-114 calls')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#incidents")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_selector(".row[aria-selected=true]")
    first = page.inner_text(".case h1 >> nth=0") if page.locator(".case h1").count() else ""
    for _ in range(30):
        page.keyboard.press("j")
    page.wait_for_url("**#investigation/*")
    assert page.locator("#row-30").get_attribute("aria-selected") == "true"
    page.keyboard.press("k")
    page.wait_for_selector("#row-29[aria-selected=true]")
    assert page.locator(".case h1").inner_text() != first or first == ""
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "rows"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_a_beginning_of_an_id_is_enough_and_a_wrong_one_is_told(show: Open, runs: Path) -> None:
    case = cases(runs, "undecided")[0]
    assert case.id in show("small", f"#investigation/{case.id[:12]}").inner_text(".above")
    assert "No investigation of this id" in show("small", "#investigation/nowhere").inner_text(".detail")
    assert "No incident of this id" in show("small", "#incident/%E0%A4%A").inner_text("main")


def test_an_empty_run_says_what_it_means(show: Open) -> None:
    assert "nothing to investigate" in show("silent").inner_text("main")
    assert "no alert" in show("silent", "#investigations").inner_text(".rows")


def test_nothing_a_log_says_becomes_markup(show: Open, runs: Path) -> None:
    case = next(investigations(runs / "traps"))
    for hash in ("", "#incident/inc-0", "#investigations", f"#investigation/{case.id}"):
        page = show("traps", hash)
        for _ in range(2):
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            page.wait_for_timeout(50)
        assert page.evaluate("window.__ran") is None
        assert page.locator("main img").count() == 0
        text = page.evaluate("document.body.textContent.replace(document.querySelector('script[type=module]').textContent, '')")
        assert "⟨U+202E⟩gnp.exe" in text
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x07")
        titles = page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].map((a) => a.value)).join()")
        assert not set(titles) & set("\u202e\u2066")


CONTRAST = """() => {
  const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; }
    return [255, 255, 255];
  };
  const low = new Set();
  for (const e of document.querySelectorAll("body *:not(script, style, noscript)")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), text = light(rgba(e.namespaceURI.endsWith("svg") ? style.fill : style.color)), back = light(ground(e));
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    if (ratio < 4.5) low.add(`${e.tagName}.${e.getAttribute("class")} ${ratio.toFixed(2)} ${e.textContent.slice(0, 30)}`);
  }
  return [...low];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(show: Open, runs: Path, scheme: str) -> None:
    for hash in ("", "#incident/inc-0", f"#investigation/{cases(runs, 'raised')[0].id}"):
        page = show("small", hash)
        page.emulate_media(color_scheme=scheme)
        page.locator("details.step > summary").first.click() if "investigation/" in hash else None
        assert page.evaluate(CONTRAST) == []


def test_light_and_dark_can_be_chosen(show: Open) -> None:
    page = show("small")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    page.wait_for_selector("html[data-state=ready]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before, "the choice lasts"


def test_every_control_has_a_name(show: Open, runs: Path) -> None:
    for hash in ("", "#incident/inc-0", f"#investigation/{cases(runs, 'raised')[0].id}"):
        page = show("small", hash)
        nameless = page.evaluate("""[...document.querySelectorAll("button, a, select, input, [role=link], [role=img], [tabindex='0']")]
            .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80))""")
        assert nameless == []


def test_a_narrow_screen_scrolls_only_downwards(show: Open, runs: Path) -> None:
    for hash in ("", "#incident/inc-0", "#investigations", f"#investigation/{cases(runs, 'raised')[0].id}"):
        page = show("small", hash)
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("document.querySelector('main').scrollWidth") <= 390


def test_twenty_thousand_investigations_stay_usable(show: Open, tmp_path: Path) -> None:
    write_report(made_run.large(tmp_path, 20_000))
    begun = time.monotonic()
    page = show(tmp_path, "#investigations")
    assert time.monotonic() - begun < 6
    assert page.locator(".row").count() < 40, "only what is in view is drawn"
    line = json.loads((tmp_path / "investigations.ndjson").read_bytes().splitlines()[17_123])
    begun = time.monotonic()
    page.fill("#q", line["id"])
    page.wait_for_selector(".count:text-is('1 investigation')")
    page.wait_for_selector(f".above:has-text('{line['id']}')")
    assert time.monotonic() - begun < 2
    assert page.inner_text(".sentence") == line["summary"]
