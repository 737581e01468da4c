// The picture: vis-network with fixed places; only what changes is touched.

const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
// Standing is told by the line as well: whole for fact, broken for the rest, a bar instead of an arrow for "not".
const DASHES = {asserted: false, claimed: [9, 5], intended: [2, 4], possible: [10, 4, 2, 4], denied: [5, 7], negated: [5, 7]};
const drawnNodes = new vis.DataSet(), drawnEdges = new vis.DataSet();
let shade = {};

// Made once the first names and links are in, which is quicker than to add them to an empty picture.
let net = null;
const many = links.length > 800;
function startPicture() {
  net = new vis.Network($("net"), {nodes: drawnNodes, edges: drawnEdges}, {
    physics: false, layout: {improvedLayout: false}, autoResize: true,
    interaction: {hover: true, tooltipDelay: 200, multiselect: false, keyboard: false, hideEdgesOnDrag: many},
    nodes: {borderWidth: 1.5, borderWidthSelected: 4, scaling: {label: {drawThreshold: READABLE}}},
    edges: {
      arrowStrikethrough: false, labelHighlightBold: false, selectionWidth: 2, hoverWidth: 1, scaling: {label: {drawThreshold: 9}},
      arrows: {to: {enabled: true, scaleFactor: .7}}, smooth: many ? false : {enabled: true, type: "curvedCW", roundness: .08},
      font: {size: 11, color: shade.fg, strokeWidth: many ? 0 : 2, strokeColor: shade.bg, align: "middle"}},
  });
  net.on("zoom", writeNamesSoon);
  net.on("animationFinished", () => writeNames());
}

function readShade() {
  shade = {fg: colour("fg"), bg: colour("bg"), quiet: colour("quiet"), accent: colour("accent"), not: colour("not")};
  for (const family of families) shade[family] = colour(family) || colour("position");
  for (const [tone] of TONES) shade[tone] = colour(tone);
}
function nodeView(node) {
  const place = placeOf(node);
  return {
    id: node.id, label: wrap(node.label), shape: node.shape, x: place.x, y: place.y, size: node.size,
    title: node.label + (node.party && node.party !== node.label ? "\n" + node.party : ""),
    color: {background: node.color, border: shade.fg, highlight: {background: node.color, border: shade.accent}, hover: {background: node.color, border: shade.accent}},
    font: fontOf(...(written.get(node.id) || [ownSize(node), false]), node)};
}
const ownSize = node => Math.round(19 + .8 * Math.max(0, node.size - 12));
// Below its sign, or above it where there is no room below.
const fontOf = (size, above, node) => ({
  size, color: shade.fg, strokeWidth: many ? 0 : 3, strokeColor: shade.bg,
  vadjust: above ? -(2 * node.size + 1.25 * size * wrap(node.label).split("\n").length + 8) : 0});

