// The cards at the side, and the list. All text is set as text, never as markup.

function el(tag, content, options) {
  const made = document.createElement(tag), {cls, click, ...attributes} = options || {};
  for (const part of [content ?? ""].flat()) made.append(part);
  if (cls) made.className = cls;
  if (click) made.addEventListener("click", click);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
// A name stands by itself, whichever way its letters run.
const nameText = text => el("bdi", text);
const nameButton = i => el("button", nameText(nodes[i].label), {cls: "name", click: () => choose({node: nodes[i].id, link: ""}, true)});
const TYPES = {person: "person", organisation: "party or body", group: "group of people", place: "place"};
// Statements by the sentence they were read from: two rules may have read the same one.
function sentences(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = data.statements[row].filter((part, i) => i !== TRIGGER && i !== CONFIDENCE).join("\n");
    if (found.has(key)) found.get(key).push(row); else found.set(key, [row]);
  }
  return found;
}
const bySupport = (a, b) => supportOf(rowsOf(b)) - supportOf(rowsOf(a)) || a.i - b.i;

function swatch(link) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "svg"), stroke = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("viewBox", "0 0 36 10");
  line.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({x1: 0, x2: 36, y1: 5, y2: 5, "stroke-width": 3, stroke: `var(--${NOT.has(link.standing) ? "not" : link.tone || link.relation.family})`})) stroke.setAttribute(name, value);
  if (DASHES[link.standing]) stroke.setAttribute("stroke-dasharray", DASHES[link.standing].join(" "));
  line.append(stroke);
  if (NOT.has(link.standing)) {
    const bar = stroke.cloneNode();
    for (const [name, value] of Object.entries({x1: 34, x2: 34, y1: 0, y2: 10})) bar.setAttribute(name, value);
    bar.removeAttribute("stroke-dasharray");
    line.append(bar);
  }
  return line;
}
function linkButton(link, from) {
  const parts = link.from === from
    ? [wordsOf(link) + " ", nameText(link.to >= 0 ? nodes[link.to].label : link.words || "(the text does not say)")]
    : [nameText(nodes[link.from].label), " " + wordsOf(link) + " ", nameText(nodes[link.to].label)];
  const rows = rowsOf(link), note = link.standing === "asserted" ? "" : ", " + STANDING_WORDS[link.standing];
  return el("button", [...parts, el("span", ` (${sentences(rows).size}${note})`, {cls: "meta"})], {click: () => choose({link: link.id, node: ""}, true)});
}
function buttonList(items, from, shown = 40) {
  const list = el("ul", items.slice(0, shown).map(link => el("li", linkButton(link, from))), {cls: "plain"});
  if (items.length > shown) {
    const more = el("li", el("button", `${items.length - shown} more`, {click: () => more.replaceWith(...items.slice(shown).map(link => el("li", linkButton(link, from))))}));
    list.append(more);
  }
  return list;
}

