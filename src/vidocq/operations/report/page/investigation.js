// One investigation, whatever its verdict: the sentence, the bits, every question with its answer, and what was not asked or not seen.

function investigationPage(run, v, go) {
  let shown = v.hypotheses.find((x) => x.title === v.leading || x.id === v.leading) ?? v.hypotheses[0];
  const node = h("article", { class: "page case" });
  const steps = h("div", { class: "steps" }), bits = h("div", { class: "weighing" });
  const go_to = (n) => {
    const step = steps.querySelector(`[data-step="${n}"]`);
    step.open = true;
    step.scrollIntoView({ block: "center" });
    step.querySelector("summary").focus();
  };
  const choose = (hypothesis) => { shown = hypothesis; draw(); bits.querySelector("[aria-pressed=true]")?.focus(); };
  const draw = () => {
    if (!shown) return bits.replaceChildren(empty("No hypothesis was in play."));
    bits.replaceChildren(...weighing(v, shown, choose, go_to));
    const open = new Set([...steps.querySelectorAll("details[open]")].map((d) => d.dataset.step));
    steps.replaceChildren(...hops(v, shown, open, run));
  };
  if (!v.hypotheses.length) steps.replaceChildren(...hops(v, null, new Set(), run));
  draw();
  return fill(node, {}, [heading(v, go), section("Evidence in bits", "One bit doubles the odds. Zero is even.", bits),
    section("Questions and answers", v.steps.length ? `${plural(v.steps.length, "question")}, in the order they were asked. Open one for its facts, query and events.` : null, v.steps.length ? steps : empty("No question was asked: the alert alone decided, or nothing could have changed the outcome.")),
    h("div", { class: "columns" }, section("Not asked", null, unasked(run, v)), section("Not covered", null, notCovered(v)))]);
}

function heading(v, go) {
  const o = v.opening;
  return [h("header", {}, h("p", { class: "above" }, tag(v.verdict), h("span", { class: "mono dim" }, v.id), copy("Copy id", v.id)), h("h1", { tabindex: "-1" }, v.title || v.rule || v.id)),
    h("p", { class: `sentence ${v.verdict}` }, v.summary || `${cap(v.verdict)}; the run wrote no sentence.`),
    h("dl", { class: "facts" }, fact("Concern", [gauge(v.concern, "hostile"), v.calibrated ? null : h("span", { class: "dim", title: "Weights are an analyst's words, not yet learned from labelled cases" }, " uncalibrated")]), fact("Leading hypothesis", v.leading || "–"), fact("Opened at (UTC)", when(v.at)), fact("Alerts covered", num(v.alerts)),
      fact("Incident", v.incident ? h("a", { href: `#incident/${encodeURIComponent(v.incident.id)}` }, v.incident.title || v.incident.id) : "none")),
    h("details", { class: "opening" }, h("summary", {}, "The alert: ", h("span", { class: "dim" }, v.rule || "no rule named")), h("dl", { class: "pairs" },
      fact("Rule", h("bdi", { class: "mono" }, v.rule || "–")), fact("Source", h("span", { class: "mono" }, [v.source, o.origin].filter(Boolean).join(", ") || "–")), fact("Severity", ["unknown", "informational", "low", "medium", "high", "critical", "fatal"][v.severity] ?? num(v.severity)), fact("First alert", h("bdi", { class: "mono" }, o.id || "–")),
      fact("Entities", v.entities.length ? v.entities.map((e) => h("a", { href: go.list({ q: `"${e.name}"`, verdict: "", lead: "" }) }, entity(e.kind, e.name))) : "none named"), fact("Events", evidence(o.events, o.total))))];
}

function weighing(v, shown, choose, go_to) {
  const rows = [...v.hypotheses].sort((a, b) => b.bits - a.bits);
  const most = Math.max(...rows.map((r) => Math.abs(r.bits)), 1);
  const line = (x) => h("button", { type: "button", "aria-pressed": String(x === shown), click: () => choose(x) }, h("span", {}, x.title, h("span", { class: `side ${x.benign ? "innocent" : "hostile"}` }, x.benign ? "innocent" : "hostile")),
    h("span", { class: "half", "aria-hidden": "true" }, h("span", { class: x.bits < 0 ? "against" : x.benign ? "innocent" : "hostile", style: { left: `${x.bits < 0 ? 50 - (50 * -x.bits) / most : 50}%`, width: `${(50 * Math.abs(x.bits)) / most}%` } })), h("span", { class: "n" }, signed(x.bits)));
  return [h("div", { class: "panel choices", role: "group", "aria-label": "Hypotheses in play" }, rows.map(line)), h("div", { class: "panel" }, h("h3", { class: "shown" }, shown.title, h("span", { class: "dim" }, ` ${shown.benign ? "innocent" : "hostile"}, ${signed(shown.bits)} bits`)), waterfall(shown, v.steps, go_to))];
}

