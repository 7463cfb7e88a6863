// Draws the network from the data in the page; without it the still picture and the table say the same.
"use strict";
(function () {
  const holder = document.getElementById("network");
  const source = document.getElementById("network-data");
  if (!holder || !source || typeof vis === "undefined") {
    return;
  }
  const data = JSON.parse(source.textContent);
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const names = new Map(data.nodes.map((node) => [node.id, node.title.split("\n")]));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  holder.replaceChildren();
  const network = new vis.Network(holder, { nodes, edges }, {
    physics: false,
    layout: { randomSeed: 1, improvedLayout: false },
    nodes: { borderWidth: 2, font: { face: "system-ui, sans-serif", size: 15, color: "#16202c", strokeWidth: 4, strokeColor: "#ffffff" } },
    edges: {
      color: { color: "#a9b4c0", highlight: "#14304d", hover: "#14304d" },
      font: { face: "system-ui, sans-serif", size: 13, color: "#14304d", strokeWidth: 4, strokeColor: "#ffffff" },
      arrows: { to: { enabled: true, scaleFactor: 0.5 } },
      selectionWidth: 1.5,
    },
    interaction: { hover: true, tooltipDelay: 120, zoomView: true, keyboard: { enabled: true, bindToWindow: false } },
  });
  const few = data.edges.length <= 20;
  const animation = still ? false : { duration: 250 };
  const chosen = document.getElementById("chosen");

  function label(ids) {
    const wanted = new Set(ids);
    edges.update(data.edges.map((edge) => ({ id: edge.id, label: few || wanted.has(edge.id) ? edge.title : undefined })));
  }

  function choose(id) {
    if (id === undefined) {
      chosen.hidden = true;
      label([]);
      return;
    }
    const [name, kind] = names.get(id);
    const link = document.createElement("a");
    link.href = "/entities/" + encodeURIComponent(id);
    link.textContent = name;
    const further = document.createElement("a");
    further.href = link.href + "/network";
    further.textContent = "draw from here";
    const joined = network.getConnectedEdges(id);
    const count = joined.length === 1 ? "1 relation" : joined.length + " relations";
    chosen.replaceChildren(link, " (" + kind + ", " + count + " shown) · ", further);
    chosen.hidden = false;
    label(joined.length > 40 ? [] : joined);
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation });
  }

  network.on("selectNode", (event) => choose(event.nodes[0]));
  network.on("deselectNode", () => choose(undefined));
  network.on("selectEdge", (event) => { if (!event.nodes.length) { label(event.edges); } });
  network.on("deselectEdge", (event) => { if (!event.nodes.length) { label([]); } });
  network.on("doubleClick", (event) => {
    if (event.nodes.length) {
      window.location.assign("/entities/" + encodeURIComponent(event.nodes[0]));
    }
  });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation, maxZoomLevel: 1.5 }));
  document.getElementById("controls").hidden = false;
  label([]);
  network.fit({ animation: false, maxZoomLevel: 1.5 });
}());
