/* The desk: follows other desks and the board, moves the progress line while a round is open, copies the link.
   Every act is a plain form; nothing here steers. */
import { start as follow } from "./follow.mjs";
import { start as guardActs } from "./acts.mjs";

const PROGRESS_MILLISECONDS = 5000;

let progressTimer = 0;

function startAll() {
  const desk = document.querySelector('[data-module="follow"]');
  if (desk) follow(desk);
  startProgress();
  startCopy();
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

guardActs();
startAll();
document.addEventListener("follow:swapped", startAll);
