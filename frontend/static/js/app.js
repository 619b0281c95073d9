// What every page does: focus what went wrong, Ctrl+K to the search field, close open menus.

function focusErrorSummary() {
  document.getElementById("error-summary")?.focus();
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
  const heading = document.querySelector("main h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

document.addEventListener("keydown", openSearch);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("htmx:after:swap", afterSwap);
focusErrorSummary();
