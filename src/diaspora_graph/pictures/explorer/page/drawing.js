"use strict";
/* The diagram: vis-network only draws the layout; it places nothing itself. */

const FONT = '"DejaVu Sans", Verdana, "Noto Sans", "Segoe UI", sans-serif';
const INK = "#111111";

/* The outline of a shape round the origin; the same table as the figure's. */
function outline(shape, width, height, corner = scene.corner) {
  return scene.shapes[shape].map(([fx, fy, cx, cy]) => [fx * width + cx * corner, fy * height + cy * corner]);
}

/* How far an outline reaches from its middle at an angle. */
function reach(ring, angle) {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  let best = 0;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length];
    const [dx, dy] = [bx - ax, by - ay];
    const turn = ux * dy - uy * dx;
    if (Math.abs(turn) < 1e-9) return;
    const along = (ax * dy - ay * dx) / turn;
    const share = (ax * uy - ay * ux) / turn;
    if (share >= -1e-6 && share <= 1 + 1e-6 && along > best) best = along;
  });
  return best;
}

function boxOf(id) {
  return nodeOf.get(id).boxes[chosen.language];
}

function ringOf(id) {
  const box = boxOf(id);
  return outline(typeOf.get(nodeOf.get(id).type).shape, box.width, box.height);
}

/* Nodes that are not joined to the selected ones are dimmed. */
function isLit(id) {
  if (chosen.line) {
    const line = lineOf.get(chosen.line);
    return line.subject === id || line.object === id;
  }
  if (!chosen.node || chosen.node === id) return true;
  return linesAt.get(chosen.node).some((line) => lineShows(line) && (line.subject === id || line.object === id));
}

function isLineLit(line) {
  if (chosen.line) return line.id === chosen.line;
  return !chosen.node || line.subject === chosen.node || line.object === chosen.node;
}

