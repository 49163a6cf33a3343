"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const stage = document.getElementById("canvas");
  const panel = document.getElementById("panel");
  const hint = [...panel.children];
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const rowByNumber = new Map(data.rows.map((row) => [row.number, row]));
  const size = 22;
  const upright = stage.clientWidth < 640;
  const letter = upright ? 17 : 15;
  const place = (node) => (upright ? { x: node.y * 1.2, y: node.x * 0.6 } : { x: node.x, y: node.y });
  const marked = { nodes: new Set(), edge: null };
  let ink = {};

  const readInk = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["page", "ink", "quiet", "other", "accent"]) {
      ink[name] = style.getPropertyValue(`--${name}`).trim();
    }
  };

  const lines = (context, text, width) => {
    const made = [""];
    for (const character of text) {
      const last = made[made.length - 1] + character;
      if (context.measureText(last).width <= width) {
        made[made.length - 1] = last;
      } else if (made.length === 3) {
        made[2] = `${made[2].slice(0, -1)}…`;
        break;
      } else {
        made.push(character);
      }
    }
    return made;
  };

  const drawNode = (node, x, y, ctx) => {
    const style = data.styles[node.kind];
    const chosen = marked.nodes.has(node.id);
    ctx.save();
    ctx.direction = "ltr";
    ctx.beginPath();
    style.points.forEach(([px, py], i) => {
      if (i === 0) ctx.moveTo(x + px * size, y + py * size);
      else ctx.lineTo(x + px * size, y + py * size);
    });
    ctx.closePath();
    ctx.fillStyle = style.fill;
    ctx.fill();
    ctx.lineWidth = chosen ? 5 : node.role ? 3 : 1.5;
    ctx.strokeStyle = chosen ? ink.accent : ink.ink;
    ctx.stroke();
    ctx.fillStyle = style.ink;
    ctx.font = "600 18px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(style.sign, x, y + 1);
    ctx.restore();
  };

  const drawLabel = (node, x, y, ctx) => {
    ctx.save();
    ctx.direction = "ltr";
    ctx.textAlign = upright ? "left" : "center";
    ctx.textBaseline = "top";
    ctx.font = `${letter}px system-ui, sans-serif`;
    const label = lines(ctx, node.label, upright ? 108 : 150);
    const role = data.roles[node.role] || node.role;
    const step = letter + 4;
    const left = upright ? x + size + 7 : x;
    const top = upright ? y - (step * (label.length + (role ? 1 : 0))) / 2 : y + size + 8;
    label.forEach((line, i) => write(ctx, line, left, top + i * step, ink.ink));
    if (role) {
      ctx.font = `${letter - 2}px system-ui, sans-serif`;
      write(ctx, role, left, top + label.length * step, ink.quiet);
    }
    ctx.restore();
  };

  const write = (ctx, text, x, y, colour) => {
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = ink.page;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };

  const nodeOf = (node) => {
    const at = place(node);
    return {
      id: node.id, x: at.x, y: at.y, fixed: true, shape: "custom", size,
      ctxRenderer: ({ ctx, x, y }) => ({
        drawNode: () => drawNode(node, x, y, ctx),
        drawExternalLabel: () => drawLabel(node, x, y, ctx),
        nodeDimensions: { width: size * 2, height: size * 2 },
      }),
    };
  };

  const edgeOf = (edge) => {
    const chosen = marked.edge === edge.id;
    const colour = chosen ? ink.accent : edge.on_path ? ink.ink : ink.other;
    return {
      id: edge.id, from: edge.source, to: edge.target, label: edge.label, arrows: edge.one_way ? "to" : "",
      width: chosen ? 4 : edge.on_path ? 2.5 : 1.2, dashes: edge.on_path ? false : [5, 4],
      color: { color: colour, highlight: ink.accent, hover: ink.accent },
      font: { size: letter - 2, background: ink.page, color: edge.on_path || chosen ? ink.ink : ink.quiet, strokeWidth: 5, strokeColor: ink.page, face: "system-ui, sans-serif" },
      smooth: edge.bend
        ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) }
        : { enabled: false },
    };
  };

  readInk();
  const nodes = new vis.DataSet(data.nodes.map(nodeOf));
  const edges = new vis.DataSet(data.edges.map(edgeOf));
  const xs = data.nodes.map((node) => place(node).x);
  const ys = data.nodes.map((node) => place(node).y);
  const box = { left: Math.min(...xs) - (upright ? 40 : 85), right: Math.max(...xs) + (upright ? 140 : 85), top: Math.min(...ys) - 45, bottom: Math.max(...ys) + (upright ? 45 : 105) };
  const wide = box.right - box.left;
  const high = box.bottom - box.top;
  const scaleFor = (width) => Math.min(1.15, width / wide);
  stage.style.height = `${Math.round(Math.min(Math.max(high * scaleFor(stage.clientWidth), 240), 800 + 6 * data.nodes.length))}px`;
  const coarse = matchMedia("(pointer: coarse)").matches;
  const network = new vis.Network(stage, { nodes, edges }, {
    physics: false, autoResize: true,
    interaction: { hover: true, dragNodes: false, dragView: !coarse, zoomView: false, keyboard: false, selectConnectedEdges: false, tooltipDelay: 1e9 },
    edges: { arrowStrikethrough: false, chosen: false }, nodes: { chosen: false },
  });
  const canvas = stage.querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", stage.dataset.described);

  const fit = () => {
    const scale = Math.min(scaleFor(stage.clientWidth), stage.clientHeight / high);
    network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale, animation: false });
  };
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });

  const paragraph = (text, tag = "p") => {
    const made = document.createElement(tag);
    made.dir = "auto";
    made.textContent = text;
    return made;
  };

  const list = (texts) => {
    const made = document.createElement("ul");
    for (const text of texts) made.append(paragraph(text, "li"));
    return made;
  };

  const show = (nodeIds, edge, parts) => {
    marked.nodes = new Set(nodeIds);
    marked.edge = edge;
    edges.update(data.edges.map(edgeOf));
    network.redraw();
    for (const row of document.querySelectorAll("tr[tabindex]")) {
      const own = edge && data.edges.find((one) => one.id === edge).rows.includes(Number(row.dataset.row));
      row.classList.toggle("marked", Boolean(own) || (!edge && row.dataset.node !== undefined && marked.nodes.has(row.dataset.node)));
    }
    panel.replaceChildren(...(parts.length ? parts : hint));
  };

  const title = (text) => {
    const made = paragraph("");
    made.append(paragraph(text, "strong"));
    return made;
  };

  const showNode = (id) => {
    const node = byId.get(id);
    const words = [node.kind_title, data.roles[node.role] || node.role].filter(Boolean).join(" · ");
    const more = node.hidden ? [data.more.replace("{}", node.hidden)] : [];
    show([id], null, [title(node.label), paragraph(words), list([...node.proofs, ...more])]);
  };

  const showEdge = (id, only = null) => {
    const edge = data.edges.find((one) => one.id === id);
    const ends = `${byId.get(edge.source).label} → ${byId.get(edge.target).label}`;
    const parts = [title(ends)];
    for (const number of only === null ? edge.rows : [only]) {
      const row = rowByNumber.get(number);
      parts.push(paragraph(`${number} ${[row.title, row.text].filter(Boolean).join(" · ")}`), list(row.proofs));
    }
    show([edge.source, edge.target], id, parts);
  };

  network.on("hoverNode", ({ node }) => showNode(node));
  network.on("hoverEdge", ({ edge }) => showEdge(edge));
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showNode(node);
    else if (edge !== undefined) showEdge(edge);
    else show([], null, []);
  });
  for (const row of document.querySelectorAll("tr[data-row]")) {
    const number = Number(row.dataset.row);
    const edge = data.edges.find((one) => one.rows.includes(number));
    for (const event of ["focus", "mouseenter"]) row.addEventListener(event, () => showEdge(edge.id, number));
  }
  for (const row of document.querySelectorAll("tr[data-node]")) {
    for (const event of ["focus", "mouseenter"]) row.addEventListener(event, () => showNode(row.dataset.node));
  }
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.25));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(0.8));
  document.getElementById("fit").addEventListener("click", fit);
  const repaint = () => { readInk(); edges.update(data.edges.map(edgeOf)); network.redraw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  addEventListener("beforeprint", repaint);
  addEventListener("afterprint", repaint);
  network.on("resize", fit);
  fit();
  document.documentElement.dataset.drawn = `${nodes.length}/${edges.length}`;
})();
