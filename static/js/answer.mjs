/* Sends a choice until it is acknowledged, and says so in words. What was chosen lives in this page's memory only:
   never in an address, in history or in storage; a page that comes back from history has forgotten it. */
import { orderOf } from "./option-order.mjs";

const RETRY_SECONDS = [1, 2, 4, 8];
const PATIENCE_MILLISECONDS = 10000;
const DOUBLE_TAP_MILLISECONDS = 400;

let memory = blank();
let isSending = false;
let wake = () => {};

function blank() {
  return { round: "", order: [], marked: null, state: "asking", pending: null, sent: null, missed: null };
}

/** Return the position this page sent for a question, or null. */
export function answerTo(question) {
  return memory.sent?.question === question ? memory.sent.choice : null;
}

/** Start on a form with the options of an open question; without an address (`data-round` only) nothing is sent. */
export function start(form) {
  const box = form.querySelector("[data-options]");
  const { round, question } = form.dataset;
  if (memory.round !== round) {
    const { sent, pending } = memory;
    memory = { ...blank(), round, order: orderOf(box), sent, missed: pending?.question ?? null };
  }
  arrange(box, memory.order);
  mark(form, memory.marked);
  form.addEventListener("change", (event) => {
    memory.marked = event.target.value;
    // Where nothing is sent, what is marked is the answer.
    if (!form.action) memory.sent = { question, choice: memory.marked };
  });
  if (!form.action) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (memory.marked === null) return;
    memory.pending = { address: form.action, round, question, choice: memory.marked, goesRound: "goesRound" in form.dataset };
    memory.marked = null;
    become("sending");
    form.querySelector("[data-answer=words]").focus({ preventScroll: true });
    wake();
    deliver();
  });
  let shownAt = 0;
  form.addEventListener("answer:shown", () => {
    shownAt = performance.now();
  });
  form.querySelector("[data-answer=again]").addEventListener("click", (event) => {
    // The second half of a double tap on "send" may land here.
    const isSoon = performance.now() - shownAt < DOUBLE_TAP_MILLISECONDS;
    if (event.detail > 1 || (event.pointerType === "touch" && isSoon)) return;
    become("asking");
    form.querySelector("[data-options] input").focus();
  });
  show(form);
}

function arrange(box, order) {
  const items = new Map([...box.children].map((item) => [item.querySelector("input").value, item]));
  box.append(...order.map((value) => items.get(value)));
  box.dataset.options = "ready";
}

function mark(form, value) {
  for (const input of form.querySelectorAll("[data-options] input")) input.checked = input.value === value;
}

function report(state) {
  // Who is choosing again is not disturbed by news of the choice before.
  if (memory.state !== "asking") become(state);
}

function become(state) {
  const wasAsking = memory.state === "asking";
  memory.state = state;
  const form = document.querySelector(`form[data-module=answer][data-round="${memory.round}"]`);
  if (!form) return;
  show(form);
  if (wasAsking) form.dispatchEvent(new Event("answer:shown"));
}

function show(form) {
  const isAsking = memory.state === "asking";
  form.querySelector("[data-answer=ask]").hidden = !isAsking;
  form.querySelector("[data-answer=again]").hidden = isAsking;
  mark(form, memory.marked);
  const words = form.querySelector("[data-answer=words]");
  words.hidden = isAsking;
  const name = `text${memory.state[0].toUpperCase()}${memory.state.slice(1)}`;
  words.textContent = isAsking ? "" : words.dataset[name];
}

async function deliver() {
  if (isSending) return;
  isSending = true;
  let tries = 0;
  while (memory.pending) {
    const ballot = memory.pending;
    const status = await post(ballot);
    if (memory.pending !== ballot) {
      tries = 0;
      continue;
    }
    if (status === 0 || status === 429 || status >= 500) {
      report("waiting");
      await pause(RETRY_SECONDS[Math.min(tries, RETRY_SECONDS.length - 1)]);
      tries = memory.pending === ballot ? tries + 1 : 0;
      continue;
    }
    memory.pending = null;
    // The device is no longer in this class: its page shows the way back.
    if (status === 403) window.location.reload();
    if (status === 204 && ballot.goesRound) return passOn();
    if (status === 204) {
      memory.sent = { question: ballot.question, choice: ballot.choice };
      report("in");
    } else {
      memory.missed = ballot.question;
      report("missed");
      tellMissed();
    }
  }
  isSending = false;
}

/* On a device that goes round the next person finds the cover, and this page nowhere in history. */
function passOn() {
  memory = blank();
  window.location.replace(document.querySelector("[data-page-url]").dataset.pageUrl);
}

async function post({ address, round, choice }) {
  const patience = new AbortController();
  window.setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
  try {
    const reply = await fetch(address, {
      method: "POST",
      body: new URLSearchParams({ round, choice }),
      signal: patience.signal,
    });
    return reply.status;
  } catch {
    return 0;
  }
}

function pause(seconds) {
  return new Promise((resume) => {
    wake = resume;
    window.setTimeout(resume, seconds * 1000);
    window.addEventListener("online", resume, { once: true });
  });
}

/* The question may close while the network is away: the page that follows then says that the choice came too late. */
function tellMissed() {
  for (const line of document.querySelectorAll("[data-answer-missed]")) {
    line.hidden = line.dataset.answerMissed !== memory.missed;
  }
}

document.addEventListener("follow:swapped", tellMissed);
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  const { round, order } = memory;
  memory = { ...blank(), round, order };
  mark(document, null);
  become("asking");
});
