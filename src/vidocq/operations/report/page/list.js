// All investigations: search, filter, sort, and a list that draws only what is in view.

const ROW = 62;
const SORTS = { concern: "Concern", newest: "Newest", time: "Oldest", alerts: "Most alerts" };

/** The words of a search; what stands in quotes is one. */
const terms = (q) => [...q.toLowerCase().matchAll(/"([^"]*)"?|(\S+)/g)].map((m) => m[1] ?? m[2]).filter(Boolean);

/** The places of the investigations that match, in the order asked for. */
function search(run, { q = "", verdict = "", lead = "", sort = "concern" }, deep) {
  const all = terms(q), want = VERDICTS.indexOf(verdict), { verdict: verdicts, leading } = run.columns, out = [];
  for (const i of run.order(sort in SORTS ? sort : "concern")) {
    if (want >= 0 && verdicts[i] !== want) continue;
    if (lead && run.of(leading[i]) !== lead) continue;
    const hay = run.hay[i];
    if (all.every((t) => hay.includes(t)) || deep?.has(i)) out.push(i);
  }
  return out;
}

/** The places whose evidence, questions, answers or queries match as well; reads every block. `going` stops it. */
async function searchDeep(run, q, going, progress) {
  const all = terms(q), found = new Set(), size = run.head.sizes.detail, blocks = run.head.blocks.detail ?? 0;
  const low = new Map(); // a form is shared by many steps: its question, text, answer and query are put in lower case once
  const form = (ref) => {
    if (!low.has(ref)) { const [question, text, answer, , , template] = run.of(ref); low.set(ref, [question, text, answer, template].map((r) => run.of(r)).join("\n").toLowerCase()); }
    return low.get(ref);
  };
  for (let b = 0; b < blocks && going(); b++) {
    (await run.block(b, false)).forEach(([names, opening, , steps], n) => {
      const texts = [run.hay[b * size + n], opening[0].toLowerCase(), names.join("\n").toLowerCase(), ...steps.map((s) => form(s[1]))];
      if (all.every((t) => texts.some((x) => x.includes(t)))) found.add(b * size + n);
    });
    progress(b + 1, blocks);
  }
  return found;
}

/** The list beside the investigation. `open(i)` shows one; `change(state)` is told of a new filter. */
class List {
  constructor(run, { open, change }) {
    Object.assign(this, { run, open, change, state: {}, found: [], at: -1, deep: null });
    this.inner = h("div", { class: "inner" });
    this.box = h("div", { class: "rows", role: "listbox", tabindex: "0", "aria-label": "Investigations", scroll: () => this.soon() }, this.inner);
    this.count = h("p", { class: "count", role: "status" });
    this.filters = h("div", { class: "filters" });
    this.extra = h("div", { class: "extra" });
    this.node = h("div", { class: "list" }, this.filters, this.count, this.extra, this.box);
    this.box.addEventListener("click", (e) => { const row = e.target.closest("[data-at]"); if (row) this.select(Number(row.dataset.at), true); });
    new ResizeObserver(() => this.soon()).observe(this.box);
  }

  /** Show what a state finds; stays at the top unless the state is the same. */
  update(state) {
    const same = this.found.length && JSON.stringify(state) === JSON.stringify(this.state);
    if (same && !this.dirty) return;
    if (state.q !== this.state.q) { this.deep = null; this.reading = null; }
    Object.assign(this, { state, dirty: false });
    this.found = search(this.run, state, this.deep);
    this.at = this.found.length ? 0 : -1;
    this.box.scrollTop = 0;
    this.controls();
    this.draw();
  }

