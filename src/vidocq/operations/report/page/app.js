// Where the address leads, what the keys do, and the first drawing.

const $ = (id) => document.getElementById(id);
const main = $("main"), query = $("q");
const KEYS = [["/", "search"], ["j  k", "next and previous"], ["Enter", "open, or go into it"], ["Esc", "back"], ["g o", "overview"], ["g i", "investigations"], ["?", "this help"]];

const address = (state) => new URLSearchParams(Object.entries(state).filter(([k, v]) => v && !(k === "sort" && v === "concern"))).toString();
const withState = (path, state) => { const s = address(state); return `#${path}${s ? `?${s}` : ""}`; };

/** What the address says: a part of the report, an id, and the state of the list. */
function route() {
  const [path, state = ""] = location.hash.slice(1).split(/\?(.*)/s), [part, ...id] = path.split("/");
  let name = id.join("/");
  try { name = decodeURIComponent(name); } catch { /* an id that is not encoded is taken as it stands */ }
  return { part: part || "overview", id: name, state: Object.fromEntries(new URLSearchParams(state)) };
}

class App {
  constructor(run) {
    this.run = run;
    this.state = {};
    this.go = {
      list: (s) => withState("investigations", { ...this.state, ...s }),
      investigation: (id) => withState(`investigation/${encodeURIComponent(id)}`, this.state),
      to: (hash) => { location.hash = hash; },
    };
    this.list = new List(run, { open: (i) => this.replace(this.go.investigation(run.columns.id[i])), change: (s) => this.replace(withState("investigations", s)) });
    this.detail = h("div", { class: "detail", tabindex: "-1" });
    this.split = h("div", { class: "split" }, this.list.node, this.detail);
    this.cursor = -1;
  }

  replace(hash) {
    history.replaceState(null, "", hash);
    this.show();
  }

  async show() {
    const { part, id, state } = route(), token = (this.token = Symbol("show"));
    this.state = state;
    this.nav(part);
    if (document.activeElement !== query) query.value = state.q ?? "";
    if (part === "investigations" || part === "investigation") return this.investigations(part, id, token);
    if (part === "incident") return this.incident(id, token);
    this.cursor = -1;
    document.title = "vidocq report";
    this.put(overview(this.run, this.go));
  }

  put(node) {
    main.replaceChildren(node);
    main.scrollTop = 0;
  }

  async incident(id, token) {
    const n = this.run.find(this.run.head.incidents.map((i) => i.id), id);
    if (n < 0) return this.put(this.missing("incident", id));
    const [incident] = await Promise.all([this.run.incident(n), this.ready]);
    if (token !== this.token) return;
    document.title = visible(incident.title || incident.id);
    this.put(incidentPage(this.run, incident, this.go));
    main.querySelector("h1").focus({ preventScroll: true });
  }

  async investigations(part, id, token) {
    if (!main.contains(this.split)) this.put(this.split);
    this.split.classList.toggle("chosen", part === "investigation");
    if (this.run.loaded < this.run.size) this.list.controls();
    await this.ready;
    if (token !== this.token) return;
    this.list.update(this.state);
    // Without a choice the first one found is shown: a search that finds one investigation needs no second step.
    const i = part === "investigations" ? (this.list.found[0] ?? -1) : this.run.find(this.run.columns.id ?? [], id);
    if (i < 0) return this.detail.replaceChildren(part === "investigations" ? "" : this.missing("investigation", id));
    this.list.mark(i);
    const found = await this.run.investigation(i);
    if (token !== this.token) return;
    document.title = visible(found.title || found.id);
    this.detail.replaceChildren(investigationPage(this.run, found, this.go));
    this.detail.scrollTop = 0;
  }

  missing(what, id) {
    return h("div", { class: "page" }, h("h1", {}, `No ${what} of this id`), h("p", { class: "empty" }, `This report holds no ${what} ${clip(visible(id), 80)}, and none whose id alone begins so.`));
  }

  nav(part) {
    const { incidents } = this.run.head, item = (href, label, on) => h("a", { href, "aria-current": on ? "page" : null }, label);
    $("nav").replaceChildren(item("#", ["Overview", h("span", { class: "n" }, plural(incidents.length, "incident"))], part === "overview" || part === "incident"), item(withState("investigations", {}), ["Investigations", h("span", { class: "n" }, num(this.run.size))], part.startsWith("investigation")));
  }

