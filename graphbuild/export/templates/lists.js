// The relations of the picture as a list, and as a timeline.

function drawList() {
  const sorted = lastLinks.slice().sort(bySupport), step = 200, body = el("tbody");
  const told = sorted.some(link => link.standing !== "asserted");
  const row = link => {
    const days = rowsOf(link).map(row => data.statements[row][DATE]).filter(Boolean).sort();
    return el("tr", [
      el("th", nameButton(link.from), {scope: "row"}), el("td", el("button", wordsOf(link), {click: () => choose({link: link.id, node: ""}, true)})),
      el("td", nameButton(link.to)), ...(told ? [el("td", STANDING_WORDS[link.standing])] : []), el("td", days.length ? days[0] : "", {cls: "date"}), el("td", String(supportOf(rowsOf(link))))]);
  };
  const show = start => body.append(...sorted.slice(start, start + step).map(row));
  show(0);
  const table = el("table", [el("caption", `${count(sorted.length, "relation")}, best supported first`), el("thead", el("tr", ["Who", "does", "to whom", ...(told ? ["how it is said"] : []), "since", "texts"].map(word => el("th", word, {scope: "col", ...(word === "since" ? {class: "date"} : {})})))), body]);
  const more = el("button", "Show more", {click: () => { show(body.rows.length); more.hidden = body.rows.length >= sorted.length; }});
  more.hidden = sorted.length <= step;
  $("list").replaceChildren(...(sorted.length ? [table, more] : [nothing()]));
}
// One entry a relation and day, under its month; a relation that is told on several days has several.
function drawTimeline() {
  const entries = new Map();
  for (const link of lastLinks) for (const row of rowsOf(link)) {
    const day = data.statements[row][DATE], key = day + " " + link.i;
    if (entries.has(key)) entries.get(key).rows.push(row); else entries.set(key, {day, link, rows: [row]});
  }
  const sorted = [...entries.values()].sort((a, b) => (a.day || "9") < (b.day || "9") ? -1 : (a.day || "9") > (b.day || "9") ? 1 : supportOf(b.rows) - supportOf(a.rows) || a.link.i - b.link.i);
  const box = $("list"), step = 300;
  let month = null, items = null;
  const show = start => {
    for (const {day, link, rows} of sorted.slice(start, start + step)) {
      if (day.slice(0, 7) !== month) {
        month = day.slice(0, 7);
        items = el("ul", "", {cls: "plain times"});
        box.append(el("h3", month || "Without a date"), items);
      }
      items.append(el("li", [el("span", day.slice(8) || "", {cls: "day"}), swatchBox(link), el("button", [nameText(nodes[link.from].label), " " + wordsOf(link) + " ", nameText(nodes[link.to].label),
        el("span", ` (${sentences(rows).size}${link.standing === "asserted" ? "" : ", " + STANDING_WORDS[link.standing]})`, {cls: "meta"})], {click: () => choose({link: link.id, node: ""}, true)})]));
    }
    if (sorted.length > start + step) {
      const more = el("button", `${sorted.length - start - step} more`, {click: () => { more.remove(); show(start + step); }});
      box.append(more);
    }
  };
  box.replaceChildren(sorted.length ? el("p", "By the day of the event where the article tells it, otherwise of the article. In brackets: sentences.", {cls: "meta"}) : nothing());
  show(0);
}
function nothing() {
  return el("p", links.length ? ["Nothing passes these filters. ", el("button", "Clear all filters", {click: clearAll})] : "This graph holds no relations between names.", {cls: "none"});
}
