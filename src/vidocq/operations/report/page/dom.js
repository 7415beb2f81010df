// Elements. Every text from a log passes through `visible` and becomes a text node: nothing in it can be markup.
"use strict";
const SVG_NS = "http://www.w3.org/2000/svg";
// Controls, bidi marks and overrides, zero-width and tag characters, soft hyphens, private-use holes: they change what a reader sees without being seen.
const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000\ud800-\udfff\u{1d173}-\u{1d17a}\u{e0000}-\u{e01ef}]/gu;

// Letters that look like Latin ones: Greek, Cyrillic, Armenian, Cherokee, wide and mathematical ones. Among Latin letters they are a disguise.
const DISGUISE = /[\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}]/gu;

const code = (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

/** The text with letters spelt out that pass for Latin ones in a word of Latin letters. */
function undisguised(text) {
  return text.replace(/\p{L}+/gu, (word) => (/[A-Za-z]/.test(word) ? word.replace(DISGUISE, code) : word));
}

/** The text with every unseen character spelt out. Line ends stay where `lines` is true. */
function visible(text, lines = false) {
  const plain = undisguised(String(text ?? "")).replace(HIDDEN, (c) => (lines && (c === "\t" || c === "\r") ? " " : code(c)));
  return lines ? plain : plain.replaceAll("\n", code("\n"));
}

/** The nodes of a text: unseen characters stand in marked spans. */
function textNodes(text, lines = false) {
  const out = [];
  for (const part of visible(text, lines).split(/(⟨U\+[0-9A-F]{4,6}⟩)/)) {
    if (!part) continue;
    if (/^⟨U\+/.test(part)) {
      const mark = document.createElement("span");
      mark.className = "unseen";
      mark.title = "A character that would not be seen, or would pass for another";
      mark.textContent = part;
      out.push(mark);
    } else out.push(document.createTextNode(part));
  }
  return out;
}

function fill(node, props, kids) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
    else node.setAttribute(name, value === true ? "" : name === "title" || name === "aria-label" ? visible(value) : value);
  }
  for (const kid of kids.flat(Infinity)) {
    if (kid === null || kid === undefined || kid === false || kid === "") continue;
    if (kid instanceof Node) node.append(kid);
    else if (node.namespaceURI === SVG_NS) node.append(document.createTextNode(visible(kid)));
    else node.append(...textNodes(kid));
  }
  return node;
}

/** An HTML element. */
const h = (tag, props, ...kids) => fill(document.createElement(tag), props, kids);
/** An SVG element. */
const svg = (tag, props, ...kids) => fill(document.createElementNS(SVG_NS, tag), props, kids);
/** A text of several lines. */
const prose = (tag, props, text) => {
  const node = h(tag, props);
  node.append(...textNodes(text, true));
  return node;
};

const num = (n) => (n === null || n === undefined ? "–" : Number(n).toLocaleString("en-US"));
const ratio = (x) => (x < 100 ? String(Number(x.toFixed(1))) : num(Math.round(x)));
const plural = (n, one, many = `${one}s`) => `${num(n)} ${n === 1 ? one : many}`;
const signed = (b) => `${b < -0.049 ? "−" : b > 0.049 ? "+" : ""}${Math.abs(b).toFixed(1)}`;
const percent = (p) => (p > 0 && p < 0.001 ? "< 0.1 %" : p < 1 && p > 0.999 ? "> 99.9 %" : `${Number((p * 100).toFixed(p > 0.1 && p < 0.9 ? 0 : 1))} %`);
const clip = (text, n) => (text.length <= n ? text : `${text.slice(0, Math.ceil(n * 0.6) - 1)}…${text.slice(-Math.floor(n * 0.4))}`);
const cap = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const words = (name) => cap(String(name).replaceAll("-", " ").replaceAll("_", " "));

/** A time of the log, in UTC, to the second; the exact one on hover. */
function when(time) {
  if (!time) return h("span", { class: "dim" }, "time unknown");
  return h("time", { datetime: visible(time), title: `${time} (UTC)` }, String(time).replace("T", " ").replace(/(\.\d+)?(Z|\+00:00)$/, ""));
}

/** How long between two times, in the two largest units. */
function span(from, to) {
  let s = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  if (!Number.isFinite(s)) return "";
  const out = [];
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    if (s >= size && out.length < 2) out.push(`${Math.floor(s / size)} ${unit}`);
    s %= size;
  }
  return out.join(" ") || "under 1 s";
}

/** An entity under its kind. */
const entity = (kind, name, role) => h("span", { class: "entity" }, h("span", { class: "kind" }, kind), h("bdi", {}, name), role ? h("span", { class: "role" }, role) : null);
/** A part of a page under its heading; `why` says in a sentence what is to be seen there. */
const section = (title, why, ...kids) => h("section", {}, h("div", { class: "heading" }, h("h2", {}, title), why ? h("p", {}, why) : null), ...kids);
const empty = (text) => h("p", { class: "empty" }, text);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const NUMBERED = /(^|[^a-z])(port|pid|asn)$/i; // a number that names something has no thousands
/** A value as a person reads it: a time as a time, a figure with its thousands. */
const shown = (value, name = "") => (TIME.test(value) ? when(value) : Number.isInteger(value) && NUMBERED.test(name) ? String(value) : plain(value));
/** One line for a person, of a value of any shape. */
function plain(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? num(value) : Math.abs(value) < 1000 ? String(Number(value.toPrecision(5))) : num(Math.round(value * 100) / 100);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
