/* Sends a ballot until it is acknowledged, one request at a time; the last one given is the one that counts. What it
   carries lives in this page's memory only. */
import { ask } from "./ask.mjs";

const NO_NETWORK_SECONDS = 0.8;
const BUSY_SECONDS = [1, 2, 4, 8];
/* A request that was given up may still be on its way, and come in after a newer one: the newer is then said again,
   until the older cannot come any more. */
const ECHO_SECONDS = [3, 9, 27];

let pending = null;
let isSending = false;
let wake = () => {};
let given = new AbortController();
let lost = null;
let echo = 0;

/** Send a ballot in the place of any before it. `tell(news, ballot)` hears "waiting", "in", "missed" or "out". */
export function deliver(ballot, tell) {
  window.clearTimeout(echo);
  pending = { ...ballot, tell };
  wake();
  if (!isSending) work();
}

/** Return the ballot that is not acknowledged yet, or null. */
export function underway() {
  return pending;
}

async function work() {
  isSending = true;
  let tries = 0;
  while (pending) {
    const ballot = pending;
    const status = await post(ballot);
    if (pending !== ballot) {
      if (status === 0) lost = ballot;
      tries = 0;
      continue;
    }
    if (status === 0 || status === 429 || status >= 500) {
      ballot.tell("waiting", ballot);
      await pause(status === 0 ? NO_NETWORK_SECONDS : BUSY_SECONDS[Math.min(tries, BUSY_SECONDS.length - 1)]);
      if (status === 0 && pending !== ballot) lost = ballot;
      tries = pending === ballot ? tries + 1 : 0;
      continue;
    }
    pending = null;
    if (status === 204) sayAgain(ballot, 0);
    ballot.tell({ 204: "in", 403: "out" }[status] ?? "missed", ballot);
  }
  isSending = false;
}

function sayAgain(ballot, count) {
  if (lost === null || lost.round !== ballot.round || count === ECHO_SECONDS.length) {
    lost = null;
    return;
  }
  echo = window.setTimeout(async () => {
    await post(ballot);
    if (!pending) sayAgain(ballot, count + 1);
  }, ECHO_SECONDS[count] * 1000);
}

async function post({ address, round, choice }) {
  given = new AbortController();
  try {
    const reply = await ask(address, { method: "POST", body: new URLSearchParams({ round, choice }) }, given);
    return reply.status;
  } catch {
    return 0;
  }
}

function pause(seconds) {
  return new Promise((resume) => {
    const spread = 0.8 + 0.4 * Math.random();
    const timer = window.setTimeout(resume, seconds * spread * 1000);
    wake = () => {
      window.clearTimeout(timer);
      resume();
    };
    window.addEventListener("online", wake, { once: true });
  });
}

/* The page heard from the server again: what hung until now would hang on. */
document.addEventListener("follow:back", () => {
  if (!pending) return;
  given.abort();
  wake();
});
