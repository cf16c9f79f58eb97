/* Quick exit: cover the page at once, then leave it without a way back to it. Shift three times does the same.
   Nothing is counted, sent or kept; browsing history from before stays, and the pages say so. */
const PRESSES = 3;
const WITHIN_MILLISECONDS = 4000;

/** Start on the link that leads away; it works as a plain link without this. */
export function start(link) {
  // In a frame (a rehearsal) no other site opens: there the link leads out by itself.
  if (window.top !== window.self) return;
  const leave = () => {
    document.dispatchEvent(new Event("quick-exit"));
    document.title = "\u00a0";
    document.body.textContent = "";
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  watchShift(leave, voiceFor(link));
  document.addEventListener("click", leaveNoStep);
  sayKeys();
  document.addEventListener("follow:swapped", sayKeys);
}

/* The keys work only where this runs: only then does the page name them. */
function sayKeys() {
  for (const words of document.querySelectorAll("[data-exit-words]")) words.textContent = words.dataset.exitWords;
}

/* A place in this page, or this page in another language, is no step in history: "Back" would find it after the exit. */
function leaveNoStep(event) {
  const way = event.target.closest('a[href^="#"], .bar__languages a, a[data-no-step]');
  if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  window.location.replace(way.href);
}

/* Who hears the page is told once that one more press leaves it; silent for everybody else. */
function voiceFor(link) {
  const voice = document.createElement("p");
  voice.className = "u-hidden";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);
  let timer = 0;
  return (presses) => {
    window.clearTimeout(timer);
    voice.textContent = presses === PRESSES - 1 ? link.dataset.textOnceMore : "";
    timer = window.setTimeout(() => (voice.textContent = ""), WITHIN_MILLISECONDS);
  };
}

function watchShift(leave, say) {
  let presses = [];
  let isAlone = false;
  const forget = () => {
    // Somebody is typing capitals, or marking text: that is no call for the exit.
    isAlone = false;
    presses = [];
  };
  document.addEventListener("pointerdown", forget);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") forget();
    else if (!event.repeat) isAlone = true;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isAlone) return;
    isAlone = false;
    presses = [...presses, event.timeStamp].filter((each) => event.timeStamp - each < WITHIN_MILLISECONDS);
    if (presses.length < PRESSES) say(presses.length);
    else leave();
  });
}
