// The editor: each section saves itself, says so, and never leaves the page with unsaved words.
// Without this file the same form saves with its button.

import { Autosave } from "./autosave.js";

const form = document.querySelector("form[data-editor]");
const words = JSON.parse(document.getElementById("editor-words")?.textContent ?? "{}");
const announce = document.getElementById("announce");
const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");
const WORD = /\p{L}+(?:[-'’]\p{L}+)*/gu; // as core/readability.py counts them
let announced = 0;

function say(text) {
  if (Date.now() - announced < 30000) return;
  announced = Date.now();
  announce.textContent = text;
}

function clock() {
  return new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
}

function wire(section) {
  const area = section.querySelector("textarea");
  const status = section.querySelector(".autosave");
  const counted = section.querySelector("[data-words]");
  const readable = section.querySelector("[data-readable]"); // counted of what is saved
  const version = section.querySelector("input[data-version]");
  const panels = { refused: section.querySelector("[data-refused]"), conflict: section.querySelector("[data-conflict]"), closed: section.querySelector("[data-closed]") };

  function report(state, body) {
    const text = state === "failed" && !navigator.onLine ? words.offline : words[state];
    status.dataset.state = state;
    status.textContent = state === "saved" ? `${text} ${clock()}` : text;
    for (const [name, panel] of Object.entries(panels)) if (panel) panel.hidden = state !== name;
    area.toggleAttribute("aria-invalid", state === "refused");
    if (state === "saved" || (state === "saving" && body)) version.value = body.version;
    if (state === "saved" && readable) {
      readable.hidden = body.lix === null; // too few words
      readable.querySelector("[data-lix]").textContent = body.lix ?? "";
    }
    if (state === "refused") panels.refused.querySelector("[data-reason]").textContent = body.detail;
    if (state === "conflict") panels.conflict.querySelector("[data-who]").textContent = body.changed_by;
    if (state !== "saving") say(status.textContent);
  }

  const { url, etag } = section.dataset;
  const saver = new Autosave({ url, etag, headers, read: () => area.value, report });
  area.addEventListener("input", () => {
    saver.changed();
    if (counted) counted.textContent = area.value.match(WORD)?.length ?? 0;
  });
  area.addEventListener("blur", () => saver.save());
  panels.refused.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    saver.confirmed = true;
    saver.save();
  });
  return saver;
}

function watch(savers) {
  const dirty = () => savers.filter((saver) => saver.dirty);
  let submitting = false;
  form.addEventListener("submit", () => {
    submitting = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!submitting && dirty().length) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!submitting) savers.forEach((saver) => saver.save({ leaving: true }));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !submitting) savers.forEach((saver) => saver.save());
  });
  addEventListener("online", () => savers.forEach((saver) => saver.save()));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    Promise.all(dirty().map((saver) => saver.save())).then(() => {
      announced = 0;
      if (!dirty().length) say(words.saved);
    });
  });
}

if (form) {
  const sections = [...form.querySelectorAll("[data-section]")];
  watch(sections.map(wire));
  form.dataset.ready = "";
}
