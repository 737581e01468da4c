// Search, filters, keys and the address; the page starts here.

let address = "";
// Take over some changes of the state and show them; ``focus`` moves the reader to the card.
function choose(changes, focus) {
  Object.assign(state, changes);
  render({focus});
  if ("only" in changes || "hops" in changes) { fit(); return; }
  if (!focus || state.view !== "picture") return;
  if (state.link) centreLink(); else if (state.node) centre(state.node);
}
function render({focus, repaint} = {}) {
  const first = net === null;
  drawPicture(repaint);
  if (!first) writeNamesSoon();
  showSelection();
  drawCard(focus);
  drawFilters();
  const listed = state.view !== "picture";
  $("list").hidden = !listed;
  $("net").hidden = listed;
  for (const view of ["list", "timeline"]) $("view-" + view).setAttribute("aria-pressed", state.view === view);
  if (state.view === "list") drawList(); else if (listed) drawTimeline();
  const hash = toHash();
  if (hash === address) return;
  address = hash;
  // A page inside another one, as in a notebook, may have no address to write to.
  try { history.replaceState(null, "", "#" + hash); } catch { /* the state is then not shareable */ }
}

// Search
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const folded = nodes.map(node => fold(node.label));
let hits = [], active = -1;
function search() {
  const words = fold($("find").value).split(/\s+/).filter(Boolean);
  const rank = i => (folded[i].startsWith(words[0]) ? 0 : 1);
  hits = words.length ? folded.map((name, i) => i).filter(i => words.every(word => (" " + folded[i]).includes(" " + word) || folded[i].includes(word) && word.length > 2))
    .sort((a, b) => rank(a) - rank(b) || linksOf[b].length - linksOf[a].length || a - b).slice(0, 10) : [];
  active = hits.length ? 0 : -1;
  showHits();
}
function showHits() {
  $("found").replaceChildren(...hits.map((i, place) => el("li", [nameText(nodes[i].label), el("small", ["", nodes[i].party !== nodes[i].label && nodes[i].party, TYPES[nodes[i].type]].filter(x => x !== false && x !== undefined).filter((x, k) => k === 0 || x).join(" · "))],
    {role: "option", id: "hit" + place, "aria-selected": place === active, click: () => take(i)})));
  $("found").hidden = !hits.length;
  $("find").setAttribute("aria-expanded", hits.length > 0);
  if (active >= 0) $("find").setAttribute("aria-activedescendant", "hit" + active); else $("find").removeAttribute("aria-activedescendant");
}
function take(i) {
  hits = []; active = -1; showHits();
  $("find").value = nodes[i].label;
  const changes = {node: nodes[i].id, link: ""};
  if (core.size) changes.added = new Set([...state.added, nodes[i].id]);
  if (state.only && !allowedNames().has(i)) changes.only = "";
  choose(changes, true);
}
$("find").addEventListener("input", search);
$("find").addEventListener("keydown", event => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hits.length) active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    showHits();
  } else if (event.key === "Enter" && hits.length) take(hits[Math.max(0, active)]);
  else if (event.key === "Escape") { hits = []; showHits(); }
});
$("find").addEventListener("blur", () => setTimeout(() => { hits = []; showHits(); }, 200));