function hops(v, shown, open, run) {
  const out = [];
  v.steps.forEach((s, n) => {
    if (!n || v.steps[n - 1].hop !== s.hop) out.push(h("h3", { class: "hop" }, s.hop ? `Hop ${s.hop}` : "Hop 0", h("span", { class: "dim" }, s.hop ? "asked of what answers named" : "asked of what the alert names")));
    out.push(question(v, s, n, shown, open.has(String(n))));
  });
  return out;
}

function question(v, s, n, shown, open) {
  const w = shown && s.weights.find((x) => x.hypothesis === shown.id);
  const bits = !w ? h("span", { class: "n dim", title: "Says nothing about this hypothesis" }, "·") : h("span", { class: `n ${w.counted ? "" : "uncounted"}`, title: w.counted ? `Counts for: ${shown.title}` : "Not counted: a stronger answer of its family was" }, signed(w.bits));
  const node = h("details", { class: "panel step", "data-step": n, open },
    h("summary", {}, h("span", { class: "grow" }, h("span", { class: "ask" }, s.text), h("span", { class: "entities" }, s.entities.map((e) => entity(e.kind, clip(visible(e.name), 60))))), h("span", { class: `answer ${["not covered", "no events"].includes(s.answer) ? "nothing" : ""}` }, s.answer || "–"), bits));
  const body = () => node.childElementCount === 1 && node.append(answered(v, s));
  node.addEventListener("toggle", () => node.open && body());
  if (open) body();
  return node;
}

function answered(v, s) {
  const title = (id) => v.hypotheses.find((x) => x.id === id)?.title ?? words(id);
  const weights = [...s.weights].sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
  return h("div", { class: "body" },
    h("div", { class: "columns" },
      h("div", {}, h("h4", {}, "Facts"), s.facts.length ? h("dl", { class: "pairs" }, s.facts.map(([k, x]) => fact(words(k), h("bdi", {}, shown(x, k))))) : empty("No figure goes with this answer.")),
      h("div", {}, h("h4", {}, "Weights"), weights.length ? h("dl", { class: "pairs" }, weights.map((w) => h("div", { class: w.counted ? null : "uncounted" }, h("dt", {}, title(w.hypothesis)), h("dd", { class: "n" }, signed(w.bits), w.counted ? null : h("span", { class: "dim" }, " not counted"))))) : empty(s.answer === "not covered" ? "Nobody was listening, so it weighs nothing." : "It weighs nothing for any hypothesis in play."))),
    h("h4", {}, "Evidence"), evidence(s.events, s.total),
    s.query ? h("details", { class: "query" }, h("summary", {}, "Query ", h("span", { class: "mono dim" }, s.question)), prose("pre", { tabindex: "0" }, s.query), h("div", { class: "tools" }, copy("Copy query", s.query), s.valued ? null : h("span", { class: "dim" }, "Values were left out to keep this file small; investigations.ndjson has them."))) : h("p", { class: "dim mono" }, s.question));
}

function evidence(events, total) {
  if (!total && !events.length) return empty("No event.");
  const missing = total - events.length;
  return h("ul", { class: "uids" }, events.map((e) => h("li", { class: "mono" }, h("bdi", {}, e))), missing > 0 ? h("li", { class: "dim" }, events.length ? `and ${num(missing)} more` : `${plural(total, "event")}; the ids are in investigations.ndjson`) : null);
}

function unasked(run, v) {
  if (!v.unasked.length) return empty("Every question that applied was asked.");
  return h("div", { class: "panel pad" }, h("p", {}, `${plural(v.unasked.length, "question")} ${v.unasked.length === 1 ? "was" : "were"} not asked; no answer could have changed the verdict.`), h("ul", { class: "quiet" }, v.unasked.map((q) => h("li", { title: q }, run.head.questions[q] || words(q.split("/").at(-1))))));
}

function notCovered(v) {
  if (!v.gaps.length) return empty("Every question had a source that could answer it.");
  return h("div", { class: "panel pad" }, h("p", {}, "The verdict could not see:"), h("ul", { class: "quiet" }, v.gaps.map((g) => h("li", {}, g))));
}
