/* The form of an open question: what is marked, what was sent, and the words about it. What was chosen lives in this
   page's memory only: never in an address, in history or in storage; a page that comes back from history has forgotten
   it. */
import { deliver, underway } from "./delivery.mjs";
import { orderOf } from "./option-order.mjs";

const DOUBLE_TAP_MILLISECONDS = 400;

let memory = blank();

function blank() {
  return { round: "", order: [], marked: null, state: "asking", sent: null, missed: null };
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
    const { sent } = memory;
    memory = { ...blank(), round, order: orderOf(box), sent, missed: underway()?.question ?? null };
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
    const choice = memory.marked;
    memory.marked = null;
    become("sending");
    form.querySelector("[data-answer=words]").focus({ preventScroll: true });
    deliver({ address: form.action, round, question, choice }, "goesRound" in form.dataset ? passOn : hear);
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

function hear(news, { question, choice }) {
  // The device is no longer in this class: its page shows the way back.
  if (news === "out") window.location.reload();
  if (news === "in") memory.sent = { question, choice };
  if (news === "missed") {
    memory.missed = question;
    tellMissed();
  }
  // Who is choosing again is not disturbed by news of the choice before.
  if (memory.state !== "asking") become(news);
}

/* On a device that goes round the next person finds the cover, and this page nowhere in history. */
function passOn(news) {
  if (news === "waiting") {
    become(news);
  } else {
    memory = blank();
    window.location.replace(document.querySelector("[data-page-url]").dataset.pageUrl);
  }
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
  const again = form.querySelector("[data-answer=again]");
  // A turn is over with its first ballot.
  again.hidden = isAsking || "goesRound" in form.dataset;
  again.textContent = again.hidden ? "" : again.dataset.text;
  mark(form, memory.marked);
  const words = form.querySelector("[data-answer=words]");
  words.hidden = isAsking;
  words.dataset.answerState = memory.state;
  const name = `text${memory.state[0].toUpperCase()}${memory.state.slice(1)}`;
  words.textContent = isAsking ? "" : words.dataset[name];
}

/* The question may close while the network is away: the page that follows then says that the choice came too late. */
function tellMissed() {
  for (const line of document.querySelectorAll("[data-answer-missed]")) {
    line.hidden = line.dataset.answerMissed !== memory.missed;
    line.textContent = line.hidden ? "" : line.dataset.text;
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