// Filters
function choice(label, mark, change) {
  const box = el("input", "", {type: "checkbox"}), number = el("span", "", {cls: "count"});
  box.addEventListener("change", () => change(box.checked));
  return {box, number, row: el("label", [box, mark, label, number], {cls: "choice"})};
}
const toggled = (set, value, on) => { const next = new Set(set); if (on) next.add(value); else next.delete(value); return next; };
const familyBoxes = new Map(families.map(family => {
  const made = choice(family, swatch({standing: "asserted", relation: {family}}), on => choose({hidden: toggled(state.hidden, family, !on)}));
  $("families").append(made.row);
  return [family, made];
}));
const standingBoxes = new Map(data.standings.map(standing => {
  const made = choice(STANDING_WORDS[standing], swatch({standing, relation: {family: "position"}}), on => choose({standings: toggled(state.standings, standing, on)}));
  made.box.value = standing;
  $("standings").append(made.row);
  return [standing, made];
}));
const toneBoxes = new Map(TONES.slice().reverse().map(([tone]) => {
  const made = choice({for: "for the other", against: "against the other", neither: "neither"}[tone], swatch({standing: "asserted", tone}), on => choose({muted: toggled(state.muted, tone, !on)}));
  $("tones").append(made.row);
  return [tone, made];
}));
$("tint").addEventListener("change", () => choose({tint: $("tint").checked ? "tone" : "family"}));
const partySizes = new Map();
for (const node of nodes) if (node.party) partySizes.set(node.party, [(partySizes.get(node.party) || [0])[0] + 1, node.color]);
const parties = [...partySizes].sort((a, b) => b[1][0] - a[1][0] || (a[0] < b[0] ? -1 : 1));
$("party").append(...parties.map(([name, [size]]) => el("option", `${name} (${size})`, {value: name})));
$("parties").append(...parties.slice(0, 8).map(([name, [, fill]]) => {
  const dot = document.createElementNS("http://www.w3.org/2000/svg", "svg"), disc = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  dot.setAttribute("viewBox", "0 0 10 10"); dot.setAttribute("class", "dot"); dot.setAttribute("aria-hidden", "true");
  for (const [key, value] of Object.entries({cx: 5, cy: 5, r: 4.4, fill, stroke: "currentColor", "stroke-width": .8})) disc.setAttribute(key, value);
  dot.append(disc);
  return el("li", [dot, nameText(name)]);
}));
$("party").addEventListener("change", () => choose({party: $("party").value}));
$("support").addEventListener("change", () => choose({support: Math.min(99, Math.max(1, parseInt($("support").value, 10) || 1))}));

// Time: days between the first and the last date; the ends mean no bound.
const days = Number.isFinite(minDay) ? maxDay - minDay : 0;
const endText = day => isoDay(minDay + day) + (day === 0 && firstDays[0] < minDay ? " and before" : day === days && lastDays.at(-1) > maxDay ? " and after" : "");
for (const id of ["from", "until"]) {
  $(id).max = days;
  $(id).disabled = days === 0;
  let waiting = 0;
  $(id).addEventListener("input", () => {
    const [low, high] = [Math.min(+$("from").value, +$("until").value), Math.max(+$("from").value, +$("until").value)];
    $("from-date").textContent = endText(low); $("until-date").textContent = endText(high);
    clearTimeout(waiting);
    waiting = setTimeout(() => choose({from: low > 0 ? isoDay(minDay + low) : "", until: high < days ? isoDay(minDay + high) : ""}), links.length > 2000 ? 150 : 30);
  });
}
const BARS = 40, bars = Array.from({length: BARS}, () => 0);
for (const s of dated) bars[Math.max(0, Math.min(BARS - 1, Math.floor((firstDay(s[DATE]) - minDay) / (days + 1) * BARS)))]++;
const barRects = bars.map((size, i) => {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect"), height = size ? 2 + 34 * size / Math.max(...bars) : 0;
  for (const [key, value] of Object.entries({x: i * 200 / BARS, width: 200 / BARS - 1, y: 36 - height, height})) rect.setAttribute(key, value);
  $("bars").append(rect);
  return rect;
});
const undated = data.statements.length - dated.length;
$("undated").textContent = undated ? `${count(undated, "statement")} without a date: shown only while all times are.` : "";

