/* The rehearsal: keeps the hard moments beside the frames up to date and leaves the frames alone, and opens what
   does not belong to the lesson in a tab of its own. Without this the forms reload the page. */
const LOOK_MILLISECONDS = 1500;
const PAGE_OF_THE_LESSON = /^\/[a-z]{2}\/(desk|board|class)\/[^/]+(\/sent)?$/;

const rehearsal = document.querySelector("[data-rehearsal]");
const { stateUrl, pageUrl } = rehearsal.dataset;
let shown = `${rehearsal.dataset.boot} ${rehearsal.dataset.version}`;

async function look() {
  if (!document.hidden) await catchUp().catch(() => {});
  window.setTimeout(look, LOOK_MILLISECONDS);
}

async function catchUp() {
  const reply = await fetch(stateUrl, { credentials: "omit" });
  if (reply.status === 404) window.location.reload();
  if (!reply.ok) return;
  const state = await reply.json();
  const now = `${state.boot} ${state.version}`;
  if (now === shown) return;
  if (await renew(await fetch(pageUrl, { cache: "no-store" }))) shown = now;
}

/* Returns whether the reply was the page of this rehearsal. */
async function renew(reply) {
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = page.querySelector("[data-practise]");
  const old = document.querySelector("[data-practise]");
  if (!reply.ok || !fresh) return false;
  if (fresh.innerHTML !== old.innerHTML) old.replaceWith(document.adoptNode(fresh));
  return true;
}

async function send(event) {
  const form = event.target;
  // A browser that does not say which button it was sends the form itself.
  if (!form.matches("[data-moment]") || !event.submitter) return;
  event.preventDefault();
  const body = new URLSearchParams({ moment: event.submitter.value });
  try {
    if (!(await renew(await fetch(form.action, { method: "POST", body })))) throw new Error("no page");
    const heading = document.querySelector("#practise-title");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  } catch {
    window.location.reload();
  }
}

/* The home page, a sheet to print and other sites do not open inside a frame. */
function leadOut(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || !link.protocol.startsWith("http")) return;
  const isOurs = link.host === window.location.host;
  if (isOurs && PAGE_OF_THE_LESSON.test(link.pathname)) return;
  event.preventDefault();
  event.stopPropagation();
  window.open(link.href, "_blank", "noopener");
}

function watch(frame) {
  frame.contentDocument?.addEventListener("click", leadOut, true);
}

for (const frame of document.querySelectorAll("iframe")) {
  watch(frame);
  frame.addEventListener("load", () => watch(frame));
}
document.addEventListener("submit", send);
window.setTimeout(look, LOOK_MILLISECONDS);
