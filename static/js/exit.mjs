/* The entry of pages that need no script but the quick exit. Nothing sent, nothing kept. */
import { start } from "./quick-exit.mjs";

start(document.querySelector("[data-module=quick-exit]"));
