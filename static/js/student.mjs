/* The entry of a student's page: starts the module of each element that names one, also after a swap of <main>.
   No behaviour of its own, nothing kept. */
import { start as answer } from "./answer.mjs";
import { start as follow } from "./follow.mjs";
import { start as inPlace } from "./in-place.mjs";
import { start as line } from "./line.mjs";
import { start as ownAnswer } from "./own-answer.mjs";
import { start as quickExit } from "./quick-exit.mjs";
import { start as quiet } from "./quiet.mjs";
import { start as readAloud } from "./read-aloud.mjs";
import { start as rejoin } from "./rejoin.mjs";

const MODULES = {
  answer,
  follow,
  "in-place": inPlace,
  line,
  "own-answer": ownAnswer,
  "quick-exit": quickExit,
  quiet,
  "read-aloud": readAloud,
  rejoin,
};
const started = new WeakSet();

function startAll() {
  for (const element of document.querySelectorAll("[data-module]")) {
    const start = MODULES[element.dataset.module];
    if (start && !started.has(element)) {
      started.add(element);
      start(element);
    }
  }
}

startAll();
document.addEventListener("follow:swapped", startAll);
