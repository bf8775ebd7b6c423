
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const TEXTS = {
    title: ["产业政策知识图谱", "Industrial-policy knowledge graph"],
    fit: ["全图", "Whole graph"],
    filters: ["查找与筛选", "Search and filters"],
    search: ["查找", "Search"],
    searchHint: ["名称或别名，如 储能", "Name or alias"],
    types: ["类型", "Types"],
    relations: ["关系", "Relations"],
    lonely: ["显示没有关系的节点", "Show nodes without relations"],
    canvas: ["图谱：方向键移动，+ 和 - 缩放", "Graph: arrow keys move, + and - zoom"],
    panel: ["详情", "Details"],
    hint: ["点节点看它的事实与目标，点连线看原文依据。", "Click a node for its facts and targets, an edge for the evidence."],
    keys: ["按 / 查找，按 Esc 取消选择。", "Press / to search, Esc to clear."],
    near: ["只看邻域", "Neighborhood only"],
    clear: ["取消选择", "Clear"],
    aliases: ["别名", "Also called"],
    code: ["代码", "Code"],
    facts: ["事实", "Facts"],
    targets: ["量化目标", "Targets"],
    metric: ["指标", "Metric"],
    value: ["数值", "Value"],
    year: ["年份", "Year"],
    baseline: ["现状", "baseline"],
    evidence: ["依据", "Evidence"],
    stated: ["由本体给出，没有文中依据。", "Stated by the ontology, not by a document."],
    ontology: ["本体", "ontology"],
    first: ["连接最多的节点", "Best connected"],
    all: ["全选", "All"],
    none: ["全不选", "None"],
    lead: ["牵头", "leads"],
    responsible: ["负责", "responsible"],
    support: ["配合", "supports"],
  };
  let language = 0;
  const text = (name) => (TEXTS[name] ? TEXTS[name][language] : name);
  const byId = (id) => document.getElementById(id);

  const LEGENDS = { classes: {}, relations: {}, narrower: {} };
  for (const kind of Object.keys(LEGENDS)) for (const entry of data[kind]) LEGENDS[kind][entry.name] = entry;
  const named = (kind, name) => (LEGENDS[kind][name] ? LEGENDS[kind][name][language ? "en" : "zh"] : name);
  const color = (type) => (LEGENDS.classes[type] ? LEGENDS.classes[type].color : "#525252");

  const things = data.things;
  const facts = data.facts;
  const around = things.map(() => []);
  facts.forEach((fact, number) => {
    around[fact.from].push(number);
    around[fact.to].push(number);
  });
  const fold = (value) => value.normalize("NFKC").toLowerCase();
  const forms = things.map((thing) => [thing.label].concat(thing.aliases || []).map(fold));

  // State: what the reader chose. Everything shown is computed from it.
  const off = { types: new Set(), relations: new Set() };
  let chosen = null; // {node: n} or {edge: n}
  let nearOnly = false;
  let lonely = false;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "class") made.className = value;
      else if (key === "click") made.addEventListener("click", value);
      else if (key === "color") made.style.background = value;
      else made.setAttribute(key, value);
    }
    for (const child of children) made.append(child);
    return made;
  }

  // Drawing -------------------------------------------------------------------------------------------------------
  // Drawn in this order: the best connected nodes last, on top.
  const nodeSet = new vis.DataSet(data.nodes.map((node) => Object.assign({}, node)).reverse());
  const edgeSet = new vis.DataSet(data.edges.map((edge) => Object.assign({}, edge)));
  const network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, data.options);

  // The frame inside takes the keyboard's focus, so it bears the label.
  const frame = document.querySelector("#canvas > div");
  frame.setAttribute("role", "application");
  frame.dataset.label = "canvas";

  function shownNodes() {
    const linked = things.map(() => false);
    facts.forEach((fact) => {
      if (!off.relations.has(fact.kind)) linked[fact.from] = linked[fact.to] = true;
    });
    return things.map((thing, n) => !off.types.has(thing.type) && (lonely || linked[n]));
  }

  function focusSet() {
    if (!chosen) return null;
    if (chosen.edge !== undefined) return new Set([facts[chosen.edge].from, facts[chosen.edge].to]);
    const near = new Set([chosen.node]);
    for (const number of around[chosen.node]) {
      if (!off.relations.has(facts[number].kind)) near.add(facts[number].from).add(facts[number].to);
    }
    return near;
  }

  // Which names stand in the drawing at this zoom: the best connected first, each where it covers no other name and no
  // bigger node; all are of one size on the screen. Nodes are numbered in order of their degree.
  const NAME = 12.5;
  const wide = data.nodes.map((node) => [...node.label].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.55), 0));
  function readable(visible) {
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

  // Zoom to these nodes, with room at the border for their names.
  function zoom(nodes, maxZoomLevel) {
    network.fit({ nodes, animation: false, maxZoomLevel });
    network.moveTo({ scale: network.getScale() * 0.92 });
  }

  const step = () => Math.round(Math.log2(network.getScale()) * 4);
  let drawnStep = null;
  function rescale() {
    if (step() !== drawnStep) draw();
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

  function draw() {
    drawnStep = step();
    const shown = shownNodes();
    const focus = focusSet();
    if (chosen && chosen.node !== undefined) shown[chosen.node] = true;
    const inFocus = (n) => !focus || focus.has(n);
    const names = readable(shown.map((yes, n) => yes && inFocus(n)));
    const size = NAME / network.getScale();
    change(
      nodeSet,
      data.nodes.map(({ id }) => ({
        id,
        hidden: !shown[id] || (nearOnly && !inFocus(id)),
        opacity: inFocus(id) ? 1 : 0.13,
        font: { size: names.has(id) ? size : 0 },
      }))
    );
    let visible = 0;
    change(
      edgeSet,
      facts.map((fact, id) => {
        const touches = !chosen || (chosen.edge !== undefined ? chosen.edge === id : fact.from === chosen.node || fact.to === chosen.node);
        const hidden = off.relations.has(fact.kind) || !shown[fact.from] || !shown[fact.to] || (nearOnly && !(inFocus(fact.from) && inFocus(fact.to)));
        if (!hidden) visible += 1;
        const strong = chosen && touches;
        return { id, hidden, width: strong ? 1.6 : 0.7, color: { color: strong ? "#8a94a3" : "#a3aebd", opacity: touches ? 1 : 0.12 } };
      })
    );
    const count = shown.filter((yes, n) => yes && !(nearOnly && !inFocus(n))).length;
    status(count, visible);
  }

  function status(nodes, edges) {
    const { totals } = data;
    const cut = things.length < totals.nodes;
    const cutEdges = data.cutEdges;
    byId("status").textContent = language
      ? `Showing ${nodes} / ${totals.nodes} nodes${cut ? " (by degree)" : ""}, ${edges} / ${totals.edges} relations${cutEdges ? " (most evidence first)" : ""}; ${totals.targets} targets in the panels`
      : `显示 ${nodes} / ${totals.nodes} 个节点${cut ? "（按度数）" : ""}，${edges} / ${totals.edges} 条关系${cutEdges ? "（按依据数）" : ""}；${totals.targets} 个量化目标见节点详情`;
  }

  // Choosing ------------------------------------------------------------------------------------------------------
  function choose(next, { move = false } = {}) {
    chosen = next;
    if (!chosen) nearOnly = false;
    if (chosen && move) zoom([...focusSet()], 1.1);
    draw();
    panel();
    if (!chosen) network.unselectAll();
    else if (chosen.node !== undefined) network.selectNodes([chosen.node], false);
    else network.selectEdges([chosen.edge]);
  }
  const chooseNode = (n) => choose({ node: n }, { move: true });
  const chooseEdge = (n) => choose({ edge: n }, { move: true });

  network.on("zoom", rescale);
  network.on("click", (event) => {
    if (event.nodes.length) choose({ node: event.nodes[0] });
    else if (event.edges.length) choose({ edge: event.edges[0] });
    else choose(null);
  });

  // Panel ---------------------------------------------------------------------------------------------------------
  const dot = (type) => element("span", { class: "dot", color: color(type), "aria-hidden": "true" });

  function nodeButton(n, note) {
    const button = element("button", { type: "button", click: () => chooseNode(n) }, dot(things[n].type), element("span", { class: "name" }, things[n].label));
    if (note) button.append(element("span", { class: "count" }, note));
    return button;
  }

  function quotes(pairs, count) {
    const made = document.createDocumentFragment();
    for (const [document_, quote] of pairs || []) {
      made.append(element("blockquote", {}, data.quotes[quote]), element("cite", {}, "《" + data.documents[document_] + "》"));
    }
    const more = Math.max(0, count - data.maxQuotes);
    if (more) made.append(element("p", { class: "note" }, language ? `${more} more not listed here` : `另有 ${more} 处依据未列出`));
    return made;
  }

  function actions() {
    const row = element("div", { class: "actions" });
    if (chosen.node !== undefined) {
      row.append(
        element("button", { type: "button", id: "near", "aria-pressed": String(nearOnly), click: () => { nearOnly = !nearOnly; choose(chosen); byId("near").focus(); } }, text("near"))
      );
    }
    row.append(element("button", { type: "button", id: "clear", click: () => choose(null) }, text("clear")));
    return row;
  }

  function relationName(fact) {
    const narrower = (fact.stance || "").split("; ").filter(Boolean).map((name) => named("narrower", name));
    const roles = (fact.role || "").split("; ").filter(Boolean).map(text);
    const extra = narrower.concat(roles);
    return named("relations", fact.kind) + (extra.length ? (language ? ` (${extra.join(", ")})` : `（${extra.join("、")}）`) : "");
  }

  function group(title, open, ...children) {
    const made = element("details", { class: "group" }, element("summary", {}, title), ...children);
    made.open = open;
    return made;
  }

  function factList(n) {
    const made = document.createDocumentFragment();
    const groups = new Map();
    for (const number of around[n]) {
      const fact = facts[number];
      const key = (fact.from === n ? "→ " : "← ") + named("relations", fact.kind);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(number);
    }
    for (const [key, numbers] of groups) {
      const list = element("ul", { class: "list" });
      for (const number of numbers) {
        const fact = facts[number];
        const other = fact.from === n ? fact.to : fact.from;
        const extra = relationName(fact).slice(named("relations", fact.kind).length);
        const label = fact.count ? (language ? "evidence " : "依据 ") + fact.count : text("ontology");
        const item = element("li", { class: "fact" }, nodeButton(other, extra));
        const open = element("button", { type: "button", class: "open", "aria-label": `${text("evidence")}: ${things[other].label}`, click: () => chooseEdge(number) }, element("span", { class: "name" }, label));
        item.append(open);
        list.append(item);
      }
      made.append(group(`${key} (${numbers.length})`, numbers.length <= 40, list));
    }
    return made;
  }

  const SIGNS = { ">=": "≥ ", "<=": "≤ ", "=": "", "+": "+", "~": "≈ " };

  function targetTable(targets) {
    const rows = targets.map((target) =>
      element(
        "tr",
        {},
        element("td", {}, target.metric || "", target.baseline ? `（${text("baseline")}）` : ""),
        element("td", {}, (SIGNS[target.operator] ?? "") + target.value + (target.unit || "")),
        element("td", {}, target.year || "—")
      )
    );
    const head = element("tr", {}, ...["metric", "value", "year"].map((name) => element("th", { scope: "col" }, text(name))));
    const made = element("details", { class: "sources" }, element("summary", {}, text("evidence")));
    const seen = new Set();
    for (const target of targets) {
      const fresh = target.quotes.filter((pair) => !seen.has(pair.join()) && seen.add(pair.join()));
      made.append(quotes(fresh, fresh.length));
    }
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
    return group(`${text("targets")} (${targets.length})`, targets.length <= 12, table, made);
  }

  function panel() {
    const place = byId("panel");
    const inside = place.contains(document.activeElement);
    place.replaceChildren();
    if (inside) place.focus({ preventScroll: true }); // the button that was pressed is gone; Tab goes on from here
    if (!chosen) {
      place.append(element("p", { class: "note" }, text("hint")), element("p", { class: "note" }, text("keys")));
      const first = element("ul", { class: "list" }, ...things.slice(0, 15).map((thing, n) => element("li", {}, nodeButton(n, String(thing.degree)))));
      if (things.length) place.append(element("h3", {}, text("first")), first);
      return;
    }
    if (chosen.node !== undefined) nodePanel(place, chosen.node);
    else edgePanel(place, chosen.edge);
    place.scrollTop = 0;
  }

  function nodePanel(place, n) {
    const thing = things[n];
    place.append(element("h2", {}, thing.label), element("p", { class: "row" }, dot(thing.type), named("classes", thing.type)));
    if (thing.code) place.append(element("p", { class: "note" }, `${text("code")}: ${thing.code}`));
    if (thing.aliases) place.append(element("p", { class: "note" }, `${text("aliases")}: ${thing.aliases.join(language ? ", " : "、")}`));
    place.append(actions());
    if (thing.targets) place.append(targetTable(thing.targets));
    place.append(factList(n));
  }

  function edgePanel(place, number) {
    const fact = facts[number];
    place.append(element("h2", {}, relationName(fact)), actions());
    place.append(element("ul", { class: "list" }, element("li", {}, nodeButton(fact.from, "→")), element("li", {}, nodeButton(fact.to, ""))));
    place.append(element("h3", {}, `${text("evidence")} (${fact.count})`));
    if (fact.count) place.append(quotes(fact.quotes, fact.count));
    else place.append(element("p", { class: "note" }, text("stated")));
  }

  // Search --------------------------------------------------------------------------------------------------------
  function rank(n, wanted) {
    let best = 9;
    forms[n].forEach((form, place) => {
      const score = form === wanted ? 0 : form.startsWith(wanted) ? 2 : form.includes(wanted) ? 4 : 9;
      best = Math.min(best, score + (place ? 1 : 0));
    });
    return best;
  }

  function find(value) {
    const wanted = fold(value.trim());
    if (!wanted) return [];
    return things
      .map((thing, n) => [rank(n, wanted), -thing.degree, n])
      .filter((entry) => entry[0] < 9)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
      .map((entry) => entry[2]);
  }

  function search() {
    const value = byId("search").value;
    const found = find(value);
    byId("results").replaceChildren(...found.slice(0, 50).map((n) => element("li", {}, nodeButton(n, named("classes", things[n].type)))));
    const within = things.length < data.totals.nodes ? (language ? ` among the ${things.length} nodes of this page` : `（只查本页的 ${things.length} 个节点）`) : "";
    byId("hits").textContent = value.trim() ? (language ? `${found.length} found` : `找到 ${found.length} 个`) + within : "";
    return found;
  }

  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const found = search();
    if (found.length) chooseNode(found[0]);
  });

  // Filters -------------------------------------------------------------------------------------------------------
  function boxes(place, kind, group) {
    const set = (name, names) =>
      element("button", { type: "button", click: () => { off[group] = new Set(names); boxes(place, kind, group); draw(); } }, text(name));
    place.replaceChildren(
      element("div", { class: "actions" }, set("all", []), set("none", data[kind].map((entry) => entry.name))),
      ...data[kind].map((entry) => {
        const box = element("input", { type: "checkbox", value: entry.name });
        box.checked = !off[group].has(entry.name);
        box.addEventListener("change", () => {
          if (box.checked) off[group].delete(entry.name);
          else off[group].add(entry.name);
          draw();
        });
        const row = element("label", { class: "row" }, box);
        if (kind === "classes") row.append(dot(entry.name));
        row.append(element("span", {}, named(kind, entry.name)), element("span", { class: "count" }, String(entry.count)));
        return row;
      })
    );
  }

  function words() {
    document.documentElement.lang = language ? "en" : "zh-CN";
    document.title = text("title");
    for (const part of document.querySelectorAll("[data-text]")) part.textContent = text(part.dataset.text);
    for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", text(part.dataset.label));
    byId("search").placeholder = text("searchHint");
    byId("language").textContent = language ? "中文" : "English";
    byId("language").lang = language ? "zh-CN" : "en";
    boxes(byId("types"), "classes", "types");
    boxes(byId("relations"), "relations", "relations");
    draw();
    panel();
    search();
  }

  byId("language").addEventListener("click", () => {
    language = 1 - language;
    words();
  });
  byId("lonely").addEventListener("change", (event) => {
    lonely = event.target.checked;
    draw();
  });
  function fit() {
    const nodes = nodeSet.getIds({ filter: (node) => !node.hidden });
    if (nodes.length) zoom(nodes, 2);
    rescale();
  }
  byId("fit").addEventListener("click", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
    else if (event.key === "/" && document.activeElement !== byId("search")) {
      event.preventDefault();
      byId("search").focus();
    }
  });

  // The address can carry a search: graph.html#q=储能 opens the page at its first hit.
  function fromAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1)).get("q");
    if (!wanted) return;
    byId("search").value = wanted;
    const found = search();
    if (found.length) chooseNode(found[0]);
  }

  words();
  fit();
  fromAddress();
  window.addEventListener("hashchange", fromAddress);
  document.documentElement.dataset.ready = "yes";
})();
