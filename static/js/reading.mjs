/* The entry of the open pages that can be read aloud: a lesson for oneself, help. Nothing sent, nothing kept. */
import { start } from "./read-aloud.mjs";

start(document.querySelector("[data-module=read-aloud]"));
