
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
    blank: ["此浏览器没有 WebGL，不能画图；查找和详情照常可用。", "No WebGL in this browser, so no drawing; search and details work."],
    evidence: ["依据", "Evidence"],
    stated: ["由本体给出，没有文中依据。", "Stated by the ontology, not by a document."],
    ontology: ["本体", "ontology"],
    first: ["连接最多的节点", "Best connected"],
    between: ["两者之间的其他关系", "Other relations between the two"],
    all: ["全选", "All"],
    none: ["全不选", "None"],
    lead: ["牵头", "leads"],
    support: ["配合", "supports"],
  };
  let language = 0;
  const text = (name) => (TEXTS[name] ? TEXTS[name][language] : name);
  const byId = (id) => document.getElementById(id);

  const LEGENDS = { classes: {}, relations: {}, narrower: {} };
  for (const kind of Object.keys(LEGENDS)) for (const entry of data[kind]) LEGENDS[kind][entry.name] = entry;
  const named = (kind, name) => (LEGENDS[kind][name] ? LEGENDS[kind][name][language ? "en" : "zh"] : name);
  const color = (type) => (LEGENDS.classes[type] ? LEGENDS.classes[type].color : "#525252");

  // Facts come as rows (see page.py); the drawing takes them as they are here.
  const things = data.things;
  const facts = data.facts.map(([from, to, kind, count, quotes, stance, role]) => ({ from, to, kind: data.relations[kind].name, count, quotes, stance, role }));
  data.facts = facts;
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
  // Without it (no WebGL on this machine) search, lists and panels still work.
  let drawing = null;
  try {
    drawing = drawGraph(byId("canvas"), data, (next) => choose(next));
  } catch (error) {
    byId("canvas").replaceChildren(element("p", { class: "note", "data-text": "blank" }, text("blank")));
    drawing = { frame: byId("canvas"), paint() {}, zoom() {}, fit() {}, select() {}, picture: () => document.createElement("canvas") };
  }
  drawing.frame.setAttribute("role", "application");
  drawing.frame.dataset.label = "canvas";

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

  function draw() {
    const nodes = shownNodes();
    const focus = focusSet();
    if (chosen && chosen.node !== undefined) nodes[chosen.node] = true;
    if (nearOnly) nodes.forEach((yes, n) => (nodes[n] = yes && focus.has(n)));
    const edges = facts.map((fact) => !off.relations.has(fact.kind) && nodes[fact.from] && nodes[fact.to]);
    const touches = (id) => (chosen.edge !== undefined ? chosen.edge === id : facts[id].from === chosen.node || facts[id].to === chosen.node);
    drawing.paint({ nodes, edges, focus, chosen, touches });
    const count = (flags) => flags.reduce((sum, yes) => sum + (yes ? 1 : 0), 0);
    status(count(nodes), count(edges));
  }

  function status(nodes, edges) {
    const { totals, cutEdges } = data;
    const cut = things.length < totals.nodes;
    byId("status").textContent = scope() + (language
      ? `Showing ${nodes} / ${totals.nodes} nodes${cut ? " (by degree)" : ""}, ${edges} / ${totals.edges} relations${cutEdges ? " (most evidence first)" : ""}; ${totals.targets} targets in the panels`
      : `显示 ${nodes} / ${totals.nodes} 个节点${cut ? "（按度数）" : ""}，${edges} / ${totals.edges} 条关系${cutEdges ? "（按依据数）" : ""}；${totals.targets} 个量化目标见节点详情`);
  }

  // What the page is a part of, where it is one.
  function scope() {
    const cut = data.scope;
    if (!cut) return "";
    const names = (list) => list.join(language ? ", " : "、");
    const parts = [];
    if (cut.focus.length) parts.push(language ? `${cut.hops} hops around ${names(cut.focus)}` : `${names(cut.focus)} ${cut.hops} 步以内`);
    if (cut.topics.length) parts.push(language ? `about ${names(cut.topics)}` : `关于${names(cut.topics)}`);
    if (cut.types.length) parts.push((language ? "only " : "只取") + names(cut.types.map((name) => named("classes", name))));
    if (cut.max_nodes) parts.push(language ? `at most ${cut.max_nodes}` : `至多 ${cut.max_nodes} 个`);
    return language
      ? `Part of a graph of ${cut.whole_nodes} nodes, targets among them: ${parts.join("; ")}. `
      : `子图（${parts.join("，")}；全图连同目标共 ${cut.whole_nodes} 个节点）。`;
  }

  // Choosing ------------------------------------------------------------------------------------------------------
  function choose(next, { move = false } = {}) {
    chosen = next;
    if (!chosen) nearOnly = false;
    if (chosen && move) drawing.zoom([...focusSet()]);
    draw();
    panel();
    drawing.select(chosen);
  }
  const chooseNode = (n) => choose({ node: n }, { move: true });
  const chooseEdge = (n) => choose({ edge: n }, { move: true });

  // Panel ---------------------------------------------------------------------------------------------------------
  const dot = (type) => element("span", { class: "dot", color: color(type), "aria-hidden": "true" });

  function nodeButton(n, note) {
    const button = element("button", { type: "button", click: () => chooseNode(n) }, dot(things[n].type), element("span", { class: "name" }, things[n].label));
    if (note) button.append(element("span", { class: "count" }, note));
    return button;
  }

  function quotes(pairs, count) {
    const made = document.createDocumentFragment();
    for (let n = 0; pairs && n < pairs.length; n += 2) {
      made.append(element("blockquote", {}, data.quotes[pairs[n + 1]]), element("cite", {}, `《${data.documents[pairs[n]]}》`));
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
    const roles = (fact.role || "").split("; ").filter((role) => role && role !== "responsible").map(text);
    const extra = narrower.concat(roles);
    return named("relations", fact.kind) + (extra.length ? (language ? ` (${extra.join(", ")})` : `（${extra.join("、")}）`) : "");
  }

  // ``fill`` gives what stands inside, asked for when it is first opened: a hub may have thousands of facts.
  function group(title, open, fill) {
    const made = element("details", { class: "group" }, element("summary", {}, title));
    let empty = true;
    const show = () => {
      if (empty && made.open) made.append(...fill());
      empty = empty && !made.open;
    };
    made.addEventListener("toggle", show);
    made.open = open;
    show();
    return made;
  }

  const PAGE = 100;
  function longList(items, row) {
    const list = element("ul", { class: "list" });
    const more = element("button", { type: "button", class: "more", click: () => grow() });
    let shown = 0;
    function grow() {
      const next = items.slice(shown, shown + PAGE).map(row);
      shown += next.length;
      list.append(...next);
      more.textContent = language ? `${Math.min(PAGE, items.length - shown)} more of ${items.length - shown}` : `再列 ${Math.min(PAGE, items.length - shown)} 条（还有 ${items.length - shown} 条）`;
      more.hidden = shown >= items.length;
    }
    grow();
    return [list, more];
  }

  function factRow(n, number) {
    const fact = facts[number];
    const other = fact.from === n ? fact.to : fact.from;
    const extra = relationName(fact).slice(named("relations", fact.kind).length);
    const label = fact.count ? (language ? "evidence " : "依据 ") + fact.count : text("ontology");
    const open = element("button", { type: "button", class: "open", "aria-label": `${text("evidence")}: ${things[other].label}`, click: () => chooseEdge(number) }, element("span", { class: "name" }, label));
    return element("li", { class: "fact" }, nodeButton(other, extra), open);
  }

  function factList(n) {
    const groups = new Map();
    for (const number of around[n]) {
      const fact = facts[number];
      const key = (fact.from === n ? "→ " : "← ") + named("relations", fact.kind);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(number);
    }
    const made = document.createDocumentFragment();
    for (const [key, numbers] of groups) {
      made.append(group(`${key} (${numbers.length})`, numbers.length <= 40, () => longList(numbers, (number) => factRow(n, number))));
    }
    return made;
  }

  const SIGNS = { ">=": "≥ ", "<=": "≤ ", "=": "", "+": "+", "~": "≈ " };

  function targetTable(targets) {
    const row = (target) =>
      element(
        "tr",
        {},
        element("td", {}, target.metric || "", target.baseline ? `（${text("baseline")}）` : ""),
        element("td", {}, (SIGNS[target.operator] ?? "") + target.value + (target.unit || "")),
        element("td", {}, target.year || "—")
      );
    const head = element("tr", {}, ...["metric", "value", "year"].map((name) => element("th", { scope: "col" }, text(name))));
    const table = () => element("table", {}, element("thead", {}, head), element("tbody", {}, ...targets.map(row)));
    const sources = () => element("details", { class: "sources" }, element("summary", {}, text("evidence")), targetQuotes(targets));
    return group(`${text("targets")} (${targets.length})`, targets.length <= 12, () => [table(), sources()]);
  }

  function targetQuotes(targets) {
    const made = document.createDocumentFragment();
    const seen = new Set();
    for (const { quotes: pairs } of targets) {
      for (let n = 0; n < pairs.length; n += 2) {
        const pair = pairs.slice(n, n + 2);
        if (!seen.has(pair.join())) made.append(quotes(pair, 1));
        seen.add(pair.join());
      }
    }
    return made;
  }

  function panel() {
    const place = byId("panel");
    const inside = place.contains(document.activeElement);
    place.replaceChildren();
    if (inside) place.focus({ preventScroll: true }); // the button that was pressed is gone; Tab goes on from here
    place.classList.toggle("empty", !chosen);
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
    const ends = [fact.from, fact.to];
    const others = around[fact.from].filter((other) => other !== number && ends.includes(facts[other].from) && ends.includes(facts[other].to));
    if (!others.length) return;
    const button = (other) => element("li", {}, element("button", { type: "button", click: () => chooseEdge(other) }, element("span", { class: "name" }, (facts[other].from === fact.from ? "→ " : "← ") + relationName(facts[other]))));
    place.append(element("h3", {}, text("between")), element("ul", { class: "list" }, ...others.map(button)));
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
    const focus = nearOnly && focusSet();
    const nodes = shownNodes().flatMap((yes, n) => (yes && (!focus || focus.has(n)) ? [n] : []));
    if (nodes.length) drawing.fit(nodes);
  }
  byId("fit").addEventListener("click", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
    else if (event.key === "/" && document.activeElement !== byId("search")) {
      event.preventDefault();
      byId("search").focus();
    }
  });

  // On paper stands a picture of what is drawn, at the width of the paper, over the open panel.
  window.addEventListener("beforeprint", () => {
    const picture = drawing.picture();
    picture.id = "picture";
    byId("picture").replaceWith(picture);
    for (const sources of byId("panel").querySelectorAll(".sources")) sources.open = true;
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
