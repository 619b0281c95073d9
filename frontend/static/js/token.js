// The form token of this page. Who signs in anew in another tab has another: it is read from the
// page itself, so that what was written before can still be saved.

export async function renewed(headers) {
  const answer = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(20000) });
  if (!answer.ok) return headers; // still signed out
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("input[name=csrf_token]")?.value;
  if (!token) return headers;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  return { ...headers, "x-csrf-token": token };
}
