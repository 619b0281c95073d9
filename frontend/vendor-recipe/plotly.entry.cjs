// What SKA draws with: lines, points and surfaces (plotly's core brings scatter), in Swedish.
// A kind of chart that needs another trace registers it here; a test compares.
const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/locales/sv"), require("./sv.additions.cjs")]);

module.exports = Plotly;
