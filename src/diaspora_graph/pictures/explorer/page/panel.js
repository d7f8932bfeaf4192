"use strict";
/* The evidence panel. Every text is set by textContent, never as HTML. */

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/* A web address, or nothing: other kinds of links are never made. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

function card(claim, denied = false) {
  const article = element("article", "", { class: denied ? "card denied" : "card" });
  const heading = element("h4", say(claim.text), { dir: "auto" });
  if (denied) heading.prepend(element("strong", word("denied")), " · ");
  article.append(heading);
  if (claim.gist) article.append(element("p", claim.gist, { class: "gist", dir: "auto" }));
  const list = element("dl");
  const row = (name, text, plain = "") => {
    if (!text) return;
    list.append(element("dt", word(name)), element("dd", text, { dir: "auto", ...(plain && { class: plain }) }));
  };
  row("source", claim.citation);
  row("locator", claim.locator);
  const silent = claim.not_after ? word("notAfter", { date: claim.not_after }) : word("notStated");
  row("valid", claim.valid || silent, claim.valid ? "" : "silent");
  row("cited", claim.cited.join("; "));
  row("confidence", claim.confidence && sayWord("confidence", claim.confidence));
  row("certainty", claim.certainty && sayWord("certainty", claim.certainty));
  row("status", claim.status && sayWord("status", claim.status));
  row("flags", claim.flags.join("; "), "doubt");
  row("note", claim.note);
  row("id", claim.id, "code");
  article.append(list);
  const address = webAddress(claim.url);
  if (address) {
    const link = element("a", word("open"), { href: address, target: "_blank", rel: "noopener noreferrer" });
    link.setAttribute("aria-label", `${word("open")}: ${claim.citation}`);
    article.append(element("p"));
    article.lastChild.append(link);
  }
  return article;
}

function countOf(number) {
  return number === 1 ? word("oneClaim") : word("claimsCount", { number });
}

/* A relation in words, with buttons for its two ends. */
function sentence(line) {
  const text = element("p", "", { class: "sentence", dir: "auto" });
  const end = (id) => {
    const button = element("button", say(nodeOf.get(id).label), { type: "button", class: "link" });
    button.addEventListener("click", () => choose({ node: id }));
    return button;
  };
  text.append(end(line.subject), ` ${say(line.phrase)} `, end(line.object));
  const marks = [line.symmetric && word("both"), line.disputed && word("disputed")].filter(Boolean);
  if (marks.length) text.append(element("span", ` (${marks.join(", ")})`, { class: "silent" }));
  return text;
}

function cardsOf(line) {
  const claims = line.claims.map((id) => claimOf.get(id));
  const shown = claims.filter(passes);
  const cards = shown.map((claim) => card(claim));
  if (shown.length < claims.length) {
    cards.push(element("p", word("filtered", { number: claims.length - shown.length }), { class: "silent" }));
  }
  return cards;
}

function denialsOf(test) {
  const found = scene.denials.filter(test);
  if (!found.length) return [];
  return [element("h3", word("denials")), ...found.map((claim) => card(claim, true))];
}

function linePanel(line) {
  const family = familyOf.get(line.family);
  const ends = new Set([line.subject, line.object]);
  return [
    sentence(line),
    familyNote(family, line),
    ...cardsOf(line),
    ...denialsOf((claim) => ends.has(claim.subject) && ends.has(claim.object)),
  ];
}

function familyNote(family, line) {
  const note = element("p", "", { class: "family" });
  note.append(lineSample(family, !line.symmetric), say(family.label));
  return note;
}

function nodePanel(node) {
  const parts = [element("h3", say(node.label), { dir: "auto", class: "name" })];
  const type = element("p", "", { class: "family" });
  type.append(shapeSample(typeOf.get(node.type)), say(typeOf.get(node.type).label));
  parts.push(type);
  if (node.description) parts.push(element("p", node.description, { dir: "auto" }));
  parts.push(focusButton(node));
  const facts = scene.facts.filter((claim) => claim.subject === node.id);
  if (facts.length) parts.push(element("h3", word("facts")), ...facts.map((claim) => card(claim)));
  const lines = linesAt.get(node.id).filter(lineShows);
  parts.push(element("h3", `${word("relations")} (${lines.length})`));
  if (!lines.length) parts.push(element("p", word("nothingDrawn"), { class: "silent" }));
  const open = lines.length <= 4;
  parts.push(...lines.map((line) => relation(line, open)));
  parts.push(...denialsOf((claim) => claim.subject === node.id || claim.object === node.id));
  const spoken = new Set(linesAt.get(node.id).map((line) => line.family));
  const silent = scene.families.filter((family) => !spoken.has(family.name)).map((family) => say(family.label));
  if (silent.length) parts.push(element("p", word("silent", { families: silent.join(", ") }), { class: "silent" }));
  return parts;
}

function focusButton(node) {
  const on = chosen.focus === node.id;
  const button = element("button", word(on ? "everyNode" : "neighbours"), { type: "button", id: "focus" });
  button.addEventListener("click", () => {
    chosen.focus = on ? "" : node.id;
    refresh();
    fit();
  });
  const row = element("p");
  row.append(button);
  return row;
}

function relation(line, open) {
  const details = element("details");
  details.open = open;
  const shown = line.claims.filter((id) => passes(claimOf.get(id))).length;
  const summary = element("summary", "", { dir: "auto" });
  summary.append(lineSample(familyOf.get(line.family), !line.symmetric));
  const text = `${say(nodeOf.get(line.subject).label)} ${say(line.phrase)} ${say(nodeOf.get(line.object).label)}`;
  const said = element("span", text);
  said.append(element("span", ` · ${countOf(shown)}`, { class: "silent" }));
  summary.append(said);
  details.append(summary, ...cardsOf(line));
  return details;
}

function renderPanel() {
  const panel = document.getElementById("evidence");
  let parts;
  if (chosen.line) parts = linePanel(lineOf.get(chosen.line));
  else if (chosen.node) parts = nodePanel(nodeOf.get(chosen.node));
  else if (scene.nodes.length) parts = [element("p", word("start")), element("p", word("startHint"), { class: "silent" })];
  else parts = [element("p", word("empty"))];
  panel.replaceChildren(...parts);
}

/* ---- samples of shapes and lines, in the legend and in the panel ---- */

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function shapeSample(type) {
  const [width, height] = [34, 20];
  const frame = svg("svg", { width, height, viewBox: `${-width / 2} ${-height / 2} ${width} ${height}`, "aria-hidden": "true" });
  const points = outline(type.shape, width - 3, height - 4, 5).map((point) => point.map((value) => value.toFixed(1)).join(","));
  frame.append(svg("polygon", { points: points.join(" "), fill: type.fill, stroke: colours().outline, "stroke-width": 1.2 }));
  return frame;
}

function lineSample(family, headed = true) {
  const [width, height] = [44, 16];
  const colour = lineColour(family);
  const frame = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const line = svg("line", { x1: 1, y1: 8, x2: headed ? width - 9 : width, y2: 8, stroke: colour, "stroke-width": 2 });
  if (scene.dashes[family.line].length) line.setAttribute("stroke-dasharray", scene.dashes[family.line].join(" "));
  frame.append(line);
  if (headed) frame.append(svg("polygon", { points: `${width},8 ${width - 11},3.5 ${width - 11},12.5`, fill: colour }));
  return frame;
}
