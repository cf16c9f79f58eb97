/* The desk: follows other desks and the board, moves the progress line while a round is open, copies the link.
   Every act is a plain form; nothing here steers. */
import { start as follow } from "./follow.mjs";
import { start as guardActs } from "./acts.mjs";

const PROGRESS_MILLISECONDS = 5000;

let progressTimer = 0;
let devicesWatch = null;

function startAll() {
  const desk = document.querySelector('[data-module="follow"]');
  if (desk) follow(desk);
  startProgress();
  startCopy();
  watchGroup(desk);
}

function startProgress() {
  window.clearInterval(progressTimer);
  const region = document.querySelector("[data-progress-url]");
  if (!region) return;
  progressTimer = window.setInterval(() => {
    if (!document.hidden) lookAtProgress(region);
  }, PROGRESS_MILLISECONDS);
}

async function lookAtProgress(region) {
  try {
    const reply = await fetch(region.dataset.progressUrl, { cache: "no-store" });
    if (!reply.ok) return;
    const progress = await reply.json();
    const shown = region.closest("[data-version]")?.dataset.version;
    if (!progress.text || String(progress.version) !== shown) return;
    const text = region.querySelector("[data-progress=text]");
    if (text.textContent !== progress.text) text.textContent = progress.text;
    region.querySelector("[data-progress=meter]").value = progress.fraction;
    const voiding = document.querySelector("[data-progress=void]");
    if (voiding) voiding.hidden = progress.enough;
  } catch {
    // The line stays as it was; the next look comes by itself.
  }
}

function startCopy() {
  const field = document.querySelector("#students-link");
  const button = document.querySelector("[data-copy-button]");
  if (!field || !button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.textDone;
    button.setAttribute("role", "status");
  });
}

/* What a group of this size will see depends on thresholds that only the server knows: ask it when the number moves. */
function watchGroup(desk) {
  devicesWatch?.disconnect();
  const group = document.querySelector("[data-group]");
  const devices = document.querySelector("[data-follow-devices]");
  if (!group || !devices) return;
  devicesWatch = new MutationObserver(async () => {
    const reply = await fetch(desk.dataset.pageUrl, { cache: "no-store" }).catch(() => null);
    if (!reply?.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    group.textContent = page.querySelector("[data-group]")?.textContent ?? group.textContent;
  });
  devicesWatch.observe(devices, { childList: true, characterData: true, subtree: true });
}

guardActs();
startAll();
document.addEventListener("follow:swapped", startAll);
