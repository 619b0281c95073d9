// What SKA draws with: lines and points, bars, heat maps, box plots and maps of areas, in Swedish.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/box"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/locales/sv"),
  require("./sv.additions.cjs"),
]);

module.exports = Plotly;