function nodeCard(i) {
  const node = nodes[i], all = linksOf[i], shown = all.filter(link => link.to >= 0 && passes(link)).sort(bySupport);
  const facts = all.filter(link => link.to < 0 && passes(link)).sort(bySupport), others = all.filter(link => rowsOf(link).length && !state.standings.has(link.standing));
  const party = node.party && node.party !== node.label ? node.party : "";
  const card = [el("h2", nameText(node.label), {tabindex: "-1"}), el("p", [[TYPES[node.type] || node.type, node.kind !== node.type && node.kind, party].filter(Boolean).join(" · ")], {cls: "meta"})];
  if (node.wikidata) card.push(el("p", el("a", "Wikidata " + node.wikidata, {href: "https://www.wikidata.org/wiki/" + node.wikidata, rel: "noreferrer noopener", target: "_blank"}), {cls: "meta"}));
  const rows = [...shown, ...facts].flatMap(rowsOf), days = rows.map(row => data.statements[row][DATE]).filter(Boolean).sort();
  const span = days.length ? (days[0] === days.at(-1) ? `, ${days[0]}` : `, ${days[0]} to ${days.at(-1)}`) : "";
  card.push(el("p", `${count(shown.length, "relation")}, ${count(sentences(rows).size, "sentence")} in ${count(supportOf(rows), "independent text")}${span}`, {cls: "meta"}));
  card.push(el("p", actions(node, i), {cls: "buttons"}));
  if (facts.length) card.push(el("h3", "Roles and positions"), buttonList(facts, i, 12));
  const does = shown.filter(link => link.from === i), meets = shown.filter(link => link.from !== i);
  if (does.length) card.push(el("h3", "What " + node.label + " does"), buttonList(does, i));
  if (meets.length) card.push(el("h3", "What others do"), buttonList(meets, i));
  if (others.length) {
    const kinds = data.standings.filter(s => others.some(link => link.standing === s));
    const words = kinds.map(s => `${others.filter(link => link.standing === s).length} ${STANDING_WORDS[s]}`).join(", ");
    card.push(el("p", el("button", `Also show: ${words}`, {click: () => choose({standings: new Set([...state.standings, ...kinds])})})));
  }
  return card;
}
function actions(node, i) {
  const near = [...around(i, 1)], missing = near.filter(other => !drawnNodes.get(nodes[other].id));
  const made = [el("button", state.only === node.id ? "Show all names" : "Only this and its neighbours", {click: () => choose({only: state.only === node.id ? "" : node.id, hops: 1}, true)})];
  if (missing.length) made.push(el("button", `Add ${count(missing.length, "hidden neighbour")}`, {id: "expand", click: () => expand(i)}));
  return made;
}
function expand(i) {
  if (state.only) { choose({hops: Math.min(4, state.hops + 1)}); return; }
  choose({added: new Set([...state.added, ...[...around(i, 1)].map(other => nodes[other].id)])});
  centre(nodes[i].id);
}

function linkCard(link) {
  const rows = rowsOf(link), outlets = new Set(rows.map(row => data.articles[data.statements[row][ARTICLE]][A_OUTLET]).filter(Boolean));
  const target = link.to >= 0 ? nameButton(link.to) : nameText(link.words || "(the text does not say)");
  const card = [el("h2", [nameButton(link.from), " " + wordsOf(link) + " ", target], {tabindex: "-1"})];
  card.push(el("p", [swatchBox(link), ` ${STANDING_WORDS[link.standing]} · ${count(supportOf(rows), "independent text")}, ${count(outlets.size, "outlet")}, ${count(sentences(rows).size, "sentence")}`], {cls: "meta"}));
  const against = link.to < 0 ? [] : linksOf[link.from].filter(other => other.to === link.to && other.relation === link.relation && other !== link && rowsOf(other).length);
  if (against.length) card.push(el("p", "Also put otherwise:", {cls: "meta"}), buttonList(against, link.from));
  const ordered = [...sentences(rows).values()].sort((a, b) => (data.statements[a[0]][DATE] < data.statements[b[0]][DATE] ? -1 : data.statements[a[0]][DATE] > data.statements[b[0]][DATE] ? 1 : a[0] - b[0]));
  const box = el("div"), step = 50;
  const show = start => {
    box.append(...ordered.slice(start, start + step).map(same => quote(same, link)));
    if (ordered.length > start + step) {
      const more = el("button", `${ordered.length - start - step} more sentences`, {click: () => { more.remove(); show(start + step); }});
      box.append(more);
    }
  };
  show(0);
  return [...card, box];
}
function swatchBox(link) { return el("span", swatch(link), {cls: "line"}); }

