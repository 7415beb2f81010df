// One incident: the story first, then what it rests on.

const SHOWN = 200; // investigations and entities listed at once
const STORY = /^(patient zero|entry|passage|tried and failed|came again|not covered)/;
const NAMED = 8; // entities named for one action

function incidentPage(run, incident, go) {
  const i = { entities: [], details: [], indicators: [], hypotheses: [], actions: [], events: [], investigations: [], techniques: [], merged: [], edges: [], ...incident };
  return h("article", { class: "page" },
    h("header", {}, h("p", { class: "above" }, tag(i.priority), h("span", { class: "n" }, `score ${num(i.score)} of 100`), h("span", { class: "mono dim" }, i.id), i.merged.length ? h("span", { class: "dim" }, "merged from ", h("span", { class: "mono" }, i.merged.join(", "))) : null), h("h1", { tabindex: "-1" }, i.title || i.id)),
    h("dl", { class: "facts" }, fact("First seen (UTC)", when(i.first_seen)), fact("Last seen", when(i.last_seen)), fact("Lasted", span(i.first_seen, i.last_seen)), fact("Evidence sufficed", when(i.raised_at)), fact("Events", i.events.length < i.events_total ? `${num(i.events.length)} of ${num(i.events_total)}` : num(i.events_total)), fact("Investigations", num(i.investigations.length))),
    h("div", { class: "sides" },
      h("div", {}, section("What happened", null, story(i.summary)), course(i.details), section("What to do", "Recommended; nothing has been done.", actions(i.actions)),
        section("When", null, i.events.length ? new Timeline(i.events, i.raised_at, i.events_total).node : empty("No event was chosen for the timeline."))),
      h("aside", {}, section("Hypotheses", "Each is judged on its own; they do not add up to 100 %.", beliefs(run, i.hypotheses)), section("What decided it", null, details(i.details.filter((d) => !STORY.test(d.name)))), section("Indicators", "Worth blocking or hunting.", indicators(i.indicators)), section("Entities", null, entities(i.entities, go)))),
    section("How", "ATT&CK techniques by tactic, in the order of an attack.", strip(run, i.techniques)),
    section("Who and what", "Choose an entity to find every investigation that names it.", graph(i.entities, i.edges, (name) => go.to(go.list({ q: `"${name}"`, verdict: "", lead: "" })))),
    section("The investigations in it", null, members(run, i.investigations, go)));
}

const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

function story(text) {
  if (!text) return empty("This incident carries no summary.");
  return h("div", { class: "story" }, text.split(/\n{2,}/).map((p) => prose("p", {}, p)));
}

function actions(list) {
  if (!list.length) return empty("No action is known for these hypotheses.");
  const groups = new Map();
  for (const a of list) {
    const key = JSON.stringify([a.action, a.why]);
    groups.set(key, [...(groups.get(key) ?? []), a]);
  }
  const on = (o) => (o && typeof o === "object" ? entity(o.kind, o.name) : h("bdi", { class: "mono" }, o));
  const at = (a) => (a.address ? h("span", { class: "mono dim" }, ` (${a.address})`) : null);
  const row = (all) => h("li", {}, h("div", {}, h("strong", {}, words(all[0].action)), all.slice(0, NAMED).map((a) => [" ", on(a.on), at(a)]), all.length > NAMED ? h("span", { class: "dim" }, ` and ${num(all.length - NAMED)} more (incidents.ndjson lists them)`) : null), h("p", {}, all[0].why));
  return h("ol", { class: "panel actions" }, [...groups.values()].map(row));
}

function beliefs(run, list) {
  if (!list.length) return empty("No hypothesis is named.");
  const rows = list.map((b) => ({ ...b, title: run.head.titles[b.id]?.[0] || words(b.id), benign: run.head.titles[b.id]?.[1] }));
  return h("ul", { class: "panel beliefs" }, rows.map((b) => h("li", {}, h("span", { class: "grow" }, b.title), gauge(b.probability ?? 0, b.benign ? "innocent" : "hostile"))));
}

/** Where it began, how it came in, where it went, what it tried in vain, and what no log covered. */
function course(list) {
  const told = list.filter((d) => STORY.test(d.name));
  return told.length ? section("How it went", "As far as the logs tell.", details(told, "course")) : null;
}

function details(list, how = "") {
  if (!list.length) return empty("No single figure decided it; the investigations show the answers that did.");
  return h("dl", { class: `panel pairs ${how}` }, list.map((d) => h("div", {}, h("dt", {}, words(d.name)), h("dd", {}, h("bdi", {}, shown(d.value, d.name)), d.unit ? h("span", { class: "dim" }, ` ${d.unit}`) : null))));
}

function indicators(list) {
  if (!list.length) return empty("Nothing in it is distinctive enough to block or hunt.");
  const text = list.map((e) => e.name).join("\n");
  return h("div", { class: "panel" }, h("ul", { class: "lines" }, list.map((e) => h("li", {}, entity(e.kind, e.name)))), h("div", { class: "tools" }, copy("Copy all", text)));
}

function entities(list, go) {
  if (!list.length) return empty("No entity is named.");
  return h("ul", { class: "panel lines tall", tabindex: list.length > 8 ? "0" : null, "aria-label": "Entities" }, list.slice(0, SHOWN).map((e) => h("li", {}, h("a", { href: go.list({ q: `"${e.name}"`, verdict: "", lead: "" }) }, entity(e.kind, e.name)), h("span", { class: "dim role" }, e.role))), more(list.length, "entity", "entities"));
}

const more = (n, one, many) => (n > SHOWN ? h("li", { class: "dim" }, `and ${plural(n - SHOWN, `more ${one}`, `more ${many}`)}`) : null);

function members(run, ids, go) {
  if (!ids.length) return empty("No investigation is listed.");
  const row = (id) => {
    const at = run.place.get(id);
    if (at === undefined) return h("tr", {}, h("td", { colspan: "4", class: "mono" }, id, " (not in this report)"));
    const b = run.brief(at);
    return h("tr", { "data-href": go.investigation(id) }, h("td", {}, tag(b.verdict)), h("td", { class: "grow" }, h("a", { class: "title", href: go.investigation(id) }, b.title || b.rule || id), h("div", { class: "dim" }, b.leading)), h("td", { class: "time" }, when(b.at)), h("td", {}, gauge(b.concern, "hostile")));
  };
  return h("div", { class: "panel" }, h("table", { class: "members" }, h("thead", {}, h("tr", {}, ["Verdict", "Alert and leading hypothesis", "Time (UTC)", "Concern"].map((c) => h("th", {}, c)))), h("tbody", {}, ids.slice(0, SHOWN).map(row))), ids.length > SHOWN ? h("p", { class: "note" }, `${num(ids.length - SHOWN)} more: search for the incident's id to list all.`) : null);
}

/** A button that puts a text on the clipboard. */
function copy(label, text) {
  return h("button", { type: "button", click: async (e) => {
    const button = e.currentTarget;
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; } catch { button.textContent = "The browser refused"; }
    setTimeout(() => (button.textContent = label), 1500);
  } }, label);
}
