/* A device that held a seat before the server started anew joins again by itself: one form, sent once.
   Without this its button does the same. */
import { start as inPlace } from "./in-place.mjs";

const LATEST_MILLISECONDS = 1500;

/** Send the form after a moment, so that a whole class does not come back in the same instant. */
export function start(form) {
  inPlace(form);
  window.setTimeout(() => form.querySelector("button").click(), Math.random() * LATEST_MILLISECONDS);
}
