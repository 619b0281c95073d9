// What only a browser can do with a picture: make a PNG of it, and copy the address where it stands.

const SCALE = 2;

async function png(address) {
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"),
    { width: image.naturalWidth * SCALE, height: image.naturalHeight * SCALE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const name = document.querySelector("h1").textContent.trim();
  const link = Object.assign(document.createElement("a"),
    { href: URL.createObjectURL(made), download: `${name}.png` });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function copy(button) {
  await navigator.clipboard.writeText(new URL(button.dataset.link ?? location.href, location.href).href);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-png], [data-copied]");
  if (button) (button.dataset.png ? png(button.dataset.png) : copy(button));
});

const start = () => document.querySelectorAll("[data-take]").forEach((part) => { part.hidden = false; });
document.addEventListener("htmx:after:swap", start);
start();
