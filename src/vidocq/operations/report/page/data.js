// The run, unpacked block by block when it is needed. `pack.py` writes what is read here; the two change together.
const VERDICTS = ["raised", "undecided", "dismissed"];
const HOLE = "\ue000";
const UNPACKED = 12; // blocks of detail that are kept unpacked

async function unpack(name) {
  const node = document.getElementById(name);
  if (!node) throw new Error(`This report is incomplete: its block ${name} is missing. Write it again with vidocq report.`);
  const text = node.textContent;
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

const rest = () => new Promise((done) => setTimeout(done));

/** The whole run as the page knows it: the head at once, the index as it arrives, details on demand. */
class Run {
  constructor(head, shared) {
    this.head = head;
    this.shared = shared;
    this.size = Object.values(head.verdicts).reduce((a, b) => a + b, 0);
    this.columns = { id: [], verdict: [], leading: [], concern: [], at: [], alerts: [] }; // and what else the index brings
    this.hay = [];
    this.loaded = 0;
    this.blocks = new Map();
    this.orders = new Map();
  }

  static async open() {
    return new Run(await unpack("head"), await unpack("shared"));
  }

  of(ref) {
    return typeof ref === "number" ? this.shared[ref] : ref;
  }

  /** Read the index, giving the page a breath between blocks; resolves when all of it can be searched. */
  async load(progress) {
    for (let b = 0; b < (this.head.blocks.index ?? 0); b++) {
      const part = await unpack(`index-${b}`);
      for (const [name, values] of Object.entries(part)) {
        const column = (this.columns[name] ??= []);
        for (const value of values) column.push(value);
      }
      for (; this.hay.length < this.columns.id.length; ) this.hay.push(this.haystack(this.hay.length));
      this.loaded = this.hay.length;
      progress?.(this.loaded);
      await rest();
    }
    this.place = new Map(this.columns.id.map((id, i) => [id, i]));
  }

  haystack(i) {
    const c = this.columns;
    const incident = c.incident[i] < 0 ? "" : this.head.incidents[c.incident[i]].id;
    return [c.id[i], VERDICTS[c.verdict[i]], c.title[i], this.of(c.rule[i]), this.of(c.source[i]), c.entities[i].join("\n"), c.summary[i], this.of(c.leading[i]), incident].join("\n").toLowerCase();
  }

  /** One investigation as the list knows it. */
  brief(i) {
    const c = this.columns;
    return {
      i, id: c.id[i], verdict: VERDICTS[c.verdict[i]], incident: this.head.incidents[c.incident[i]] ?? null, leading: this.of(c.leading[i]), concern: c.concern[i],
      calibrated: Boolean(c.calibrated[i]), at: c.at[i], alerts: c.alerts[i], title: c.title[i], rule: this.of(c.rule[i]), source: this.of(c.source[i]), severity: c.severity[i],
      entities: c.entities[i].map((e) => { const cut = e.indexOf("\t"); return { kind: e.slice(0, cut), name: e.slice(cut + 1) }; }), summary: c.summary[i],
    };
  }

  /** The places of all investigations in one order; equal ones stay in the order of the run. */
  order(by) {
    if (!this.orders.has(by)) {
      const c = this.columns;
      const key = { concern: (i) => -c.concern[i], time: (i) => Date.parse(c.at[i]) || 0, newest: (i) => -(Date.parse(c.at[i]) || 0), alerts: (i) => -c.alerts[i] }[by];
      const keys = Float64Array.from(c.id, (_, i) => key(i));
      this.orders.set(by, Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b));
    }
    return this.orders.get(by);
  }

  async block(b, keep = true) {
    if (this.blocks.has(b)) return this.blocks.get(b);
    const records = await unpack(`detail-${b}`);
    if (keep) {
      this.blocks.set(b, records);
      if (this.blocks.size > UNPACKED) this.blocks.delete(this.blocks.keys().next().value);
    }
    return records;
  }

  /** One investigation in full. */
  async investigation(i) {
    const size = this.head.sizes.detail;
    const [names, opening, hypotheses, steps, unasked, gaps] = (await this.block(Math.floor(i / size)))[i % size];
    const priors = this.of(hypotheses[1]);
    return {
      ...this.brief(i),
      opening: { id: opening[0], origin: opening[1], events: opening[2].map((n) => names[n]), total: opening[3] },
      hypotheses: this.of(hypotheses[0]).map(([id, title, benign], n) => ({ id, title: title || id, benign, prior: priors[n], bits: hypotheses[2][n] })),
      steps: steps.map((s) => this.step(s, names)),
      unasked: this.of(unasked), gaps: this.of(gaps),
    };
  }

  step([hop, form, who, values, events, total, literals], names) {
    const [question, text, answer, shape, weights, template] = this.of(form), entities = [];
    for (let n = 0; n < who.length; n += 2) entities.push({ kind: this.of(who[n]), name: names[who[n + 1]] });
    const keys = this.of(shape);
    return {
      hop, question: this.of(question), text: this.of(text) || this.of(question), entities, answer: this.of(answer), facts: keys.map((k, n) => [k, values[n]]),
      weights: this.of(weights), events: events.map((n) => names[n]), total,
      query: this.query(this.of(template), literals, names), valued: literals !== null,
    };
  }

  query(template, literals, names) {
    if (literals !== null && literals.length === 0) return template;
    return template.split(HOLE).map((part, n, all) => part + (n === all.length - 1 ? "" : literals ? names[literals[n]] : "…")).join("");
  }

  /** One incident in full. */
  async incident(n) {
    const size = this.head.sizes.incident;
    return (await unpack(`incident-${Math.floor(n / size)}`))[n % size];
  }

  /** Where an id, or the beginning of one that is unique, stands in a list of ids; −1 if nowhere. */
  find(ids, id) {
    const exact = ids.indexOf(id);
    if (exact >= 0 || !id) return exact;
    const close = ids.flatMap((other, n) => (other.startsWith(id) ? [n] : []));
    return close.length === 1 ? close[0] : -1;
  }
}
