// A figure as it fits where it stands: what has no room beside the picture, and which years have below.

export const NARROW = 560;
const BETWEEN = 10;
const pen = document.createElement("canvas").getContext("2d");

// As many years as have room in the size that they are written in, also beside the next picture's;
// the last one always.
function thinned(axis, across, next, family) {
  const { tickvals = [], ticktext, categoryarray = [], range, domain = [0, 1] } = axis;
  if (tickvals.length < 2 || !categoryarray.length) return;
  pen.font = `${axis.tickfont.size}px ${family}`;
  const widest = Math.max(...(ticktext ?? tickvals).map((word) => pen.measureText(word).width)) + BETWEEN;
  const year = (across * (domain[1] - domain[0])) / (range[1] - range[0]);
  const [first, second, last] = [tickvals[0], tickvals[1], tickvals.at(-1)].map((one) => categoryarray.indexOf(one));
  const meets = widest > across * next - year * (last - first);
  const every = Math.max(Math.ceil(widest / (year * (second - first))), meets ? 2 : 1);
  const stays = (_, at) => (tickvals.length - 1 - at) % every === 0;
  Object.assign(axis, { tickvals: tickvals.filter(stays) }, ticktext && { ticktext: ticktext.filter(stays) });
}

// A narrow page has no room for names at the line ends: a legend under the picture says them.
function narrowed(data, layout, width) {
  layout.annotations = (layout.annotations ?? []).filter((one) => one.name !== "label");
  const named = data.filter((one) => one.showlegend !== false).length;
  layout.showlegend = named > 1;
  layout.margin = { ...layout.margin, r: 8, l: 0 };
  layout.height += layout.showlegend ? 26 * named : 0;
  layout.legend = { ...layout.legend, entrywidth: width, y: -0.2, yanchor: "top" };
}

export function fitted({ data, layout }, width) {
  layout.width = width;
  layout.height ??= Math.round(Math.min(420, Math.max(300, width * 0.46)));
  const beside = layout.margin.l;
  if (width < NARROW) narrowed(data, layout, width);
  const across = width - beside - layout.margin.r;
  const axes = Object.keys(layout).filter((name) => name.startsWith("xaxis")).map((name) => layout[name]);
  const next = axes.length > 1 ? axes[1].domain[0] - axes[0].domain[0] : Infinity;
  for (const axis of axes) thinned(axis, across, next, layout.font.family);
  return { data, layout };
}
