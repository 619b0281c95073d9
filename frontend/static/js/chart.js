// Draws each chart when it comes into view, from the figure in its page; nothing is fetched but the
// drawing library. Until then, and without JavaScript, the still picture and the table stand there.

const CONFIG = { locale: "sv", displaylogo: false, displayModeBar: false, showSendToCloud: false,
  plotlyServerURL: "", responsive: false, scrollZoom: false, doubleClick: false, showTips: false };
const NARROW = 560;
// The colours of src/ska/charts/house.py and what they are in the page's theme.
const TOKENS = { "#00508C": "var(--series-1)", "#BD745E": "var(--series-2)", "#0E8A8A": "var(--series-3)",
  "#57233B": "var(--series-4)", "#615B0A": "var(--series-5)", "#7A8494": "var(--context)",
  "#1B1F24": "var(--ink)", "#4A5361": "var(--ink-2)", "#D5DBE3": "var(--hairline)", "#EBEFF4": "var(--sunken)",
  "#FFFFFF": "var(--panel)", "#8FB1CC": "color-mix(in srgb, var(--series-1) 50%, var(--panel))" };
const drawn = new Set();
let library;

function load(figure) {
  library ??= new Promise((ready, failed) => {
    // Every map would otherwise ask a foreign host for the outlines of the world.
    window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", arcs: [], objects: {} } } };
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet",
      id: "plotly.js-style-global", className: "no-inline-styles", href: figure.dataset.plotlyCss });
    const script = Object.assign(document.createElement("script"), { src: figure.dataset.plotlyJs });
    sheet.onload = () => document.head.append(script);
    script.onload = () => ready(window.Plotly);
    sheet.onerror = script.onerror = failed;
    document.head.append(sheet);
  });
  return library;
}

function themed(text, place) {
  const probe = place.appendChild(document.createElement("span"));
  for (const [color, token] of Object.entries(TOKENS)) {
    probe.style.color = token;
    text = text.replaceAll(color, getComputedStyle(probe).color);
  }
  probe.remove();
  return JSON.parse(text);
}

// A narrow page has no room for names at the line ends: a legend under the picture says them.
function fitted({ data, layout }, width) {
  layout.width = width;
  layout.height = Math.round(Math.min(420, Math.max(300, width * 0.46)));
  if (width >= NARROW) return { data, layout };
  layout.annotations = (layout.annotations ?? []).filter((one) => one.name !== "label");
  layout.showlegend = data.length > 1;
  layout.margin = { ...layout.margin, r: 8, l: 0 };
  layout.height += layout.showlegend ? 26 * data.length : 0;
  layout.legend = { ...layout.legend, entrywidth: width, y: -0.2, yanchor: "top" };
  const ticks = layout.xaxis?.tickvals;
  if (ticks?.length > 4) layout.xaxis.tickvals = ticks.filter((_, at) => (ticks.length - 1 - at) % Math.ceil(ticks.length / 4) === 0);
  return { data, layout };
}

async function draw(figure) {
  const plot = figure.querySelector(".plot");
  const text = figure.querySelector("script[data-figure]").textContent;
  if (!plot || plot.clientWidth === 0) return;
  const Plotly = await load(figure);
  const canvas = plot.querySelector(".canvas") ?? Object.assign(document.createElement("div"), { className: "canvas" });
  const { data, layout } = fitted(themed(text, figure), plot.clientWidth);
  plot.append(canvas);
  await Plotly.react(canvas, data, layout, CONFIG);
  figure.dataset.drawn = String(plot.clientWidth);
  drawn.add(figure);
}

function showTab(figure, chosen) {
  for (const tab of figure.querySelectorAll("[role=tab]")) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
  }
}

function makeTabs(figure) {
  const list = figure.querySelector("[role=tablist]");
  const tabs = [...figure.querySelectorAll("[role=tab]")];
  list.hidden = false;
  list.addEventListener("click", (event) => event.target.closest("[role=tab]") && showTab(figure, event.target.closest("[role=tab]")));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    showTab(figure, next);
    next.focus();
  });
  figure.dataset.tabbed = "";
  showTab(figure, tabs[0]);
}

const redraw = (all) => drawn.forEach((one) => (one.isConnected ? (all || one.dataset.drawn !== String(one.querySelector(".plot").clientWidth)) && draw(one) : drawn.delete(one)));
const seen = new IntersectionObserver((entries) => entries.forEach((one) => {
  if (one.isIntersecting) seen.unobserve(one.target), draw(one.target);
}), { rootMargin: "200px" });
const start = () => document.querySelectorAll("figure[data-chart]:not([data-tabbed])").forEach((one) => (makeTabs(one), seen.observe(one)));

new ResizeObserver(() => redraw(false)).observe(document.documentElement);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(true));
document.addEventListener("ska:theme", () => redraw(true));
document.addEventListener("htmx:after:swap", start);
start();