// How many lines each box stands for, under the other filters.
function countBoxes() {
  const names = allowedNames(), inside = links.filter(drawable(names));
  for (const [boxes, but, kind] of [[familyBoxes, "hidden", link => link.relation.family], [standingBoxes, "standings", link => link.standing], [toneBoxes, "muted", toneOf]]) {
    const sums = new Map();
    for (const link of inside) if (passes(link, but)) sums.set(kind(link), (sums.get(kind(link)) || 0) + 1);
    for (const [value, {number}] of boxes) number.textContent = digits(sums.get(value) || 0);
  }
}
function drawFilters() {
  countBoxes();
  $("tint").checked = state.tint === "tone";
  for (const [tone, {box}] of toneBoxes) box.checked = !state.muted.has(tone);
  for (const [family, {box}] of familyBoxes) box.checked = !state.hidden.has(family);
  for (const [standing, {box}] of standingBoxes) box.checked = state.standings.has(standing);
  $("party").value = state.party;
  $("support").value = state.support;
  const low = state.from ? firstDay(state.from) - minDay : 0, high = state.until ? lastDay(state.until) - minDay : days;
  if (document.activeElement !== $("from")) $("from").value = low;
  if (document.activeElement !== $("until")) $("until").value = high;
  $("from-date").textContent = days ? endText(Math.max(0, low)) : "";
  $("until-date").textContent = days ? endText(Math.min(days, high)) : "";
  barRects.forEach((rect, i) => rect.setAttribute("class", (i + 1) * (days + 1) / BARS > low && i * (days + 1) / BARS <= high ? "in" : ""));
  const only = nodes[nodeNumber.get(state.only)];
  $("only").hidden = !only;
  if (only) {
    const reach = el("select", [1, 2, 3, 4].map(hops => el("option", count(hops, "step"), {value: hops})), {"aria-label": "How far around"});
    reach.value = state.hops;
    reach.addEventListener("change", () => choose({hops: +reach.value}));
    $("only").replaceChildren("Only around ", nameText(only.label), reach, el("button", "Show all names", {click: () => choose({only: ""})}));
  }
}

// Buttons and keys
function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", dark);
  readShade();
}
function toggleView(view) {
  choose({view: state.view === view ? "picture" : view});
  if (state.view !== "picture") { $("list").scrollTop = 0; $("list").focus(); } else { net.redraw(); if (!fitted) fit(); $("net").focus(); }
}
function clearAll() { state = fresh(); $("find").value = ""; render(); net.redraw(); fit(); }
for (const view of ["list", "timeline"]) $("view-" + view).addEventListener("click", () => toggleView(view));
$("skip").addEventListener("click", () => { if (state.view !== "list") toggleView("list"); else $("list").focus(); });
$("fit").addEventListener("click", () => fit());
$("reset").addEventListener("click", clearAll);
$("theme").addEventListener("click", () => { setTheme(document.documentElement.dataset.theme !== "dark"); render({repaint: true}); });
const KEYS = {
  ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(.8), "0": fit};
$("net").addEventListener("keydown", event => { if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); } });
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape" && event.target !== $("find")) choose({node: "", link: ""});
  else if (!typing && event.key === "/") { event.preventDefault(); $("find").focus(); $("find").select(); }
  else if (!typing && event.key === "l") { event.preventDefault(); toggleView("list"); }
  else if (!typing && event.key === "t") { event.preventDefault(); toggleView("timeline"); }
});
addEventListener("hashchange", () => {
  if (location.hash.slice(1) === address) return;
  address = location.hash.slice(1);
  state = fromHash(location.hash);
  render();
});

if (matchMedia("(max-width: 760px)").matches) $("fold").open = false;
setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", event => { setTheme(event.matches); render({repaint: true}); });
address = location.hash.slice(1);
state = fromHash(location.hash);
render();
net.on("click", hit => {
  if (hit.nodes.length) choose({node: hit.nodes[0], link: ""}); else if (hit.edges.length) choose({link: hit.edges[0], node: ""}); else choose({node: "", link: ""});
});
net.on("doubleClick", hit => { if (hit.nodes.length) expand(nodeNumber.get(hit.nodes[0])); });
$("empty").append(nothing());
show(opening());
if (state.node && !state.only && drawnNodes.get(state.node)) { net.focus(state.node, {scale: 1}); writeNames(); }
if (!state.only) centreLink();
// For notebooks and tests: the parts of the page by name.
globalThis.graphbuild = {net, data, get state() { return state; }};
document.body.dataset.ready = "true";