function drawNode(ctx, id, x, y) {
  const node = nodeOf.get(id);
  const box = boxOf(id);
  const ring = ringOf(id);
  ctx.beginPath();
  ring.forEach(([dx, dy], index) => (index ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  ctx.closePath();
  ctx.fillStyle = colours().page;
  ctx.fill();
  ctx.globalAlpha = isLit(id) ? 1 : faded();
  ctx.fillStyle = typeOf.get(node.type).fill;
  ctx.fill();
  ctx.lineWidth = chosen.node === id ? 4 : 1.4;
  ctx.strokeStyle = chosen.node === id ? colours().chosen : colours().outline;
  ctx.stroke();
  ctx.fillStyle = INK;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.font = `${scene.text}px ${FONT}`;
  const widest = Math.max(...box.lines.map((text) => ctx.measureText(text).width), 1);
  const room = box.width - 4;
  if (widest > room) ctx.font = `${(scene.text * room) / widest}px ${FONT}`;
  box.lines.forEach((text, index) => ctx.fillText(text, x, y + box.first + index * scene.lineHeight));
}

/* The question mark of a disputed line, in the middle of its visible part. */
function drawMark(ctx, line) {
  const [from, to] = [network.getPosition(line.subject), network.getPosition(line.object)];
  const bend = bendOf.get(line.id);
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (bend / 2 + 0.5) * Math.PI;
  const arm = (Math.abs(bend) / 2 + 0.5) * Math.hypot(to.x - from.x, to.y - from.y);
  const via = { x: from.x + arm * Math.sin(angle), y: from.y + arm * Math.cos(angle) };
  const seen = [];
  for (let step = 0; step <= 60; step += 1) {
    const t = step / 60;
    const along = (key) => (1 - t) ** 2 * from[key] + 2 * t * (1 - t) * via[key] + t ** 2 * to[key];
    const point = { x: along("x"), y: along("y") };
    if (!within(line.subject, from, point) && !within(line.object, to, point)) seen.push(point);
  }
  const middle = seen[Math.floor(seen.length / 2)] ?? via;
  ctx.globalAlpha = isLineLit(line) ? 1 : faded();
  ctx.beginPath();
  ctx.arc(middle.x, middle.y, 9, 0, 2 * Math.PI);
  ctx.fillStyle = colours().page;
  ctx.fill();
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = lineColour(familyOf.get(line.family));
  ctx.stroke();
  ctx.fillStyle = colours().label;
  ctx.font = `bold ${scene.text}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.fillText("?", middle.x, middle.y + 5);
  ctx.globalAlpha = 1;
}

function within(id, middle, point) {
  const [dx, dy] = [point.x - middle.x, point.y - middle.y];
  return Math.hypot(dx, dy) <= reach(ringOf(id), Math.atan2(dy, dx));
}

function faded() {
  return chosen.dark ? 0.42 : 0.3;
}

function colours() {
  return chosen.dark
    ? { page: "#15181c", outline: "#0b0d0f", chosen: "#ffffff", label: "#f2f2f2" }
    : { page: "#ffffff", outline: "#222222", chosen: "#000000", label: "#111111" };
}

function lineColour(family) {
  return chosen.dark ? family.dark : family.colour;
}

function visNode(node) {
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    physics: false,
    shape: "custom",
    ctxRenderer: ({ ctx, id, x, y }) => ({
      drawNode: () => drawNode(ctx, id, x, y),
      nodeDimensions: { width: boxOf(id).width, height: boxOf(id).height },
    }),
  };
}

const nodes = new vis.DataSet(scene.vis.nodes.map(visNode));
const edges = new vis.DataSet(scene.vis.edges);
const network = new vis.Network(
  document.getElementById("canvas"),
  { nodes, edges },
  {
    physics: { enabled: false },
    interaction: { hover: true, dragNodes: false, selectable: true, selectConnectedEdges: false, keyboard: false },
    edges: {
      arrows: { to: { scaleFactor: 0.8 } },
      arrowStrikethrough: false,
      hoverWidth: 0,
      selectionWidth: 0,
      chosen: false,
    },
    nodes: { chosen: false },
  },
);

/* vis treats a node with a custom shape as a rectangle: arrows would end before an ellipse. */
for (const node of scene.nodes) {
  network.body.nodes[node.id].shape.distanceToBorder = (ctx, angle) => reach(ringOf(node.id), angle + Math.PI) + 1;
}

const bendOf = new Map(
  scene.vis.edges.map(({ id, smooth }) => [id, smooth.type === "curvedCW" ? smooth.roundness : -smooth.roundness]),
);
network.on("afterDrawing", (ctx) => {
  for (const line of scene.lines) if (line.disputed && lineShows(line)) drawMark(ctx, line);
});
for (const [name, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]]) {
  network.on(name, () => {
    document.getElementById("canvas").style.cursor = cursor;
  });
}

/* Set what is hidden, what is highlighted, and the colours. Only this decides what is drawn. */
function redraw() {
  nodes.update(scene.nodes.map((node) => ({ id: node.id, hidden: !nodeShows(node) })));
  edges.update(
    scene.lines.map((line) => {
      const colour = lineColour(familyOf.get(line.family));
      const lit = isLineLit(line);
      return {
        id: line.id,
        hidden: !lineShows(line),
        width: chosen.line === line.id ? 4.5 : 2,
        color: { color: colour, highlight: colour, hover: colour, opacity: lit ? 1 : faded() * 0.7 },
      };
    }),
  );
  network.redraw();
}

/* Show all that is not hidden. vis itself would fit before it knows the size of the nodes. */
function fit(animated = true) {
  const shown = scene.nodes.filter(nodeShows);
  if (!shown.length) return;
  const edgesOf = (key, size) => shown.flatMap((node) => {
    const middle = network.getPosition(node.id)[key];
    return [middle - boxOf(node.id)[size] / 2, middle + boxOf(node.id)[size] / 2];
  });
  const span = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = span(edgesOf("x", "width"));
  const [top, bottom] = span(edgesOf("y", "height"));
  const canvas = document.getElementById("canvas");
  const scale = Math.min((canvas.clientWidth - 24) / (right - left), (canvas.clientHeight - 24) / (bottom - top), 1.4);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animated && !calm() });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor });
}

/* Bring a node into view if it is not. */
function reveal(id) {
  const at = network.canvasToDOM(network.getPosition(id));
  const canvas = document.getElementById("canvas");
  const margin = 40;
  const inside = at.x > margin && at.y > margin && at.x < canvas.clientWidth - margin && at.y < canvas.clientHeight - margin;
  if (!inside || network.getScale() < 0.45) {
    network.focus(id, { scale: Math.max(network.getScale(), 0.75), animation: !calm() });
  }
}

/* The picture as it is on the screen, as a PNG file. */
function save() {
  const shown = document.querySelector("#canvas canvas");
  const copy = document.createElement("canvas");
  copy.width = shown.width;
  copy.height = shown.height;
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colours().page;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(shown, 0, 0);
  copy.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "diaspora-graph.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
