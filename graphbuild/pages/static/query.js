// The query page: runs a query against /sparql, shows rows as a table, and saves answers as files.
"use strict";

const element = (id) => document.getElementById(id);
const query = element("query");
const shipped = element("shipped");
const status = element("status");
const problem = element("problem");
const result = element("result");
const SHOWN = 1000;

function currentParameters() {
  return document.querySelector(`fieldset[data-query="${CSS.escape(shipped.value)}"]`);
}

// A query that goes on where SPARQL ends is answered by name, as long as its text is as shipped.
let loaded = null;

function addressNow() {
  const option = shipped.selectedOptions[0];
  return option && "step" in option.dataset && query.value === loaded ? `/queries/${encodeURIComponent(shipped.value)}?${given()}` : "/sparql";
}

function given() {
  const values = new URLSearchParams();
  for (const input of currentParameters().querySelectorAll("input")) {
    if (input.value.trim()) values.set(input.name, input.value.trim());
  }
  return values;
}

function fail(text) {
  problem.textContent = text;
  problem.hidden = false;
  status.textContent = "";
}

async function loadShipped() {
  for (const fieldset of document.querySelectorAll("fieldset.parameters")) {
    fieldset.hidden = fieldset.dataset.query !== shipped.value;
  }
  if (!shipped.value) return true;
  const missing = [...currentParameters().querySelectorAll("input[required]")].filter((input) => !input.value.trim());
  if (missing.length) {
    problem.hidden = true;
    loaded = null;
    status.textContent = `Fill in: ${missing.map((input) => input.name).join(", ")}`;
    return false;
  }
  status.textContent = "";
  const response = await fetch(`/queries/${encodeURIComponent(shipped.value)}.rq?${given()}`);
  const text = await response.text();
  if (!response.ok) {
    fail(text);
    return false;
  }
  problem.hidden = true;
  query.value = text;
  loaded = query.value;
  return true;
}

async function ask(accept) {
  problem.hidden = true;
  status.textContent = "Running…";
  const started = performance.now();
  const address = addressNow();
  const response = await (address === "/sparql"
    ? fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: accept },
        body: query.value,
      })
    : fetch(address, { headers: { Accept: accept } }));
  const text = await response.text();
  if (!response.ok) {
    fail(text);
    return null;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  return { text, seconds, type: response.headers.get("Content-Type") || "" };
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri" && /^https?:/.test(term.value)) {
    const link = document.createElement("a");
    const minted = /\/(person|organisation|group|place|phrase|statement|evidence|article|mention|correction)\/([^/]+)$/.exec(term.value);
    link.href = minted ? `/id/${minted[1]}/${minted[2]}` : term.value;
    link.rel = "noreferrer";
    link.textContent = minted ? `${minted[1]}:${minted[2]}` : term.value;
    td.append(link);
  } else {
    td.textContent = term.value;
    if (/#(integer|decimal|double|float)$/.test(term.datatype || "")) td.className = "number";
  }
  return td;
}

function showRows(data) {
  const rows = data.results.bindings;
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of data.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const tr = body.insertRow();
    for (const name of data.head.vars) tr.append(cell(row[name]));
  }
  result.replaceChildren(table);
  return `${rows.length} rows` + (rows.length > SHOWN ? `, the first ${SHOWN} shown; download for all` : "");
}

function showText(text) {
  const pre = document.createElement("pre");
  pre.textContent = text;
  result.replaceChildren(pre);
  return "graph";
}

async function run(event) {
  if (event) event.preventDefault();
  const answer = await ask("application/sparql-results+json, text/turtle;q=0.9");
  if (!answer) return;
  let summary;
  if (answer.type.startsWith("application/sparql-results+json")) {
    const data = JSON.parse(answer.text);
    summary = "boolean" in data ? showText(String(data.boolean)) && String(data.boolean) : showRows(data);
  } else {
    summary = showText(answer.text);
  }
  status.textContent = `${summary} in ${answer.seconds} s`;
}

async function download() {
  const accept = element("format").value;
  const answer = await ask(accept);
  if (!answer) return;
  const ending = { csv: "csv", "tab-separated": "tsv", json: "json", xml: "xml", turtle: "ttl" };
  const name = Object.keys(ending).find((part) => accept.includes(part));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([answer.text], { type: accept }));
  link.download = `${shipped.value || "query"}.${ending[name]}`;
  link.click();
  URL.revokeObjectURL(link.href);
  status.textContent = `Saved ${link.download}`;
}

element("form").addEventListener("submit", run);
element("download").addEventListener("click", download);
shipped.addEventListener("change", loadShipped);
for (const input of document.querySelectorAll("fieldset.parameters input")) input.addEventListener("change", loadShipped);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event);
});
