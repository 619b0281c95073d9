// What every page does: focus what went wrong, Ctrl+K to the search field, close open menus.

function focusErrorSummary() {
  document.getElementById("error-summary")?.focus();
}

function focusHeading() {
  const heading = document.querySelector("main h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

function openSearch(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  const field = document.getElementById("search");
  if (!field) return;
  event.preventDefault();
  if (field.offsetParent === null) {
    location.assign(field.form.action);
    return;
  }
  field.focus();
  field.select();
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "keydown") {
      if (event.key !== "Escape") return;
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    } else if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
}

// After a swap the reader is told where she is: the errors first, otherwise the new heading.
function afterSwap(event) {
  const summary = document.getElementById("error-summary");
  if (summary) {
    summary.focus();
    return;
  }
  if (event.target?.id !== "main" && event.detail?.ctx?.target?.id !== "main") return;
  focusHeading();
}

// A form that leads back to its own page gives who uses the keyboard back the control that was used,
// though it stands elsewhere by now; else each choice began at the head of the page again. A page that
// says itself where one goes on is left alone.
const USED = "ska-used";
const twins = (text) => [...document.querySelectorAll("main form button")].filter((one) => one.textContent === text);

function noteUsed({ target: form }) {
  const used = document.activeElement;
  if (!form.contains(used) || !used.matches(":focus-visible")) return;
  const place = twins(used.textContent).indexOf(used);
  sessionStorage.setItem(USED, JSON.stringify([location.pathname, used.id, used.textContent, place]));
}

function returnToUsed() {
  const [path, id, text, place] = JSON.parse(sessionStorage.getItem(USED) ?? "[]");
  sessionStorage.removeItem(USED);
  if (path !== location.pathname || location.hash || document.querySelector("#error-summary, [autofocus]")) return;
  const used = id ? document.getElementById(id) : twins(text)[place];
  let fold = used;
  while ((fold = fold?.parentElement?.closest("details"))) fold.open = true; // what is folded takes no focus
  used ? used.focus() : focusHeading();
}

document.addEventListener("submit", noteUsed);
document.addEventListener("keydown", openSearch);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("htmx:after:swap", afterSwap);
focusErrorSummary();
returnToUsed();
