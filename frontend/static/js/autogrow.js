// Text areas grow with the text. Browsers with `field-sizing` do it by themselves (forms.css).

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-autogrow]")) grow(event.target);
  });
  document.querySelectorAll("textarea[data-autogrow]").forEach(grow);
}
