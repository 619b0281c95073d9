// Ctrl+K: search and go, in a dialog. Without this file the search field is a plain form.

const dialog = document.getElementById("palette");
const field = document.getElementById("palette-field");
const list = document.getElementById("palette-hits");
const status = document.getElementById("palette-status");
let asked = 0;
let timer = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function piece(part) {
  if (!part.hit) return document.createTextNode(part.text);
  const mark = document.createElement("mark");
  mark.textContent = part.text;
  return mark;
}

function line(name, ...content) {
  const element = document.createElement("span");
  element.className = name;
  element.append(...content);
  return element;
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function show(found) {
  list.replaceChildren(...found.hits.map((hit, index) => {
    const option = document.createElement("li");
    option.id = `palette-${index}`;
    option.role = "option";
    option.dataset.href = hit.href;
    option.append(line("name", ...hit.title.map(piece)), line("meta", hit.what));
    return option;
  }));
  list.hidden = found.hits.length === 0;
  field.setAttribute("aria-expanded", String(found.hits.length > 0));
  const { none, some } = status.dataset;
  status.textContent = !found.query.trim() ? "" : found.total === 0 ? none : `${found.total} ${some}`;
  choose(options()[0]);
}

async function ask() {
  const turn = ++asked;
  if (!field.value.trim()) return show({ hits: [], total: 0, query: "" });
  const address = `${dialog.dataset.source}?limit=8&q=${encodeURIComponent(field.value.slice(0, 200))}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (turn === asked && answer.ok) show(await answer.json());
  } catch {
    if (turn === asked) status.textContent = status.dataset.offline;
  }
}

function onKey(event) {
  const all = options();
  const at = all.indexOf(chosen());
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length }[event.key];
  if (next !== undefined && all.length) {
    event.preventDefault();
    choose(all[next % all.length]);
  } else if (event.key === "Enter" && chosen() && !event.isComposing) {
    event.preventDefault();
    location.assign(chosen().dataset.href);
  }
}

function open(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (dialog.open) return dialog.close();
  dialog.showModal();
  field.select();
}

if (dialog) {
  document.addEventListener("keydown", open, true);
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 80);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
