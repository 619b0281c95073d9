// Tabs for anything that stands as [data-tabs]: a hidden tablist whose tabs name their panels.
// Without JavaScript the list stays hidden and every panel is shown.
// A tab that the page has no room for is passed over, and left when the page becomes narrow.

const inView = (group) => [...group.querySelectorAll("[role=tab]")].filter((tab) => getComputedStyle(tab).display !== "none");

function show(group, chosen) {
  for (const tab of group.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}

function move(group, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = inView(group);
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  show(group, next);
  next.focus();
}

function start() {
  for (const group of document.querySelectorAll("[data-tabs]:not([data-tabbed])")) {
    const list = group.querySelector("[role=tablist]");
    for (const tab of list.querySelectorAll("[role=tab]")) {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    list.hidden = false;
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) show(group, tab);
    });
    list.addEventListener("keydown", (event) => move(group, event));
    group.dataset.tabbed = "";
    show(group, inView(group)[0]);
  }
}

function leave() {
  for (const group of document.querySelectorAll("[data-tabbed]:has([aria-selected=true][data-wide])")) {
    const tabs = inView(group);
    if (!tabs.some((tab) => tab.ariaSelected === "true")) show(group, tabs[0]);
  }
}

document.addEventListener("htmx:after:swap", start);
addEventListener("resize", leave);
start();
