// Small drawings: the funnel, the waterfall of bits, the strip of techniques.

/** From events to incidents: figures, with the length of each on a scale of powers of ten. */
function funnel(run) {
  const rows = run.head.funnel;
  const most = Math.log10(Math.max(...rows.map((r) => r[1] ?? 0), 10));
  return h("ol", { class: "funnel", "aria-label": "From events to incidents" }, rows.map(([what, n], at) => {
    const before = at ? rows[at - 1][1] : 0;
    const share = n && before && before > n ? `1 for every ${ratio(before / n)} ${rows[at - 1][0]}` : at ? " " : "read and kept";
    return h("li", {},
      h("span", { class: "figure" }, num(n)), h("span", { class: "what" }, n === 1 ? what.slice(0, -1) : what), h("span", { class: "dim" }, share),
      h("span", { class: "track", "aria-hidden": "true" }, h("span", { style: { width: `${n ? Math.max(2, (Math.log10(n + 1) / most) * 100) : 0}%` } })));
  }));
}

/** A level between 0 and 1, with its number. */
const gauge = (p, tone) => h("span", { class: `gauge ${tone ?? ""}` }, h("span", { class: "track", "aria-hidden": "true" }, h("span", { style: { width: `${Math.round(p * 100)}%` } })), h("span", { class: "n" }, percent(p)));
const tag = (word) => h("span", { class: `tag ${word}` }, cap(word));

/** What moved a hypothesis, in order: its prior, each counted weight, and the sum. */
function contributions(hypothesis, steps) {
  const rows = [{ label: "Before any question", bits: hypothesis.prior }];
  let sum = hypothesis.prior;
  steps.forEach((step, at) => {
    for (const w of step.weights) {
      if (w.hypothesis !== hypothesis.id || !w.counted || w.bits === 0) continue;
      rows.push({ label: step.text, answer: step.answer, bits: w.bits, at });
      sum += w.bits;
    }
  });
  const left = hypothesis.bits - sum;
  // A sum that its parts do not explain is shown, not hidden: it would be a fault of whoever wrote the run.
  if (Math.abs(left) > 0.05) rows.push({ label: "Not explained by a counted answer", bits: left });
  return rows;
}

/** The waterfall of one hypothesis. `go(n)` shows the n-th question. */
function waterfall(hypothesis, steps, go) {
  const rows = contributions(hypothesis, steps);
  let low = 0, high = 0, run = 0;
  for (const r of rows) { r.from = run; run += r.bits; r.to = run; low = Math.min(low, run); high = Math.max(high, run); }
  rows.push({ label: "Together", bits: hypothesis.bits, from: 0, to: hypothesis.bits, total: true });
  low = Math.min(low, hypothesis.bits); high = Math.max(high, hypothesis.bits);
  const pad = Math.max((high - low) * 0.04, 0.2), x = (b) => ((b - low + pad) / (high - low + 2 * pad)) * 100;
  const bar = (r) => h("span", { class: "plot", "aria-hidden": "true" },
    h("span", { class: "zero", style: { left: `${x(0)}%` } }),
    h("span", { class: `bar ${r.bits < 0 ? "against" : hypothesis.benign ? "innocent" : "hostile"}`, style: { left: `${x(Math.min(r.from, r.to))}%`, width: `${Math.max(x(Math.max(r.from, r.to)) - x(Math.min(r.from, r.to)), 0.4)}%` } }));
  return h("div", { class: "waterfall", role: "table", "aria-label": `Bits for ${hypothesis.title}` }, rows.map((r) =>
    h("div", { class: r.total ? "total" : "", role: "row" },
      h("span", { role: "cell", class: "label" }, r.at === undefined ? r.label : h("button", { class: "link", click: () => go(r.at), title: "Show this question" }, r.label), r.answer ? h("span", { class: "answer" }, r.answer) : null),
      h("span", { role: "cell" }, bar(r)), h("span", { role: "cell", class: "n" }, signed(r.bits)))));
}

/** Techniques under their tactics, in the order of an attack; one that serves several stands under its earliest. */
function strip(run, ids) {
  if (!ids.length) return empty("No ATT&CK technique is tied to this incident.");
  const under = new Map();
  for (const id of ids) {
    const [name, tactics] = run.head.techniques[id] ?? ["", []];
    const tactic = tactics[0] ?? "other";
    under.set(tactic, [...(under.get(tactic) ?? []), { id, name, tactics }]);
  }
  const order = [...run.head.tactics, "other"].filter((t) => under.has(t));
  return h("ol", { class: "strip" }, order.map((t) => h("li", {}, h("h3", {}, words(t)), under.get(t).sort((a, b) => (a.id < b.id ? -1 : 1)).map((k) =>
    h("div", { class: "technique", title: k.tactics.length > 1 ? `Also: ${k.tactics.slice(1).map(words).join(", ")}` : null }, h("span", { class: "mono" }, k.id), h("span", {}, k.name || "not a technique this version knows"))))));
}
