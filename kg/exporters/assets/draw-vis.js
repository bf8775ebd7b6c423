
"use strict";
// The drawing by vis-network. page.js asks for: paint, zoom, fit, select, picture; it is told of clicks through picked.
function drawGraph(container, data, picked) {
  // Drawn in this order: the best connected nodes last, on top.
  const nodeSet = new vis.DataSet(data.nodes.map((node) => Object.assign({}, node)).reverse());
  const edgeSet = new vis.DataSet(data.edges.map((edge) => Object.assign({}, edge)));
  const network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, data.options);
  let painted = null; // what page.js last asked for

  // Which names stand in the drawing at this zoom: the best connected first, each where it covers no other name and no
  // bigger node; all are of one size on the screen. Nodes are numbered in order of their degree.
  const NAME = 12.5;
  const wide = data.nodes.map((node) => [...node.label].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.55), 0));
  function readable(visible, chosen) {
    const size = NAME / network.getScale();
    const taken = [];
    const free = (box) => taken.every((other) => box[0] >= other[2] || other[0] >= box[2] || box[1] >= other[3] || other[1] >= box[3]);
    const order = data.nodes.map((node, n) => n).filter((n) => visible[n]);
    if (chosen && chosen.node !== undefined) order.unshift(chosen.node);
    const placed = new Set();
    for (const n of order) {
      const node = data.nodes[n];
      const half = (wide[n] * size) / 2 + size / 3;
      const box = [node.x - half, node.y + node.size, node.x + half, node.y + node.size + size * 1.5];
      if (placed.has(n) || !free(box)) continue;
      placed.add(n);
      taken.push(box, [node.x - node.size, node.y - node.size, node.x + node.size, node.y + node.size]);
    }
    return placed;
  }

  // Hands on only what differs from what is drawn: the library takes its time with every item.
  const drawn = new Map([[nodeSet, []], [edgeSet, []]]);
  function change(set, items) {
    const before = drawn.get(set);
    set.update(
      items.filter((item) => {
        const now = JSON.stringify(item);
        const differs = before[item.id] !== now;
        before[item.id] = now;
        return differs;
      })
    );
  }

  const step = () => Math.round(Math.log2(network.getScale()) * 4);
  let drawnStep = null;
  function paint(view) {
    painted = view;
    drawnStep = step();
    const { nodes, edges, focus, chosen } = view;
    const inFocus = (n) => !focus || focus.has(n);
    const names = readable(nodes.map((yes, n) => yes && inFocus(n)), chosen);
    const size = NAME / network.getScale();
    change(
      nodeSet,
      data.nodes.map(({ id }) => ({ id, hidden: !nodes[id], opacity: inFocus(id) ? 1 : 0.13, font: { size: names.has(id) ? size : 0 } }))
    );
    change(
      edgeSet,
      data.edges.map(({ id }) => {
        const touches = !chosen || view.touches(id);
        const strong = chosen && touches;
        return { id, hidden: !edges[id], width: strong ? 1.6 : 0.8, color: { color: strong ? "#7b8797" : "#98a4b5", opacity: touches ? 1 : 0.12 } };
      })
    );
  }
  const rescale = () => painted && step() !== drawnStep && paint(painted);

  // Zoom to these nodes, with room at the border for their names.
  function zoom(nodes, maxZoomLevel) {
    network.fit({ nodes, animation: false, maxZoomLevel });
    network.moveTo({ scale: network.getScale() * 0.92 });
    rescale();
  }

  function select(chosen) {
    if (!chosen) network.unselectAll();
    else if (chosen.node !== undefined) network.selectNodes([chosen.node], false);
    else network.selectEdges([chosen.edge]);
  }

  network.on("zoom", rescale);
  network.on("click", (event) => {
    if (event.nodes.length) picked({ node: event.nodes[0] });
    else if (event.edges.length) picked({ edge: event.edges[0] });
    else picked(null);
  });

  function picture() {
    network.redraw();
    const copy = document.createElement("canvas");
    const canvas = container.querySelector("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    copy.getContext("2d").drawImage(canvas, 0, 0);
    return copy;
  }

  // The frame inside takes the keyboard's focus; the library moves and zooms by keys there.
  return { frame: container.firstElementChild, paint, zoom: (nodes) => zoom(nodes, 1.1), fit: (nodes) => zoom(nodes, 2), select, picture };
}
