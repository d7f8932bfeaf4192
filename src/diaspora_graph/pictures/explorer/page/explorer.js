"use strict";
/* The controls: legend, filters, search, keys; and their links to diagram and panel. */

const at = (id) => document.getElementById(id);

function choose({ node = "", line = "" }) {
  chosen.node = node;
  chosen.line = line;
  if (node && !nodeShows(nodeOf.get(node))) {
    chosen.focus = "";
    chosen.typesOff.delete(nodeOf.get(node).type);
    renderLegend();
  }
  refresh();
  if (node) reveal(node);
}

function refresh() {
  redraw();
  renderPanel();
  renderCount();
  renderName();
  writeAddress();
}

function renderCount() {
  const values = {
    nodes: scene.nodes.filter(nodeShows).length,
    allNodes: scene.nodes.length,
    lines: scene.lines.filter(lineShows).length,
    allLines: scene.lines.length,
  };
  at("count").textContent = word("count", values);
}

/* The text of the diagram for screen readers: its size, and what is selected in it. */
function renderName() {
  let selected = "";
  if (chosen.node) selected = `: ${say(nodeOf.get(chosen.node).label)}`;
  at("canvas").setAttribute("aria-label", `${word("diagram")}. ${at("count").textContent}${selected}`);
}

/* ---- legend ---- */

function legendRow(group, name, label, sample, off, count) {
  const row = element("label", "", { class: "row" });
  const box = element("input", "", { type: "checkbox", "data-group": group, "data-name": name });
  box.checked = !off.has(name);
  box.addEventListener("change", () => {
    if (box.checked) off.delete(name);
    else off.add(name);
    refresh();
  });
  row.append(box, sample, element("span", label, { dir: "auto" }), element("span", String(count), { class: "number" }));
  return row;
}

/* The meaning of lines without a head and lines with a question mark, if there are any. */
function marks() {
  const row = (sample, text) => {
    const made = element("p", "", { class: "row mark" });
    made.append(sample, element("span", text, { dir: "auto" }));
    return made;
  };
  const plain = { line: "solid", colour: "#666666", dark: "#aaaaaa" };
  const rows = [];
  if (scene.lines.some((line) => line.symmetric)) rows.push(row(lineSample(plain, false), word("both")));
  if (scene.lines.some((line) => line.disputed)) rows.push(row(element("span", "?", { class: "question" }), word("disputed")));
  return rows;
}

function renderLegend() {
  const many = (rows, key, name) => rows.filter((row) => row[key] === name).length;
  at("types").replaceChildren(
    ...scene.types.map((type) =>
      legendRow("type", type.name, say(type.label), shapeSample(type), chosen.typesOff, many(scene.nodes, "type", type.name))),
  );
  at("families").replaceChildren(
    ...scene.families.map((family) =>
      legendRow("family", family.name, say(family.label), lineSample(family), chosen.familiesOff, many(scene.lines, "family", family.name))),
    ...marks(),
  );
}

/* ---- search ---- */

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function findNodes(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const rank = (node) => Math.min(...[...Object.values(node.label), ...node.names].map((label) => {
    const place = fold(label).indexOf(wanted);
    return place < 0 ? Infinity : place;
  }));
  return scene.nodes
    .map((node) => [rank(node), node])
    .filter(([place]) => place < Infinity)
    .sort(([one], [two]) => one - two)
    .slice(0, 8)
    .map(([, node]) => node);
}

function renderFound() {
  const text = at("search").value;
  const found = findNodes(text);
  const rows = found.map((node) => {
    const item = element("li");
    const button = element("button", say(node.label), { type: "button", dir: "auto" });
    button.append(element("span", ` · ${say(typeOf.get(node.type).label)}`, { class: "silent" }));
    button.addEventListener("click", () => choose({ node: node.id }));
    item.append(button);
    return item;
  });
  if (text.trim() && !found.length) rows.push(element("li", word("nothingFound"), { class: "silent" }));
  at("found").replaceChildren(...rows);
}

/* ---- filters on evidence ---- */

function renderFilters() {
  const options = [["", word("anyConfidence")]];
  for (const name of confidences.slice(1)) options.push([name, word("atLeast", { word: sayWord("confidence", name) })]);
  at("confidence").replaceChildren(...options.map(([value, text]) => element("option", text, { value })));
  at("confidence").value = chosen.confidence;
  at("confidence-row").hidden = confidences.length < 2;
  at("year").value = chosen.year ?? "";
  at("undated").checked = chosen.undated;
}

