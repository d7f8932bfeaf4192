"use strict";
/* The scene, the choices of the reader, and the address that stores them. */

const scene = JSON.parse(document.getElementById("scene").textContent);
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
const nodeOf = byId(scene.nodes);
const lineOf = byId(scene.lines);
const claimOf = byId(scene.claims);
const typeOf = new Map(scene.types.map((type) => [type.name, type]));
const familyOf = new Map(scene.families.map((family) => [family.name, family]));
const linesAt = new Map(scene.nodes.map((node) => [node.id, []]));
for (const line of scene.lines) {
  linesAt.get(line.subject).push(line);
  linesAt.get(line.object).push(line);
}
const confidences = scene.vocabulary.filter((word) => word.column === "confidence").map((word) => word.name);

const chosen = {
  language: "en",
  dark: window.matchMedia("(prefers-color-scheme: dark)").matches,
  typesOff: new Set(),
  familiesOff: new Set(),
  confidence: "",
  year: null,
  undated: true,
  focus: "",
  node: "",
  line: "",
};

/* A text of the page itself, with {names} filled in. */
function word(name, values = {}) {
  const text = scene.words[chosen.language][name] ?? scene.words.en[name];
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/* A text of the scene in the reader's language. */
function say(labels) {
  return labels[chosen.language] || labels.en || Object.values(labels)[0] || "";
}

/* A word of a vocabulary, such as a confidence, as the ontology says it. */
function sayWord(column, name) {
  const found = scene.vocabulary.find((each) => each.column === column && each.name === name);
  return found ? say(found.label) : name;
}

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const names = (key, known) => (given.get(key) ?? "").split(",").filter((name) => known.has(name));
  if (scene.languages.includes(given.get("lang"))) chosen.language = given.get("lang");
  if (given.has("dark")) chosen.dark = given.get("dark") === "1";
  chosen.typesOff = new Set(names("without", typeOf));
  chosen.familiesOff = new Set(names("silent", familyOf));
  if (confidences.includes(given.get("confidence"))) chosen.confidence = given.get("confidence");
  chosen.year = /^-?\d{1,4}$/.test(given.get("year") ?? "") ? Number(given.get("year")) : null;
  chosen.undated = given.get("undated") !== "0";
  chosen.focus = nodeOf.has(given.get("around")) ? given.get("around") : "";
  chosen.node = nodeOf.has(given.get("node")) ? given.get("node") : "";
  chosen.line = !chosen.node && lineOf.has(given.get("line")) ? given.get("line") : "";
}

function writeAddress() {
  const kept = new URLSearchParams();
  if (chosen.language !== "en") kept.set("lang", chosen.language);
  if (chosen.dark !== window.matchMedia("(prefers-color-scheme: dark)").matches) {
    kept.set("dark", chosen.dark ? "1" : "0");
  }
  if (chosen.typesOff.size) kept.set("without", [...chosen.typesOff].sort().join(","));
  if (chosen.familiesOff.size) kept.set("silent", [...chosen.familiesOff].sort().join(","));
  if (chosen.confidence) kept.set("confidence", chosen.confidence);
  if (chosen.year !== null) kept.set("year", String(chosen.year));
  if (!chosen.undated) kept.set("undated", "0");
  for (const [key, value] of [["around", chosen.focus], ["node", chosen.node], ["line", chosen.line]]) {
    if (value) kept.set(key, value);
  }
  location.replace(`#${kept}`);
}

/* Whether a claim passes the filters on evidence. */
function passes(claim) {
  if (chosen.confidence && confidences.includes(claim.confidence)) {
    if (confidences.indexOf(claim.confidence) < confidences.indexOf(chosen.confidence)) return false;
  }
  if (chosen.year === null) return true;
  /* without uncertain claims: only claims that certainly hold in the year */
  const years = chosen.undated ? claim.years : claim.sure;
  if (years === null) return false;
  const [first, last] = years;
  return (first === null || first <= chosen.year) && (last === null || chosen.year <= last);
}

function nodeShows(node) {
  if (chosen.typesOff.has(node.type)) return false;
  if (!chosen.focus || node.id === chosen.focus) return true;
  return linesAt.get(chosen.focus).some((line) => lineMayShow(line) && (line.subject === node.id || line.object === node.id));
}

function lineMayShow(line) {
  return !chosen.familiesOff.has(line.family) && line.claims.some((id) => passes(claimOf.get(id)));
}

function lineShows(line) {
  return lineMayShow(line) && nodeShows(nodeOf.get(line.subject)) && nodeShows(nodeOf.get(line.object));
}