  /** j and k: through the list, or through the incidents of the overview. */
  step(by) {
    if (main.contains(this.split)) return this.list.select(this.list.at + by, true);
    const rows = [...main.querySelectorAll("[data-href]")];
    if (!rows.length) return;
    this.cursor = Math.min(Math.max(this.cursor + by, 0), rows.length - 1);
    rows[this.cursor].querySelector("a").focus();
    rows[this.cursor].scrollIntoView({ block: "nearest" });
  }

  back() {
    const { part } = route();
    if (document.activeElement === query) { if (query.value) { query.value = ""; this.find(); } query.blur(); return; }
    if (part === "investigation" && this.detail.contains(document.activeElement)) return this.list.box.focus();
    if (part === "investigation") return this.replace(this.go.list({}));
    location.hash = "";
  }

  enter(e) {
    if (e.target === this.list.box || e.target === document.body || e.target === main) {
      if (!main.contains(this.split)) return;
      e.preventDefault();
      if (route().part === "investigation") this.detail.querySelector("h1")?.focus();
      else this.list.select(Math.max(this.list.at, 0), true);
    }
  }

  find() {
    const inList = main.contains(this.split), hash = withState("investigations", { ...(inList ? this.state : {}), q: query.value.trim() });
    if (inList) this.replace(hash);
    else location.hash = hash;
  }
}

function keyboard(app) {
  let before = "";
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || $("help").open) return;
    if (e.key === "Escape") return app.back();
    if (e.target.matches("input, select, textarea")) { if (e.target === query && e.key === "ArrowDown") { app.list.box.focus(); app.step(1); e.preventDefault(); } return; }
    const inList = e.target === app.list.box;
    if (before === "g" && e.key === "o") location.hash = "";
    else if (before === "g" && e.key === "i") location.hash = "investigations";
    else if (e.key === "/") { query.focus(); query.select(); e.preventDefault(); }
    else if (e.key === "j" || (inList && e.key === "ArrowDown")) { app.step(1); e.preventDefault(); }
    else if (e.key === "k" || (inList && e.key === "ArrowUp")) { app.step(-1); e.preventDefault(); }
    else if (e.key === "Enter") app.enter(e);
    else if (e.key === "?") $("help").showModal();
    before = e.key;
  });
}

function theme() {
  const root = document.documentElement, dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const label = () => ($("theme").textContent = dark() ? "Light" : "Dark");
  try { root.dataset.theme = localStorage.getItem("vidocq-theme") ?? ""; } catch { /* a file opened from disk may have no storage */ }
  $("theme").addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("vidocq-theme", root.dataset.theme); } catch { /* the choice then lasts as long as the page */ }
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
  label();
}

function wire(app) {
  let timer = 0;
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => app.find(), 90); });
  $("find").addEventListener("submit", (e) => { e.preventDefault(); clearTimeout(timer); app.find(); app.list.box.focus(); });
  $("skip").addEventListener("click", (e) => { e.preventDefault(); main.focus(); });
  $("keys").addEventListener("click", () => $("help").showModal());
  $("help").append(h("h2", {}, "Keyboard"), h("dl", { class: "pairs" }, KEYS.map(([k, what]) => fact(k, what))), h("form", { method: "dialog" }, h("button", {}, "Close")));
  main.addEventListener("click", (e) => { const row = e.target.closest("tr[data-href]"); if (row && !e.target.closest("a, button") && !String(getSelection())) location.hash = row.dataset.href; });
  addEventListener("hashchange", () => app.show());
  keyboard(app);
}

async function start() {
  theme();
  try {
    const run = await Run.open(), app = new App(run);
    wire(app);
    app.ready = run.load(() => app.list.controls());
    await app.show();
    document.documentElement.dataset.state = "drawn";
    await app.ready;
    document.documentElement.dataset.state = "ready";
  } catch (fault) {
    main.replaceChildren(h("p", { class: "wait" }, `The report could not be opened: ${fault.message}`));
    throw fault;
  }
}

start();
