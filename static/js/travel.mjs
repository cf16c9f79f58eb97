/* How an image travels: what is moved shows at once, by the same page fetched anew. Nothing is kept. */
const form = document.querySelector("[data-travel-form]");
let asked = 0;

form.querySelector("button").hidden = true;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});

async function show() {
  document.querySelector("[data-travel-keep]").textContent = form.elements.keep.value;
  document.querySelector("[data-travel-round]").textContent = form.elements.round.value;
  const mine = ++asked;
  const reply = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`).catch(() => null);
  // A slower answer to an earlier move says nothing any more.
  if (!reply?.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const [old, fresh] = [document, page].map((each) => each.querySelector("[data-travel-picture]"));
  const isOpen = old.querySelector("details").open;
  old.querySelector("svg").replaceWith(fresh.querySelector("svg"));
  old.querySelector("table").replaceWith(fresh.querySelector("table"));
  old.querySelector("details").open = isOpen;
  old.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
}
