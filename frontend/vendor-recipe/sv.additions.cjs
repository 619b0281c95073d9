// The Swedish strings that plotly.js 4.1 shows but its own sv locale lacks, and lower-case names.
const swedish = require("plotly.js/lib/locales/sv");

const dictionary = {
  ...swedish.dictionary,
  Cancel: "Avbryt",
  "Click to enter Plot subtitle": "Klicka för att ange underrubrik",
  "Download plot as JSON": "Ladda ner diagram som JSON",
  "Draw circle": "Rita cirkel",
  "Draw closed freeform": "Rita sluten form",
  "Draw line": "Rita linje",
  "Draw open freeform": "Rita öppen form",
  "Draw rectangle": "Rita rektangel",
  "Erase active shape": "Ta bort vald form",
  "JSON download succeeded": "Nedladdning av JSON slutförd",
  "Sorry, there was a problem downloading your JSON file!": "Det gick inte att ladda ner filen",
};

const lower = (names) => names.map((name) => name.toLowerCase());

module.exports = {
  moduleType: "locale",
  name: "sv",
  dictionary,
  format: {
    ...swedish.format,
    days: lower(swedish.format.days),
    shortDays: lower(swedish.format.shortDays),
    months: lower(swedish.format.months),
    shortMonths: lower(swedish.format.shortMonths),
  },
};
