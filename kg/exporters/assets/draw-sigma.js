
"use strict";
// The drawing by sigma.js (WebGL). page.js asks for: paint, zoom, fit, select, picture; it is told of clicks through picked.
function drawGraph(container, data, picked) {
  const { x, y, size } = data.places;
  const colors = Object.fromEntries(data.classes.map((entry) => [entry.name, entry.color]));
  const many = data.facts.length > 20000;
  // The library wants colors multiplied by their opacity.
  const gray = (opacity) => `rgba(${[120, 132, 150].map((part) => Math.round(part * opacity)).join()},${opacity})`;
  const EDGE = gray(many ? 0.1 : data.facts.length > 4000 ? 0.25 : 0.5);
  const STRONG = gray(0.85);
  const PALE = "#e8ebef";
  const FONT = getComputedStyle(document.body).fontFamily;
  let view = null; // what page.js last asked for

  const graph = new graphology.MultiDirectedGraph();
  // Drawn in this order: the best connected nodes last, on top. Upwards is up here and down in the data.
  for (let n = data.things.length - 1; n >= 0; n -= 1) {
    const thing = data.things[n];
    graph.addNode(n, { x: x[n], y: -y[n], size: size[n], color: colors[thing.type], label: data.names[n] });
  }
  data.facts.forEach((fact, number) => graph.addEdgeWithKey(number, fact.from, fact.to, { size: many ? 0.4 : 0.8, color: EDGE }));

  // Names wait until all are known: the best connected are written first, each where it covers no other.
  let names = [];
  function name(context, node, settings) {
    if (node.label) names.push([context, node, settings]);
  }
  function writeNames() {
    const taken = [];
    const free = (box) => taken.every((other) => box[0] >= other[2] || other[0] >= box[2] || box[1] >= other[3] || other[1] >= box[3]);
    names.sort((a, b) => (b[1].highlighted ? 1 : 0) - (a[1].highlighted ? 1 : 0) || a[1].key - b[1].key);
    for (const [context, node, settings] of names) {
      const width = [...node.label].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.55), 0) * settings.labelSize + 6;
      const top = node.y + node.size;
      const box = [node.x - width / 2, top, node.x + width / 2, top + settings.labelSize + 5];
      if (!free(box)) continue;
      taken.push(box);
      write(context, node, settings);
    }
    names = [];
  }
  function write(context, node, settings) {
    const height = settings.labelSize;
    context.font = `${settings.labelWeight} ${height}px ${FONT}`;
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = "#fff";
    context.fillStyle = "#1f2937";
    const top = node.y + node.size + height + 1;
    context.strokeText(node.label, node.x, top);
    context.fillText(node.label, node.x, top);
    context.textAlign = "start";
  }
  function marked(context, node, settings) {
    context.beginPath();
    context.arc(node.x, node.y, node.size + 2.5, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = "#c2410c";
    context.stroke();
    write(context, Object.assign({}, node, { label: node.label || data.names[node.key] }), settings);
  }

  function nodeLook(key, node) {
    if (!view) return node;
    const n = Number(key);
    if (!view.nodes[n]) return { ...node, hidden: true };
    if (view.focus && !view.focus.has(n)) return { ...node, color: PALE, label: null, size: node.size * (many ? 0.35 : 0.6) };
    const chosen = view.chosen && view.chosen.node === n;
    return view.focus ? { ...node, forceLabel: chosen || view.focus.size <= 40, highlighted: Boolean(chosen) } : node;
  }
  function edgeLook(key, edge) {
    if (!view) return edge;
    const number = Number(key);
    if (!view.edges[number] || (view.chosen && !view.touches(number))) return { ...edge, hidden: true };
    return view.chosen ? { ...edge, size: 1.6, color: STRONG, type: "arrow" } : edge;
  }

  const renderer = new Sigma(graph, container, {
    allowInvalidContainer: true,
    enableCameraRotation: false,
    hideEdgesOnMove: many,
    labelFont: FONT,
    labelSize: 12.5,
    labelWeight: "400",
    labelDensity: 3,
    labelGridCellSize: 80,
    labelRenderedSizeThreshold: many ? 2 : 0,
    minEdgeThickness: many ? 0.7 : 1.1,
    minCameraRatio: 0.002,
    maxCameraRatio: 2.5,
    stagePadding: 40,
    doubleClickZoomingDuration: 0,
    defaultDrawNodeLabel: name,
    defaultDrawNodeHover: marked,
    // One point and one line each instead of triangles: a picture of 100,000 relations in half the time.
    ...(many && { nodeProgramClasses: { circle: Sigma.rendering.NodePointProgram }, edgeProgramClasses: { line: Sigma.rendering.EdgeLineProgram, arrow: Sigma.rendering.EdgeArrowProgram } }),
    nodeReducer: nodeLook,
    edgeReducer: edgeLook,
  });
  const camera = renderer.getCamera();
  renderer.on("afterRender", writeNames);

  function paint(next) {
    view = next;
    renderer.refresh({ skipIndexation: false });
  }

  // Show these nodes, in the middle, with room at the border for their names.
  function zoom(nodes, closest = 0.02) {
    if (!nodes.length) return;
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const n of nodes) {
      const place = renderer.getNodeDisplayData(n);
      [left, right] = [Math.min(left, place.x), Math.max(right, place.x)];
      [low, high] = [Math.min(low, place.y), Math.max(high, place.y)];
    }
    const { width, height } = renderer.getDimensions();
    const unit = Math.min(width, height);
    const ratio = Math.max(((right - left) * unit) / width, ((high - low) * unit) / height) * 1.15;
    camera.setState({ x: (left + right) / 2, y: (low + high) / 2, ratio: Math.max(closest, Math.min(1, ratio)), angle: 0 });
  }

  // A click beside all nodes takes the nearest visible relation within a few pixels: far cheaper than drawing 100,000 lines
  // once more to see which one lies under the pointer.
  function near(event) {
    const here = renderer.viewportToFramedGraph(event);
    const there = renderer.viewportToFramedGraph({ x: event.x + 5, y: event.y });
    let least = (there.x - here.x) ** 2;
    let found = null;
    const places = data.things.map((thing, n) => renderer.getNodeDisplayData(n));
    data.facts.forEach((fact, number) => {
      if (!view.edges[number] || (view.chosen && !view.touches(number))) return;
      const [a, b] = [places[fact.from], places[fact.to]];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.max(0, Math.min(1, ((here.x - a.x) * dx + (here.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const gap = (a.x + along * dx - here.x) ** 2 + (a.y + along * dy - here.y) ** 2;
      if (gap < least) [least, found] = [gap, number];
    });
    return found;
  }
  renderer.on("clickNode", ({ node }) => picked({ node: Number(node) }));
  renderer.on("clickStage", ({ event }) => {
    const edge = near(event);
    picked(edge === null ? null : { edge });
  });
  renderer.on("doubleClickNode", (event) => event.preventSigmaDefault());

  // The keyboard, as on the other page.
  container.tabIndex = 0;
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const ZOOMS = { "+": 0.8, "=": 0.8, "-": 1.25, _: 1.25 };
  container.addEventListener("keydown", (event) => {
    const state = camera.getState();
    const move = MOVES[event.key];
    if (move) camera.setState({ x: state.x + move[0] * 0.08 * state.ratio, y: state.y + move[1] * 0.08 * state.ratio });
    else if (ZOOMS[event.key]) camera.setState({ ratio: camera.getBoundedRatio(state.ratio * ZOOMS[event.key]) });
    else return;
    event.preventDefault();
  });

  function picture() {
    renderer.refresh();
    const copy = document.createElement("canvas");
    const layers = container.querySelectorAll("canvas");
    [copy.width, copy.height] = [layers[0].width, layers[0].height];
    const context = copy.getContext("2d");
    for (const layer of layers) if (layer.width === copy.width) context.drawImage(layer, 0, 0);
    return copy;
  }

  return { frame: container, paint, zoom: (nodes) => zoom(nodes), fit: (nodes) => zoom(nodes, 0.2), select() {}, picture, renderer };
}
