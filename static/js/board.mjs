/* The board: follows the class session, and listens to keys and clickers. Keys press the page's own buttons, so a
   board without the desk has nothing to press; no key closes a question. Covering happens in this browser only. */
import { start as follow } from "./follow.mjs";
import { start as guardActs } from "./acts.mjs";
import { start as sizeText, step as stepText } from "./board-text.mjs";

const COVER_AFTER_MILLISECONDS = 45 * 60 * 1000;
const FORWARD = new Set(["PageDown", "ArrowRight"]);
const BACK = new Set(["PageUp", "ArrowLeft"]);

let isCovered = false;
let coverTimer = 0;

function startAll() {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  follow(board);
  sizeText(board);
  const keys = board.querySelector("[data-keys-open]");
  // A browser without dialogs has no list of keys; the keys work all the same.
  keys.hidden = !hasKeyList();
  keys.addEventListener("click", showKeys);
  document.querySelector("[data-keys-close]").addEventListener("click", () => document.querySelector("[data-keys]").close());
  // A board that is touched may have no keys.
  document.querySelector("[data-cover]").addEventListener("click", () => cover(false));
  cover(isCovered);
  waitToCover();
}

function waitToCover() {
  window.clearTimeout(coverTimer);
  coverTimer = window.setTimeout(() => cover(true), COVER_AFTER_MILLISECONDS);
}

function cover(wanted) {
  isCovered = wanted;
  const cloth = document.querySelector("[data-cover]");
  cloth.hidden = !wanted;
  // The list of keys would lie over the cover, and keep the key that lifts it.
  if (wanted && hasKeyList()) document.querySelector("[data-keys]").close();
  document.querySelector("[data-board]").inert = wanted;
  if (!wanted) waitToCover();
}

function hasKeyList() {
  return "showModal" in document.querySelector("[data-keys]");
}

function showKeys() {
  if (hasKeyList()) document.querySelector("[data-keys]").showModal();
}

function press(selector) {
  document.querySelector(selector)?.click();
}

function toggleQr() {
  window.location.hash = window.location.hash === "#qr" ? "#board" : "#qr";
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const dialog = document.querySelector("[data-keys]");
  if (!dialog || dialog.open) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isCovered) {
    if (key === "b" || key === ".") cover(false);
    return;
  }
  if (FORWARD.has(key)) press('[data-key="forward"]');
  else if (BACK.has(key)) press('[data-key="back"]');
  else if (key === "p") press('button[value="pause"], button[value="resume"]');
  else if (key === "l") press('[data-key="language"]');
  else if (key === "b" || key === ".") cover(true);
  else if (key === "+" || key === "=") stepText(1);
  else if (key === "-") stepText(-1);
  else if (key === "q") toggleQr();
  else if (key === "?") showKeys();
  else return;
  event.preventDefault();
}

guardActs();
startAll();
document.addEventListener("keydown", onKey);
document.addEventListener("follow:swapped", () => {
  window.history.replaceState(null, "", window.location.pathname);
  startAll();
});