// As on a map: the best connected names first, as large as can be read, and as many as find room.
const written = new Map(), READABLE = 9, AFAR = 10.5, MOST = 120;
function writeNames(frame) {
  const {scale, position: view} = frame?.scale ? frame : {scale: net.getScale(), position: net.getViewPosition()}, box = $("net"), taken = [], changes = [];
  const [across, down] = [box.clientWidth / scale, box.clientHeight / scale];
  // Outside the view nothing is to be read.
  const seen = ({x, y}) => Math.abs(x - view.x) < across * .7 && Math.abs(y - view.y) < down * .7;
  const apart = spot => other => spot[0] >= other[2] || other[0] >= spot[2] || spot[1] >= other[3] || other[1] >= spot[3];
  const order = drawnNodes.get().filter(seen).sort((a, b) => (b.id === state.node) - (a.id === state.node) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const signs = order.slice(0, 400).map(drawn => [drawn.x - drawn.size, drawn.y - drawn.size, drawn.x + drawn.size, drawn.y + drawn.size]);
  let count = 0;
  for (const [rank, drawn] of order.entries()) {
    const node = nodes[nodeNumber.get(drawn.id)], own = ownSize(node), font = Math.max(own, AFAR / scale), lines = drawn.label.split("\n");
    const half = .29 * font * Math.max(...lines.map(line => line.length)), high = 1.25 * font * lines.length;
    const spots = [[false, drawn.y + node.size + 1], [true, drawn.y - node.size - high - 1]].map(([above, top]) => [above, [drawn.x - half, top, drawn.x + half, top + high]]);
    // The name of a well connected one may hide a sign, though not of one with more links.
    const free = hidden => ([, spot]) => taken.every(apart(spot)) && signs.slice(0, hidden).every(apart(spot));
    const found = count < MOST && (spots.find(free(signs.length)) || rank < 25 && spots.find(free(rank)));
    if (found) { taken.push(found[1]); count++; }
    // One that finds no room is written so small that it is not drawn; close up all are.
    const [size, above] = found ? [font, found[0]] : own * scale >= READABLE + 4 ? [own, false] : [Math.min(own, (READABLE - 1.1) / scale), false];
    if (Math.abs(drawn.font.size - size) > .5 || above !== drawn.font.vadjust < 0) { written.set(node.id, [size, above]); changes.push({id: node.id, font: fontOf(size, above, node)}); }
  }
  if (changes.length) drawnNodes.update(changes);
}
let writing = 0;
function writeNamesSoon() { clearTimeout(writing); writing = setTimeout(() => writeNames(), 120); }
// The whole picture; not net.fit, which knows the names' sizes only once they are drawn.
let fitted = false;
function fitting() {
  const all = drawnNodes.get(), box = $("net"), [side, edge] = box.clientWidth < 500 ? [62, 70] : [95, 80];
  if (!all.length || !box.clientWidth) return {scale: 1, position: {x: 0, y: 0}};
  const [left, right, top, bottom] = [Math.min(...all.map(n => n.x)), Math.max(...all.map(n => n.x)), Math.min(...all.map(n => n.y)), Math.max(...all.map(n => n.y))];
  const scale = Math.max(.02, Math.min(1.2, (box.clientWidth - 2 * side) / Math.max(1, right - left), (box.clientHeight - edge) / Math.max(1, bottom - top)));
  return {position: {x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale}, scale};
}
// At first the whole is seen; where that is too small to read, as on a phone, the best connected name and what is around it.
function opening() {
  const whole = fitting(), most = drawnNodes.get().sort((a, b) => b.size - a.size)[0];
  if (!most || state.only || whole.scale >= ($("net").clientWidth < 500 ? .22 : .12)) return whole;
  return {position: {x: most.x, y: most.y}, scale: Math.min(.55, 2.2 * whole.scale)};
}
function show(frame) {
  if ($("net").clientWidth === 0) return;
  fitted = true;
  net.moveTo(frame);
  writeNames(frame);
}
const fit = () => show(fitting());
// Long words in lines of so many letters.
function wrap(words, letters = 22) {
  return words.length <= letters ? words : words.replace(new RegExp(`(.{${letters >> 1},${letters}})\\s+`, "g"), "$1\n");
}
// vis-network takes whole pixels, and writes the words of a line that is exactly level at the origin unless told that they lie.
const isLevel = link => Math.trunc(placeOf(nodes[link.from]).y) === Math.trunc(placeOf(nodes[link.to]).y);
function edgeView(link, support, lane, both) {
  const tint = NOT.has(link.standing) ? shade.not : shade[state.tint === "tone" ? toneOf(link) : link.relation.family];
  const view = {
    id: link.id, from: nodes[link.from].id, to: nodes[link.to].id, label: wrap(wordsOf(link), 30),
    title: `${nodes[link.from].label} ${wordsOf(link)} ${nodes[link.to].label}\n${STANDING_WORDS[link.standing]}, ${count(support, "independent text")}`,
    font: {align: isLevel(link) ? "horizontal" : "middle"}, dashes: DASHES[link.standing], color: {color: tint, highlight: tint, hover: tint}, width: Math.min(9, 1.2 + 1.2 * Math.sqrt(support))};
  if (NOT.has(link.standing)) view.arrows = {to: {enabled: true, scaleFactor: .7, type: "bar"}};
  // Lines between the same two names lie beside each other; a single one may be straight.
  if (lane || both || !many) view.smooth = {enabled: true, type: "curvedCW", roundness: .08 + .13 * lane};
  return view;
}
const digits = number => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const count = (number, noun) => digits(number) + " " + noun + (number === 1 ? "" : "s");

let lastLinks = [];
const drawnAs = new Map();
function drawPicture(repaint) {
  place();
  const now = visibleLinks(), names = new Set(), lanes = new Map(), edges = [];
  const pair = (from, to) => from * nodes.length + to, pairs = new Set(now.map(link => pair(link.from, link.to)));
  if (repaint) { drawnAs.clear(); net?.setOptions({edges: {font: {color: shade.fg, strokeColor: shade.bg}}}); }
  for (const link of now) {
    names.add(link.from); names.add(link.to);
    const key = pair(link.from, link.to), lane = lanes.get(key) || 0, support = supportOf(rowsOf(link)), both = pairs.has(pair(link.to, link.from));
    lanes.set(key, lane + 1);
    const look = `${support} ${lane} ${both} ${state.tint} ${isLevel(link)}`;
    if (drawnAs.get(link.id) !== look) { edges.push(edgeView(link, support, lane, both)); drawnAs.set(link.id, look); }
  }
  for (const id of [state.node, state.only]) if (nodeNumber.has(id)) names.add(nodeNumber.get(id));
  const wanted = new Set([...names].map(i => nodes[i].id)), edgeIds = new Set(now.map(link => link.id));
  const gone = drawnEdges.getIds().filter(id => !edgeIds.has(id)), left = drawnNodes.getIds().filter(id => !wanted.has(id));
  for (const id of gone) drawnAs.delete(id);
  if (gone.length) drawnEdges.remove(gone);
  if (left.length) drawnNodes.remove(left);
  const there = i => { const drawn = drawnNodes.get(nodes[i].id), spot = placeOf(nodes[i]); return drawn && drawn.x === spot.x && drawn.y === spot.y; };
  const added = [...names].filter(i => repaint || !there(i)).map(i => nodeView(nodes[i]));
  if (added.length) drawnNodes.update(added);
  if (edges.length) drawnEdges.update(edges);
  if (!net) {
    // Names are written before there is a picture, which saves drawing it twice.
    if ($("net").clientWidth) writeNames(opening());
    startPicture();
  }
  $("empty").hidden = state.view !== "picture" || now.length > 0 || names.size > 0;
  document.body.dataset.tint = state.tint;
  const all = core.size || state.only ? ` of ${digits(nodes.length)}` : "";
  $("status").textContent = `${digits(names.size)}${all} names, ${count(now.length, "relation")} shown`;
  lastLinks = now;
}
function showSelection() {
  const link = linkById.get(state.link);
  if (link && drawnEdges.get(link.id)) net.setSelection({nodes: [], edges: [link.id]});
  else if (drawnNodes.get(state.node)) net.setSelection({nodes: [state.node], edges: net.getConnectedEdges(state.node)});
  else if (net.getSelectedNodes().length || net.getSelectedEdges().length) net.unselectAll();
}
function centre(id) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (drawnNodes.get(id)) net.focus(id, {scale: Math.max(.8, net.getScale()), animation: still ? false : {duration: 250}});
  writeNamesSoon();
}
// Both ends of the chosen line into view.
function centreLink() {
  const link = linkById.get(state.link);
  if (!link || state.view !== "picture" || !drawnEdges.get(link.id)) return;
  const [a, b] = [placeOf(nodes[link.from]), placeOf(nodes[link.to])], box = $("net");
  const scale = Math.min(1, box.clientWidth / (Math.abs(a.x - b.x) + 300), box.clientHeight / (Math.abs(a.y - b.y) + 300));
  net.moveTo({position: {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2}, scale});
  writeNamesSoon();
}
function zoom(factor) { net.moveTo({scale: net.getScale() * factor}); writeNamesSoon(); }
function pan(x, y) {
  const place = net.getViewPosition(), step = 80 / net.getScale();
  net.moveTo({position: {x: place.x + x * step, y: place.y + y * step}});
}
