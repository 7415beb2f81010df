// The entities of an incident and what ties them: columns from who, over what with, to what was reached. The same incident gives the same picture.

const COLUMNS = ["Identities", "Keys and sources", "Hosts and processes", "Resources", "Destinations"];
const ROWS = 9, BOX = { width: 196, height: 38, gap: 12 };

function column({ kind, role }) {
  if (["user", "account", "mailbox"].includes(kind)) return 0;
  if (kind === "key") return 1;
  if (["host", "process", "file", "hash"].includes(kind)) return 2;
  if (kind === "resource") return 3;
  if (kind === "ip") return ["destination", "target", "answer"].includes(role) ? 4 : 1;
  return 4;
}

/** Nodes in columns, each column ordered so that ties cross little; what does not fit is `left`. */
function arrange(entities, edges) {
  const nodes = new Map();
  const add = (e) => { const key = `${e.kind}\n${e.name}`; if (!nodes.has(key)) nodes.set(key, { ...e, key, column: column(e), ties: [] }); return nodes.get(key); };
  entities.forEach(add);
  const ties = edges.map(([how, kind, name, kind2, name2, n]) => ({ how, n, a: add({ kind, name, role: "" }), b: add({ kind: kind2, name: name2, role: "" }) }));
  for (const t of ties) { t.a.ties.push(t.b); t.b.ties.push(t.a); }
  const used = COLUMNS.map((title, n) => ({ title, nodes: [...nodes.values()].filter((v) => v.column === n).sort((p, q) => q.ties.length - p.ties.length || (p.key < q.key ? -1 : 1)) })).filter((c) => c.nodes.length);
  const left = used.flatMap((c) => c.nodes.splice(ROWS));
  const lost = new Set(left), kept = ties.filter((t) => !lost.has(t.a) && !lost.has(t.b));
  used.forEach((c) => c.nodes.forEach((v, n) => (v.row = n - c.nodes.length / 2)));
  for (let sweep = 0; sweep < 6; sweep++) for (const c of sweep % 2 ? [...used].reverse() : used) {
    for (const v of c.nodes) { const near = v.ties.filter((w) => !lost.has(w) && w.column !== v.column); v.pull = near.length ? near.reduce((s, w) => s + w.row, 0) / near.length : v.row; }
    c.nodes.sort((p, q) => p.pull - q.pull || (p.key < q.key ? -1 : 1)).forEach((v, n) => (v.row = n - c.nodes.length / 2));
  }
  return { columns: used, ties: kept, left };
}

/** The picture; Enter or a click on an entity searches for it. */
function graph(entities, edges, search) {
  if (!entities.length) return empty("No entity is tied to this incident.");
  const { columns, ties, left } = arrange(entities, edges);
  const tall = Math.max(...columns.map((c) => c.nodes.length)), height = tall * (BOX.height + BOX.gap) + 34, gap = columns.length > 4 ? 62 : 92;
  const width = columns.length * BOX.width + (columns.length - 1) * gap + 72;
  columns.forEach((c, n) => c.nodes.forEach((v) => { v.x = 36 + n * (BOX.width + gap); v.y = 34 + (v.row + tall / 2) * (BOX.height + BOX.gap); }));
  const most = Math.max(...ties.map((t) => t.n), 1), lines = new Map();
  const edge = (t) => {
    const [a, b] = t.a.x <= t.b.x ? [t.a, t.b] : [t.b, t.a], ya = a.y + BOX.height / 2, yb = b.y + BOX.height / 2, same = a.x === b.x;
    const x1 = a.x + BOX.width, x2 = same ? b.x + BOX.width : b.x, bend = same ? 26 : (x2 - x1) / 2;
    const path = svg("path", { class: `tie ${t.how}`, d: `M${x1} ${ya}C${x1 + bend} ${ya} ${same ? x2 + bend : x2 - bend} ${yb} ${x2} ${yb}`, "stroke-width": 1 + 2 * (Math.log(t.n + 1) / Math.log(most + 1)) },
      svg("title", {}, `${t.a.name} – ${t.b.name}: ${t.how === "hop" ? "an answer led from one to the other" : "named together by an alert"}, ${plural(t.n, "investigation")}`));
    for (const v of [t.a, t.b]) lines.set(v, [...(lines.get(v) ?? []), path]);
    return path;
  };
  const paths = ties.map(edge);
  const picture = svg("svg", { class: "graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": `${plural(entities.length, "entity", "entities")} and ${plural(ties.length, "tie")}` },
    columns.map((c, n) => svg("text", { class: "column", x: 36 + n * (BOX.width + gap), y: 16 }, c.title)), paths,
    columns.flatMap((c) => c.nodes.map((v) => box(v, lines.get(v) ?? [], search))));
  return h("div", { class: "panel" }, h("div", { class: "wide" }, picture), h("p", { class: "note" }, "Solid: named together by an alert. Dashed: an answer led from one to the other."),
    left.length ? h("p", { class: "note" }, `Not drawn: ${plural(left.length, "more entity", "more entities")}; all are listed under Entities.`) : null);
}

function box(v, lines, search) {
  const light = (on) => () => lines.forEach((p) => p.classList.toggle("lit", on));
  return svg("g", { class: "node", transform: `translate(${v.x} ${v.y})`, tabindex: "0", role: "link", "aria-label": `${v.kind} ${v.name}`, click: () => search(v.name), keydown: (e) => { if (e.key === "Enter") { e.preventDefault(); e.stopPropagation(); search(v.name); } },
    pointerenter: light(true), pointerleave: light(false), focus: light(true), blur: light(false) },
    svg("rect", { width: BOX.width, height: BOX.height, rx: 4 }), svg("text", { x: 10, y: 15, class: "kind" }, v.role ? `${v.kind} · ${v.role}` : v.kind), svg("text", { x: 10, y: 30, class: "name" }, clip(visible(v.name), 27)), svg("title", {}, v.name));
}
