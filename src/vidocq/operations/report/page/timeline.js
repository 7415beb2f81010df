// Events over time, a lane per source; drag to look closer. A table below says the same in words.

const LANE = 30, LEFT = 150, RIGHT = 18, AXIS = 26, TOP = 16;

class Timeline {
  constructor(events, raisedAt, total) {
    this.events = events.map((e, n) => ({ ...e, n, t: Date.parse(e.time) })).filter((e) => Number.isFinite(e.t));
    this.lanes = [...new Set(this.events.map((e) => e.source || "unknown"))];
    const times = this.events.map((e) => e.t), first = Math.min(...times), last = Math.max(...times), pad = Math.max((last - first) * 0.02, 1000);
    this.whole = [first - pad, last + pad];
    this.view = [...this.whole];
    this.mark = Date.parse(raisedAt);
    this.picture = svg("svg", { class: "timeline", role: "img", "aria-label": `${plural(events.length, "event")} between ${events[0].time} and ${events.at(-1).time}` });
    this.rows = h("tbody");
    this.range = h("span", { class: "dim" });
    const button = (name, title, act) => h("button", { type: "button", title, click: act }, name);
    this.node = h("div", { class: "panel" },
      h("div", { class: "tools" }, this.range, h("span", { class: "grow" }),
        button("−", "Look from farther away", () => this.zoom(2)), button("+", "Look closer", () => this.zoom(0.5)), button("←", "Earlier", () => this.move(-0.3)), button("→", "Later", () => this.move(0.3)), button("All", "The whole time", () => this.show(this.whole))),
      this.picture,
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Events in view" }, h("table", {}, h("thead", {}, h("tr", {}, ["Time (UTC)", "Source", "What happened", "Evidence"].map((c) => h("th", {}, c)))), this.rows)),
      total > events.length ? h("p", { class: "note" }, `${num(events.length)} of ${num(total)} events were chosen for this timeline.`) : null);
    this.drag();
    new ResizeObserver(() => this.draw()).observe(this.node);
  }

  show([from, to]) {
    const least = 20;
    this.view = to - from < least ? [(from + to - least) / 2, (from + to + least) / 2] : [from, to];
    this.draw();
  }
  zoom(by) {
    const [a, b] = this.view, mid = (a + b) / 2, half = ((b - a) / 2) * by;
    this.show(half * 2 >= this.whole[1] - this.whole[0] ? this.whole : [mid - half, mid + half]);
  }
  move(by) {
    const [a, b] = this.view, step = (b - a) * by;
    this.show([a + step, b + step]);
  }
  x(t) { return LEFT + ((t - this.view[0]) / (this.view[1] - this.view[0])) * (this.width - LEFT - RIGHT); }

  drag() {
    let from = null, box = null;
    const at = (e) => Math.min(Math.max(e.clientX - this.picture.getBoundingClientRect().left, LEFT), this.width - RIGHT);
    const time = (x) => this.view[0] + ((x - LEFT) / (this.width - LEFT - RIGHT)) * (this.view[1] - this.view[0]);
    this.picture.addEventListener("pointerdown", (e) => { from = at(e); this.picture.setPointerCapture(e.pointerId); this.picture.append((box = svg("rect", { class: "brush", x: from, y: TOP, width: 0, height: this.lanes.length * LANE }))); });
    this.picture.addEventListener("pointermove", (e) => { if (box) { box.setAttribute("x", Math.min(from, at(e))); box.setAttribute("width", Math.abs(at(e) - from)); } });
    this.picture.addEventListener("pointerup", (e) => { const to = at(e); box?.remove(); box = null; if (Math.abs(to - from) > 6) this.show([time(Math.min(from, to)), time(Math.max(from, to))]); });
    this.picture.addEventListener("dblclick", () => this.show(this.whole));
  }

  draw() {
    this.width = Math.max(this.node.clientWidth - 2, 480);
    const height = TOP + this.lanes.length * LANE + AXIS, seen = this.events.filter((e) => e.t >= this.view[0] && e.t <= this.view[1]);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.picture.setAttribute("height", height);
    this.picture.replaceChildren(...this.grid(height), ...this.lanes.map((lane, n) => svg("text", { x: 12, y: TOP + n * LANE + LANE / 2 + 4, class: "lane" }, clip(lane, 18))), ...seen.map((e) => this.dot(e)), ...this.verdict(height));
    this.range.textContent = `${plural(seen.length, "event")} within ${span(...this.view.map((t) => new Date(t).toISOString()))}; drag to look closer`;
    this.rows.replaceChildren(...seen.map((e) => h("tr", { "data-n": e.n }, h("td", { class: "time" }, when(e.time)), h("td", {}, e.source), h("td", { class: "grow" }, e.what), h("td", { class: "mono" }, h("bdi", {}, e.uid)))));
  }

  grid(height) {
    const [from, to] = this.view, out = [], count = Math.max(2, Math.floor((this.width - LEFT) / 130));
    const steps = [1, 10, 100, 1000, 5000, 15000, 60000, 300000, 600000, 1800000, 3600000, 7200000, 10800000, 21600000, 43200000, 86400000, 172800000, 604800000, 2592000000, 7776000000];
    const step = steps.find((s) => (to - from) / s <= count) ?? 31536000000;
    for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
      const iso = new Date(t).toISOString(), label = step >= 86400000 ? iso.slice(0, 10) : step >= 60000 ? iso.slice(5, 16).replace("T", " ") : step >= 1000 ? iso.slice(11, 19) : iso.slice(11, 23);
      out.push(svg("line", { x1: this.x(t), x2: this.x(t), y1: TOP, y2: height - AXIS + 4, class: "grid" }), svg("text", { x: this.x(t), y: height - 8, class: "tick" }, label));
    }
    this.lanes.forEach((_, n) => out.push(svg("line", { x1: 0, x2: this.width, y1: TOP + (n + 1) * LANE, y2: TOP + (n + 1) * LANE, class: "rule" })));
    return out;
  }
  dot(e) {
    const y = this.lanes.indexOf(e.source || "unknown") * LANE + TOP, point = svg("rect", { x: this.x(e.t) - 1.5, y: y + 7, width: 3, height: LANE - 14, rx: 1.5, class: "event" }, svg("title", {}, `${e.time}  ${e.what}`));
    point.addEventListener("pointerenter", () => this.light(e.n));
    return point;
  }
  light(n) {
    this.rows.querySelector(".lit")?.classList.remove("lit");
    const row = this.rows.querySelector(`[data-n="${n}"]`);
    if (row) { row.classList.add("lit"); row.closest(".scroll").scrollTop = Math.max(0, row.offsetTop - 60); }
  }
  verdict(height) {
    if (!(this.mark >= this.view[0] && this.mark <= this.view[1])) return [];
    const x = this.x(this.mark), right = x > this.width - 150;
    return [svg("line", { x1: x, x2: x, y1: 0, y2: height - AXIS, class: "mark" }), svg("text", { x: right ? x - 5 : x + 5, y: 11, class: "marked", "text-anchor": right ? "end" : "start" }, "evidence sufficed")];
  }
}