const WORD = /[\p{L}\p{N}]/u;
// Where a word stands in a text by itself, or -1.
function findWord(text, word) {
  for (let at = word ? text.indexOf(word) : -1; at >= 0; at = text.indexOf(word, at + 1))
    if (!WORD.test(text[at - 1] || " ") && !WORD.test(text[at + word.length] || " ")) return at;
  return -1;
}
// The sentence with its deciding words marked and the two names in bold.
function marked(text, triggers, names) {
  const spans = [];
  for (const trigger of new Set(triggers)) {
    const at = findWord(text, trigger);
    if (at >= 0) spans.push([at, at + trigger.length, "mark"]);
  }
  for (const name of names) {
    const last = name.split(" ").at(-1), whole = findWord(text, name), place = whole >= 0 ? whole : findWord(text, last);
    if (place >= 0) spans.push([place, place + (whole >= 0 ? name : last).length, "b"]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  const line = el("bdi");
  let done = 0;
  for (const [start, end, tag] of spans) if (start >= done) { line.append(text.slice(done, start), el(tag, text.slice(start, end))); done = end; }
  line.append(text.slice(done));
  return el("p", line);
}
function quote(same, link) {
  const s = data.statements[same[0]], article = data.articles[s[ARTICLE]];
  const names = [nodes[link.from].label, link.to >= 0 ? nodes[link.to].label : link.words].filter(Boolean);
  const box = el("blockquote", marked(data.texts[s[TEXT]], same.map(row => data.statements[row][TRIGGER]), names));
  if (s[SOURCE]) box.append(el("p", ["Who says so: ", nameText(s[SOURCE])], {cls: "meta who"}));
  const extra = [s[MODALITY] !== "actual" && s[MODALITY], s[TOPIC] && "about " + s[TOPIC], s[ROLE] && "as " + s[ROLE]].filter(Boolean);
  if (extra.length) box.append(el("p", nameText(extra.join(" · ")), {cls: "meta"}));
  const where = [article[A_OUTLET], article[A_DATE], s[DATE] && s[DATE] !== article[A_DATE].slice(0, 10) && "event " + s[DATE]].filter(Boolean).join(" · ");
  box.append(el("p", nameText(where || article[A_ID]), {cls: "meta"}));
  const title = article[A_TITLE] || article[A_ID];
  box.append(el("p", article[A_URL] ? el("a", nameText(title), {href: article[A_URL], rel: "noreferrer noopener", target: "_blank"}) : nameText(title), {cls: "meta"}));
  return box;
}
function startCard() {
  const weight = nodes.map((node, i) => [i, linksOf[i].filter(link => link.to >= 0 && passes(link)).length]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const most = weight.filter(([, number]) => number).slice(0, 25);
  const outlets = new Set(data.articles.map(article => article[A_OUTLET]).filter(Boolean)).size;
  const dates = dated.map(s => s[DATE]).sort(), span = dates.length ? `, ${dates[0]} to ${dates.at(-1)}` : "";
  const about = `${count(data.statements.length, "statement")} read from ${count(data.articles.length, "article")}${outlets ? " of " + count(outlets, "outlet") : ""}${span}.`;
  if (!links.length) return [el("h2", "No relations"), el("p", data.articles.length ? about : "The articles state no relation between names, or all were left out when this page was made.", {cls: "meta"})];
  return [
    el("h2", "Who is connected most", {tabindex: "-1"}),
    el("p", about + " A program read them: look at the sentence before you rely on a line.", {cls: "meta"}),
    el("p", "Click a name or a line. Every line leads to the sentences it was read from.", {cls: "meta"}),
    el("ul", most.map(([i, number]) => el("li", el("button", [nameText(nodes[i].label), el("span", ` ${number}`, {cls: "meta", "aria-hidden": "true"})], {"aria-label": nodes[i].label, click: () => choose({node: nodes[i].id, link: ""}, true)}))), {cls: "plain"})];
}
function drawCard(focus) {
  const link = linkById.get(state.link), card = $("card");
  card.replaceChildren(...(link ? linkCard(link) : nodeNumber.has(state.node) ? nodeCard(nodeNumber.get(state.node)) : startCard()));
  document.body.dataset.chosen = link ? link.id : state.node;
  $("side").scrollTop = 0;
  // To the heading, where a keyboard or a screen reader goes on; on a phone the card is below the picture.
  if (focus) card.querySelector("h2").focus({preventScroll: !matchMedia("(max-width: 760px)").matches});
}
