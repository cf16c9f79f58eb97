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
  watchShift(leave);
  sayKeys();
  document.addEventListener("follow:swapped", sayKeys);
}

/* The keys work only where this runs: only then does the page name them. */
function sayKeys() {
  for (const words of document.querySelectorAll("[data-exit-words]")) words.textContent = words.dataset.exitWords;
}

function watchShift(leave) {
  let presses = [];
  let isAlone = false;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      // Somebody is typing capitals: that is no call for the exit.
      isAlone = false;
      presses = [];
    } else if (!event.repeat) {
      isAlone = true;
    }
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isAlone) return;
    isAlone = false;
    presses = [...presses, event.timeStamp].slice(-PRESSES);
    const isQuick = event.timeStamp - presses[0] < WITHIN_MILLISECONDS;
    if (presses.length === PRESSES && isQuick) leave();
  });
}
