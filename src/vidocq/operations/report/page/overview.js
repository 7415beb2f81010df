// The first page: how much became how little, the incidents, what explained the alerts, what nobody could see.

function overview(run, go) {
  const head = run.head;
  return h("div", { class: "page" },
    h("h1", { class: "hidden" }, "Overview"),
    funnel(run),
    section(head.incidents.length ? "Incidents" : "No incident", head.incidents.length ? "The most pressing first. Each is one story told by several investigations." : null, incidentList(run, go)),
    h("div", { class: "columns" },
      section("What explained the alerts", "The leading hypothesis of every investigation.", explanations(run, go)),
      h("div", {}, section("Verdicts", null, verdicts(run, go)), section("Not covered", "What no source could have shown; nothing there weighs for or against.", gaps(head)))),
    section("Sources", "Read = kept + duplicate + rejected.", sources(head)));
}

function incidentList(run, go) {
  const { incidents, funnel: rows, verdicts: counts } = run.head;
  if (!incidents.length) {
    if (!run.size) return empty(rows[1][1] ? "There are alerts, but no investigation was written for them." : "No alert was given and no detection spoke, so there was nothing to investigate. This says nothing about what no source recorded.");
    const open = counts.undecided ?? 0;
    return h("div", { class: "panel pad" }, h("p", {}, `All ${plural(run.size, "investigation")} ended without enough evidence for an incident. `, open ? `${plural(open, "stays", "stay")} undecided: the logs could not tell. ` : "Every one was dismissed, and each can be read with its reasons. "), h("a", { href: go.list({ verdict: open ? "undecided" : "" }) }, open ? "Read the undecided ones" : "Read them"));
  }
  return h("table", { class: "panel incidents", id: "incidents" }, h("thead", {}, h("tr", {}, ["Priority", "Score", "Incident", "First seen (UTC)", "Lasted", "Investigations", "Evidence"].map((c, n) => h("th", { class: n > 4 || n === 1 ? "n" : null }, c)))),
    h("tbody", {}, incidents.map((i) => h("tr", { "data-href": `#incident/${encodeURIComponent(i.id)}` },
      h("td", {}, tag(i.priority ?? "low")), h("td", { class: "n" }, num(i.score)),
      h("td", { class: "grow" }, h("a", { class: "title", href: `#incident/${encodeURIComponent(i.id)}` }, i.title || i.id), h("div", { class: "entities" }, i.entities.map(([k, n]) => entity(k, clip(visible(n), 44))), i.more ? h("span", { class: "dim" }, `+${i.more}`) : null)),
      h("td", { class: "time" }, when(i.first_seen)), h("td", { class: "time" }, span(i.first_seen, i.last_seen)), h("td", { class: "n" }, num(i.investigations)), h("td", { class: "n" }, num(i.events_total))))));
}

function verdicts(run, go) {
  const counts = run.head.verdicts;
  if (!run.size) return empty("There was nothing to judge.");
  return h("div", { class: "panel pad" }, h("div", { class: "stack", "aria-hidden": "true" }, VERDICTS.map((v) => (counts[v] ? h("span", { class: v, style: { "flex-grow": String(counts[v]) } }) : null))),
    h("ul", { class: "legend" }, VERDICTS.map((v) => h("li", {}, h("a", { href: go.list({ verdict: v }) }, tag(v)), h("span", { class: "n" }, num(counts[v] ?? 0)), h("span", { class: "n dim" }, percent((counts[v] ?? 0) / run.size))))));
}

function explanations(run, go) {
  const rows = run.head.explanations;
  if (!rows.length) return empty("No hypothesis was weighed.");
  const most = rows[0][3];
  const line = ([title, benign, by, n]) => h("tr", {}, h("td", {}, h("a", { href: go.list({ lead: title }) }, title)), h("td", { class: `dim side ${benign ? "innocent" : "hostile"}` }, benign ? "innocent" : "hostile"),
    h("td", { class: "meter" }, h("span", { class: "stack", "aria-hidden": "true", style: { width: `${Math.max(2, (n / most) * 100)}%` } }, VERDICTS.map((v) => (by[v] ? h("span", { class: v, style: { "flex-grow": String(by[v]) } }) : null)))), h("td", { class: "n" }, num(n)));
  return h("div", { class: "panel" }, h("table", { class: "tight" }, h("thead", { class: "hidden" }, h("tr", {}, ["Hypothesis", "Kind", "Verdicts", "Investigations"].map((c) => h("th", {}, c)))), h("tbody", {}, rows.slice(0, 14).map(line))), rows.length > 14 ? h("p", { class: "note" }, `${plural(rows.length - 14, "more hypothesis", "more hypotheses")} led fewer investigations.`) : null);
}

function gaps(head) {
  if (!head.gaps.length) return empty("Every question that was asked had a source that could answer it.");
  return h("ul", { class: "panel lines" }, head.gaps.slice(0, 12).map(([text, n]) => h("li", {}, h("span", { class: "grow" }, text), h("span", { class: "n dim" }, plural(n, "investigation")))));
}

function sources(head) {
  const table = head.sources.length ? h("table", { class: "panel" }, h("thead", {}, h("tr", {}, ["Source", "Files", "Events", "Duplicates", "Rejected"].map((c, n) => h("th", { class: n ? "n" : null }, c)))),
    h("tbody", {}, head.sources.map((r) => h("tr", {}, h("td", { class: "mono" }, r[0]), r.slice(1).map((n) => h("td", { class: "n" }, num(n))))))) : empty("No file was recognised as a log.");
  if (!head.skipped.length) return table;
  return h("div", {}, table, h("details", { class: "skipped" }, h("summary", {}, `${plural(head.skipped.length, "file")} skipped, with the reason`), h("ul", { class: "lines" }, head.skipped.map(([path, why]) => h("li", {}, h("span", { class: "mono" }, path), h("span", { class: "dim" }, why))))));
}
