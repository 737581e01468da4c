// Places around one name: the picture of "only this and its neighbours" is drawn anew in rings, one a step.

let rings = new Map();
const placeOf = node => rings.get(node.id) || node;
const RING = 230;  // pixels between rings

function place() {
  rings = new Map();
  if (!nodeNumber.has(state.only)) return;
  const centre = nodeNumber.get(state.only), below = new Map([[centre, []]]), order = [centre];
  // Each name hangs on the first one that reaches it; friends and foes of a name stand together.
  for (let hop = 0, edge = [centre]; hop < state.hops && edge.length; hop++) {
    const next = [];
    for (const name of edge) {
      const near = linksOf[name].filter(link => link.to >= 0 && passes(link)).sort((a, b) => a.relation.sign - b.relation.sign || (a.relation.family < b.relation.family ? -1 : a.relation.family > b.relation.family ? 1 : a.i - b.i));
      for (const link of near) {
        const other = link.from === name ? link.to : link.from;
        if (below.has(other)) continue;
        below.set(other, []); below.get(name).push(other); next.push(other); order.push(other);
      }
    }
    edge = next;
  }
  const ends = new Map();
  for (const name of order.slice().reverse()) ends.set(name, Math.max(1, below.get(name).reduce((sum, other) => sum + ends.get(other), 0)));
  // As much wider than high as the page.
  const flat = Math.min(1.6, Math.max(.75, 1.1 * $("net").clientWidth / Math.max(1, $("net").clientHeight)));
  const step = Math.max(RING, (ends.get(centre) > 14 ? 17 : 25) * below.get(centre).length, 9 * ends.get(centre));
  const set = (name, from, share, ring) => {
    let start = from;
    below.get(name).forEach((other, i) => {
      const width = share * ends.get(other) / ends.get(name);
      // In a crowded ring every second name stands further out, which leaves room for the words.
      const out = ring * step + (ends.get(centre) > 14 && i % 2 ? step * .45 : 0);
      rings.set(nodes[other].id, {x: Math.round(flat * out * Math.cos(start + width / 2)), y: Math.round(out * Math.sin(start + width / 2))});
      set(other, start, width, ring + 1);
      start += width;
    });
  };
  rings.set(nodes[centre].id, {x: 0, y: 0});
  set(centre, -Math.PI, 2 * Math.PI, 1);
}
