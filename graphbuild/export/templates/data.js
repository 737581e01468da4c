"use strict";
// The tables of the page (see page_data.py), what the reader has chosen, and which links pass.

const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);
// A statement: [article, text, trigger, date, source, topic, role, modality, confidence]; dates are ISO 8601 or "".
const [ARTICLE, TEXT, TRIGGER, DATE, SOURCE, TOPIC, ROLE, MODALITY, CONFIDENCE] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
// An article: [id, title, outlet, date, address, family of copies].
const [A_ID, A_TITLE, A_OUTLET, A_DATE, A_URL, A_FAMILY] = [0, 1, 2, 3, 4, 5];

const nodes = data.nodes;
const nodeNumber = new Map(nodes.map((node, i) => [node.id, i]));
const links = data.links.map(([id, from, to, words, relation, standing, rows], i) =>
  ({id, i, from, to, words, relation: data.relations[relation], standing: data.standings[standing], rows}));
const linkById = new Map(links.map(link => [link.id, link]));
const linksOf = nodes.map(() => []);
for (const link of links) {
  linksOf[link.from].push(link);
  if (link.to >= 0 && link.to !== link.from) linksOf[link.to].push(link);
}
const core = new Set(data.core);
const families = [...new Set(links.filter(link => link.to >= 0).map(link => link.relation.family))].sort();
const STANDING_WORDS = {
  asserted: "reported as fact", claimed: "claimed or alleged", intended: "planned", possible: "possible",
  denied: "denied by somebody", negated: "reported not to be so"};
const NOT = new Set(["denied", "negated"]);
// What a relation says of its object, by its sign in the ontology.
const TONES = [["against", -1], ["neither", 0], ["for", 1]];
const toneOf = link => TONES.find(([, sign]) => sign === link.relation.sign)[0];

// Days since 1970 of an ISO date of any precision: its first day, and its last one.
const firstDay = date => Math.round(Date.parse((date + "-01-01").slice(0, 10)) / 864e5);
const lastDay = date => date.length === 10 ? firstDay(date)
  : Math.round((date.length === 4 ? Date.UTC(+date, 11, 31) : Date.UTC(+date.slice(0, 4), +date.slice(5, 7), 0)) / 864e5);
const isoDay = day => new Date(day * 864e5).toISOString().slice(0, 10);
const dated = data.statements.filter(s => s[DATE]);
// The ends of the time slider. A hundredth at each end may lie beyond: one misread year shall not stretch the rest.
const firstDays = dated.map(s => firstDay(s[DATE])).sort((a, b) => a - b), lastDays = dated.map(s => lastDay(s[DATE])).sort((a, b) => a - b);
const beyond = Math.floor(dated.length / 100);
const minDay = dated.length ? firstDays[beyond] : Infinity, maxDay = dated.length ? lastDays[dated.length - 1 - beyond] : -Infinity;

const fresh = () => ({
  node: "", link: "", hidden: new Set(), muted: new Set(), tint: "family", standings: new Set(["asserted"]), party: "", from: "", until: "", support: 1,
  only: "", hops: 1, added: new Set(), view: "picture"});
let state = fresh();

