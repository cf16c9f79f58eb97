/* The entry of the open pages that can be read aloud and left quickly: a lesson for oneself, help. Nothing sent, nothing
   kept. */
import { start as line } from "./line.mjs";
import { start as quickExit } from "./quick-exit.mjs";
import { start as readAloud } from "./read-aloud.mjs";

quickExit(document.querySelector("[data-module=quick-exit]"));
readAloud(document.querySelector("[data-module=read-aloud]"));
for (const list of document.querySelectorAll("[data-module=line]")) line(list);
