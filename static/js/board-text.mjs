/* The size of the text on this board: three steps, by keys or buttons, kept in this tab only. */
const STEPS = ["100", "125", "150"];
const NAME = "board-text";

/** Show the buttons, and the size that this tab had before. */
export function start(board) {
  set(window.sessionStorage.getItem(NAME));
  for (const button of board.querySelectorAll("[data-text-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => step(Number(button.dataset.textStep)));
  }
}

/** Make the text one step larger (1) or smaller (-1). */
export function step(by) {
  const now = STEPS.indexOf(document.documentElement.dataset.boardText || STEPS[0]);
  set(STEPS[Math.min(Math.max(now + by, 0), STEPS.length - 1)]);
}

function set(size) {
  if (!STEPS.includes(size)) return;
  document.documentElement.dataset.boardText = size;
  window.sessionStorage.setItem(NAME, size);
}
