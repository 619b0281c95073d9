// The choice between light, dark and the computer's own; kept in a cookie that the server reads,
// so that the next page arrives in the right colours.

const YEAR = 31536000;
const root = document.documentElement;

function choose(value) {
  if (value) root.dataset.theme = value;
  else delete root.dataset.theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `ska-theme=${value}; Path=/; Max-Age=${value ? YEAR : 0}; SameSite=Lax${secure}`;
  mark();
  document.dispatchEvent(new CustomEvent("ska:theme"));
}

function mark() {
  for (const button of document.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === (root.dataset.theme ?? "")));
  }
}

for (const panel of document.querySelectorAll("[data-theme-choice]")) {
  panel.hidden = false;
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (button) choose(button.dataset.themeValue);
  });
}
mark();
