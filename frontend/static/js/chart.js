// Draws each chart when it comes into view, from the figure in its page; nothing is fetched but the
// drawing library. Until then, and without JavaScript, the still picture and the table stand there.

import { NARROW, fitted } from "./fit.js";

const CONFIG = { locale: "sv", displaylogo: false, displayModeBar: false, showSendToCloud: false,
  plotlyServerURL: "", responsive: false, scrollZoom: false, doubleClick: false, showTips: false };
const NEAR = 200;
// The colours of src/ska/charts/house.py and what they are in the page's theme.
const TOKENS = { "#00508C": "var(--series-1)", "#BD745E": "var(--series-2)", "#0E8A8A": "var(--series-3)",
  "#57233B": "var(--series-4)", "#615B0A": "var(--series-5)", "#7A8494": "var(--context)",
  "#1B1F24": "var(--ink)", "#4A5361": "var(--ink-2)", "#D5DBE3": "var(--hairline)", "#FFFFFF": "var(--panel)",
  "#EEF1F5": "color-mix(in srgb, var(--hairline) 45%, var(--panel))",
  "#8FB1CC": "color-mix(in srgb, var(--series-1) 50%, var(--panel))" };
const drawn = new Set();
let library;

const added = (part) => new Promise((ready, failed) => {
  document.head.append(Object.assign(part, { onload: ready, onerror: failed }));
});

function load(figure) {
  library ??= Promise.all([
    added(Object.assign(document.createElement("link"), { rel: "stylesheet",
      id: "plotly.js-style-global", className: "no-inline-styles", href: figure.dataset.plotlyCss })),
    added(Object.assign(document.createElement("script"), { src: figure.dataset.plotlyJs })),
  ]).then(() => window.Plotly);
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

async function draw(figure) {
  const plot = figure.querySelector(".plot");
  if (plot.clientWidth === 0) return;
  const width = plot.clientWidth;
  // Most kinds read better on a narrow page as the still picture, which is made for its width.
  if (width < NARROW && plot.querySelector(".kept")) return;
  const Plotly = await load(figure);
  const canvas = plot.querySelector(".canvas") ?? plot.appendChild(document.createElement("div"));
  canvas.className = "canvas";
  const { data, layout } = fitted(themed(figure.querySelector("[data-figure]").textContent, figure), width);
  await Plotly.react(canvas, data, layout, CONFIG);
  figure.dataset.drawn = String(width);
  drawn.add(figure);
}

function redraw(all) {
  for (const figure of drawn) {
    if (!figure.isConnected) drawn.delete(figure);
    else if (all || figure.dataset.drawn !== String(figure.querySelector(".plot").clientWidth)) draw(figure);
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    seen.unobserve(entry.target);
    draw(entry.target);
  }
}, { rootMargin: `${NEAR}px` });

// What is in view is drawn at once: the observer would tell of it a frame later.
function start() {
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const { top, bottom, height } = figure.getBoundingClientRect();
    if (height > 0 && top < innerHeight + NEAR && bottom > -NEAR) draw(figure);
    else seen.observe(figure);
  }
}

new ResizeObserver(() => redraw(false)).observe(document.documentElement);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(true));
document.addEventListener("ska:theme", () => redraw(true));
document.addEventListener("htmx:after:swap", start);
start();