function inTime(row) {
  if (!state.from && !state.until) return true;
  const date = data.statements[row][DATE];
  return date !== "" && (!state.from || lastDay(date) >= firstDay(state.from)) && (!state.until || firstDay(date) <= lastDay(state.until));
}
// Copies of one text count once.
function supportOf(rows) {
  return new Set(rows.map(row => data.articles[data.statements[row][ARTICLE]][A_FAMILY])).size;
}
function rowsOf(link) { return state.from || state.until ? link.rows.filter(inTime) : link.rows; }
// Whether the filters let a link through; ``but`` names one of them that is not asked, to count what it would let in.
function passes(link, but) {
  if (but !== "standings" && !state.standings.has(link.standing)) return false;
  if (but !== "hidden" && state.hidden.has(link.relation.family)) return false;
  if (but !== "muted" && state.muted.has(toneOf(link))) return false;
  if (state.party && nodes[link.from].party !== state.party && !(link.to >= 0 && nodes[link.to].party === state.party)) return false;
  const rows = rowsOf(link);
  return rows.length > 0 && (state.support < 2 || supportOf(rows) >= state.support);
}
// The names within some links of one name, over links that pass.
function around(start, hops) {
  let edge = [start];
  const seen = new Set(edge);
  for (let hop = 0; hop < hops; hop++) {
    const next = [];
    for (const name of edge) for (const link of linksOf[name]) {
      const other = link.from === name ? link.to : link.from;
      if (other >= 0 && !seen.has(other) && passes(link)) { seen.add(other); next.push(other); }
    }
    edge = next;
  }
  return seen;
}
// Numbers of the names that may be drawn, or null for all.
function allowedNames() {
  if (nodeNumber.has(state.only)) return around(nodeNumber.get(state.only), state.hops);
  if (!core.size) return null;
  const names = new Set(core);
  for (const id of state.added) names.add(nodeNumber.get(id));
  if (nodeNumber.has(state.node)) names.add(nodeNumber.get(state.node));
  const link = linkById.get(state.link);
  if (link && link.to >= 0) names.add(link.from).add(link.to);
  return names;
}
const drawable = names => link => link.to >= 0 && (!names || names.has(link.from) && names.has(link.to));
function visibleLinks() { return links.filter(drawable(allowedNames())).filter(link => passes(link)); }
// "supports", but of several people "support".
function agreeing(words, type) {
  if (type !== "group") return words;
  const [first, ...rest] = words.split(" ");
  const plural = {is: "are", has: "have"}[first] || first.replace(/ies$/, "y").replace(/(ch|sh|x|ss)es$/, "$1").replace(/([^s])s$/, "$1");
  return [plural, ...rest].join(" ");
}
const wordsOf = link => (NOT.has(link.standing) ? "not: " : link.standing === "intended" ? "plans: " : link.standing === "possible" ? "may: " : "") + agreeing(link.relation.label, nodes[link.from].type);

// State <-> address: only what differs from a fresh page is written.
function toHash() {
  const out = new URLSearchParams();
  if (state.link) out.set("link", state.link); else if (state.node) out.set("node", state.node);
  if (state.hidden.size) out.set("hide", [...state.hidden].sort().join(","));
  if (state.muted.size) out.set("mute", [...state.muted].sort().join(","));
  if (state.tint !== "family") out.set("tint", state.tint);
  if ([...state.standings].join() !== "asserted") out.set("say", data.standings.filter(s => state.standings.has(s)).join(","));
  for (const key of ["party", "from", "until", "only"]) if (state[key]) out.set(key, state[key]);
  if (state.only && state.hops !== 1) out.set("hops", state.hops);
  if (state.support > 1) out.set("support", state.support);
  if (state.added.size) out.set("added", [...state.added].join(" "));
  if (state.view !== "picture") out.set(state.view, "1");
  // Readable addresses: these signs need no escape after "#".
  return out.toString().replace(/%2F/g, "/").replace(/%2C/g, ",");
}
function fromHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, "")), next = fresh();
  const known = id => nodeNumber.has(id) ? id : "";
  next.node = known(given.get("node") || "");
  next.only = known(given.get("only") || "");
  if (linkById.has(given.get("link"))) next.link = given.get("link");
  for (const family of (given.get("hide") || "").split(",")) if (families.includes(family)) next.hidden.add(family);
  if (given.has("say")) next.standings = new Set(given.get("say").split(",").filter(s => data.standings.includes(s)));
  for (const key of ["from", "until"]) if (/^\d{4}(-\d\d){0,2}$/.test(given.get(key)) && !isNaN(firstDay(given.get(key)))) next[key] = given.get(key);
  if (nodes.some(node => node.party === given.get("party"))) next.party = given.get("party");
  next.support = Math.min(99, Math.max(1, parseInt(given.get("support"), 10) || 1));
  next.hops = Math.min(4, Math.max(1, parseInt(given.get("hops"), 10) || 1));
  for (const id of (given.get("added") || "").split(" ")) if (nodeNumber.has(id)) next.added.add(id);
  for (const tone of (given.get("mute") || "").split(",")) if (TONES.some(([name]) => name === tone)) next.muted.add(tone);
  if (given.get("tint") === "tone") next.tint = "tone";
  for (const view of ["list", "timeline"]) if (given.get(view) === "1") next.view = view;
  return next;
}