  controls() {
    const { verdict = "", sort = "concern", q = "", lead = "" } = this.state, counts = this.run.head.verdicts, set = (s) => () => this.change({ ...this.state, ...s });
    const choice = (v, label, n) => h("button", { type: "button", "aria-pressed": String(verdict === v), click: set({ verdict: v }) }, label, h("span", { class: "n" }, num(n)));
    this.filters.replaceChildren(h("div", { class: "segments", role: "group", "aria-label": "Verdict" }, choice("", "All", this.run.size), VERDICTS.map((v) => choice(v, cap(v), counts[v] ?? 0))),
      h("label", { class: "sort" }, h("span", { class: "hidden" }, "Sort by"), h("select", { change: (e) => set({ sort: e.target.value })() }, Object.entries(SORTS).map(([k, t]) => h("option", { value: k, selected: k === sort }, t)))));
    const incidents = q ? this.run.head.incidents.filter((i) => terms(q).every((t) => `${i.id}\n${i.title}\n${i.entities.flat().join("\n")}`.toLowerCase().includes(t))).slice(0, 3) : [];
    this.count.replaceChildren(...textNodes(this.run.loaded < this.run.size ? `Reading ${num(this.run.loaded)} of ${num(this.run.size)} …` : plural(this.found.length, "investigation")));
    this.extra.replaceChildren(...[lead ? h("button", { type: "button", class: "chip", title: "Remove this filter", click: set({ lead: "" }) }, `led by: ${lead}`, h("span", { "aria-hidden": "true" }, " ×")) : null,
      ...incidents.map((i) => h("a", { class: "chip", href: `#incident/${encodeURIComponent(i.id)}` }, tag(i.priority), clip(visible(i.title ?? i.id), 40))),
      q ? (this.deep ? h("span", { class: "dim" }, "Evidence, questions and queries included.") : this.reading ?? h("button", { type: "button", class: "link", click: () => this.deeper() }, "Search evidence and queries too")) : null].filter(Boolean));
  }

  async deeper() {
    const { q } = this.state, going = () => this.state.q === q;
    this.reading = h("span", { class: "dim" }, "Reading …");
    this.controls();
    const found = await searchDeep(this.run, q, going, (n, all) => (this.reading.textContent = `Reading ${Math.round((n / all) * 100)} % …`));
    if (!going()) return;
    Object.assign(this, { deep: found, reading: null, dirty: true });
    this.change(this.state);
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  draw() {
    this.inner.style.height = `${this.found.length * ROW}px`;
    if (!this.found.length) return this.inner.replaceChildren(empty(this.nothing()));
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 3), last = Math.min(this.found.length, first + Math.ceil(this.box.clientHeight / ROW) + 6);
    this.inner.replaceChildren(...Array.from({ length: last - first }, (_, n) => this.row(first + n)));
    if (this.at >= 0) this.box.setAttribute("aria-activedescendant", `row-${this.at}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  nothing() {
    if (!this.run.size) return "There is no investigation, because there was no alert.";
    if (this.state.q && !this.deep) return "No title, entity, rule, verdict or sentence matches. Evidence and queries have not been searched.";
    if (this.state.q) return "Nothing matches, in evidence and queries neither.";
    return `No investigation ended ${this.state.verdict || "here"}.`;
  }

  row(at) {
    const b = this.run.brief(this.found[at]);
    return h("div", { id: `row-${at}`, role: "option", class: `row ${b.verdict}`, "data-at": at, "aria-selected": String(at === this.at), "aria-posinset": at + 1, "aria-setsize": this.found.length, style: { top: `${at * ROW}px` } },
      h("div", { class: "one" }, h("span", { class: `dot ${b.verdict}`, title: b.verdict }), h("span", { class: "title" }, clip(visible(b.title || b.rule || b.id), 160)), h("span", { class: "n" }, percent(b.concern))),
      h("div", { class: "two" }, h("span", { class: "grow" }, b.leading || "no leading hypothesis"), b.alerts > 1 ? h("span", { class: "n" }, plural(b.alerts, "alert")) : null, h("span", { class: "n" }, when(b.at))),
      h("div", { class: "two" }, h("span", { class: "grow" }, b.entities.slice(0, 3).map((e) => clip(visible(e.name), 48)).join("  ") || "no entity")));
  }

  /** Put the mark on a row, bring it into view, and show it. */
  select(at, open) {
    if (!this.found.length) return;
    this.at = Math.min(Math.max(at, 0), this.found.length - 1);
    const top = this.at * ROW, { scrollTop, clientHeight } = this.box;
    if (top < scrollTop) this.box.scrollTop = top;
    else if (top + ROW > scrollTop + clientHeight) this.box.scrollTop = top + ROW - clientHeight;
    this.draw();
    if (open) this.open(this.found[this.at]);
  }

  /** Mark an investigation that was opened from elsewhere. */
  mark(i) {
    if (this.found[this.at] === i) return;
    const at = this.found.indexOf(i);
    if (at < 0) { this.at = -1; this.draw(); } else this.select(at, false);
  }
}
