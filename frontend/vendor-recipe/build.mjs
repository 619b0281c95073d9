// Bundles plotly.js, extracts its stylesheet for the strict CSP, and compresses both beforehand.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const out = new URL("../static/vendor/", import.meta.url);
mkdirSync(out, { recursive: true });

function extractStylesheet() {
  const rules = [];
  const source = readFileSync(require.resolve("plotly.js/build/plotcss.js"), "utf8");
  const Lib = { addStyleRule: (selector, body) => rules.push(`${selector}{${body}}`) };
  vm.runInNewContext(source, { require: () => Lib });
  return `/* plotly.js ${version}: rules of build/plotcss.js. MIT, Plotly, Inc. */\n${rules.join("\n")}\n`;
}

// Every module runs as soon as the library does. With its function in parentheses a browser compiles it
// while the file arrives, beside the page, instead of skimming it then and compiling it when it is called.
function eager(text) {
  const begins = /^    ".+"\((.*)\) \{$/gm;
  const ends = /^    \}\n  \}\);$/gm;
  if (!text.match(begins) || text.match(begins).length !== text.match(ends)?.length) {
    throw new Error("the bundle's modules do not look as they used to");
  }
  return text.replace(begins, "    m: (function($1) {").replace(ends, "    })\n  });");
}

function write(name, body) {
  const bytes = Buffer.from(body);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = brotliCompressSync(bytes, { params: quality });
  writeFileSync(new URL(name, out), bytes);
  writeFileSync(new URL(`${name}.br`, out), brotli);
  writeFileSync(new URL(`${name}.gz`, out), gzipSync(bytes, { level: 9 }));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  console.log(`${name}: ${bytes.length} bytes, ${brotli.length} as brotli, sha256 ${sha256}`);
}

const TARGET = "es2018";
const { version } = require("plotly.js/package.json");
const licence = `/*! plotly.js ${version}, bundled for SKA: scatter, sv. MIT, Plotly, Inc. */`;
const bundle = await build({
  entryPoints: [new URL("plotly.entry.cjs", import.meta.url).pathname],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "Plotly",
  target: TARGET,
  outdir: "out",
  legalComments: "external",
  define: { global: "window", "define.amd": "false" },
  logLevel: "error",
});
// The bundle also brings a stylesheet for tile maps, which we do not draw: only the script is kept.
const whole = bundle.outputFiles.find((file) => file.path.endsWith(".js")).text;
const minified = await transform(eager(whole), { minify: true, target: TARGET, legalComments: "none", banner: licence });
write("plotly.js", minified.code);
write("plotly.css", extractStylesheet());
const legal = bundle.outputFiles.find((file) => file.path.endsWith(".js.LEGAL.txt")).text;
writeFileSync(new URL("plotly.LEGAL.txt", out), legal);