/* ---- language and theme ---- */

function renderWords() {
  document.documentElement.lang = chosen.language;
  document.documentElement.dataset.theme = chosen.dark ? "dark" : "light";
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  at("fit").textContent = word("fit");
  at("save").textContent = word("save");
  at("theme").textContent = word(chosen.dark ? "light" : "dark");
  at("zoom-in").setAttribute("aria-label", word("zoomIn"));
  at("zoom-out").setAttribute("aria-label", word("zoomOut"));
  at("language").value = chosen.language;
}

function renderAll() {
  renderWords();
  renderLegend();
  renderFilters();
  renderFound();
  refresh();
}

/* ---- keys ---- */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/* The nearest node in a direction, those joined to this one first among equals. */
function nextNode(way) {
  const shown = scene.nodes.filter(nodeShows);
  if (!shown.length) return "";
  if (!chosen.node) return shown[0].id;
  const here = network.getPosition(chosen.node);
  let best = ["", Infinity];
  for (const node of shown) {
    const there = network.getPosition(node.id);
    const along = (there.x - here.x) * way[0] + (there.y - here.y) * way[1];
    const aside = Math.abs((there.x - here.x) * way[1]) + Math.abs((there.y - here.y) * way[0]);
    const cost = along + 2 * aside;
    if (node.id !== chosen.node && along > 1 && cost < best[1]) best = [node.id, cost];
  }
  return best[0] || chosen.node;
}

function onCanvasKey(event) {
  if (WAYS[event.key]) choose({ node: nextNode(WAYS[event.key]) });
  else if (event.key === "Enter") at("panel-title").focus();
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

function onKey(event) {
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "/" && !typing) {
    at("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    at("search").value = "";
    renderFound();
    chosen.focus = "";
    choose({});
  }
}

function reset() {
  chosen.typesOff.clear();
  chosen.familiesOff.clear();
  Object.assign(chosen, { confidence: "", year: null, undated: true, focus: "" });
  renderLegend();
  renderFilters();
  refresh();
  fit();
}

/* ---- start ---- */

function listen() {
  network.on("click", ({ nodes: [node = ""], edges: [line = ""] }) => choose(node ? { node } : { line }));
  at("fit").addEventListener("click", () => fit());
  at("zoom-in").addEventListener("click", () => zoom(1.25));
  at("zoom-out").addEventListener("click", () => zoom(0.8));
  at("save").addEventListener("click", save);
  at("reset").addEventListener("click", reset);
  at("theme").addEventListener("click", () => {
    chosen.dark = !chosen.dark;
    renderAll();
  });
  at("language").addEventListener("change", (event) => {
    chosen.language = event.target.value;
    renderAll();
  });
  at("confidence").addEventListener("change", (event) => {
    chosen.confidence = event.target.value;
    refresh();
  });
  at("year").addEventListener("input", (event) => {
    chosen.year = event.target.value === "" ? null : Number(event.target.value);
    refresh();
  });
  at("undated").addEventListener("change", (event) => {
    chosen.undated = event.target.checked;
    refresh();
  });
  at("search").addEventListener("input", renderFound);
  at("search").addEventListener("keydown", (event) => {
    const first = findNodes(event.target.value)[0];
    if (event.key === "Enter" && first) choose({ node: first.id });
  });
  at("canvas").addEventListener("keydown", onCanvasKey);
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    readAddress();
    renderAll();
  });
}

/* A picture of very many nodes opens with the node with most lines and its neighbours. */
const MANY = 150;
function openAtHub() {
  const hub = scene.nodes.reduce((one, two) => (linesAt.get(two.id).length > linesAt.get(one.id).length ? two : one));
  chosen.focus = chosen.node = hub.id;
}

const NAMES = { en: "English", kk: "Қазақша", ru: "Русский" };
for (const name of scene.languages) at("language").append(element("option", NAMES[name], { value: name, lang: name }));
document.documentElement.classList.add("runs");
at("everything").open = false;
if (scene.nodes.length > MANY && !location.hash) openAtHub();
else readAddress();
listen();
renderAll();
fit(false);
if (chosen.node && !chosen.focus) reveal(chosen.node);
window.explorer = { chosen, network, nodes, edges, scene };
