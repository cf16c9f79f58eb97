/* "Did I have it right?": answered from this page's own memory, behind a tap, for quiz questions only.
   The page is the same for every device; one that answered nothing here (or was reloaded) sees no button. */
import { answerTo } from "./answer.mjs";

/** Start on the block that says which option is right; it stays hidden without an answer of one's own. */
export function start(element) {
  const own = answerTo(element.dataset.question);
  if (own === null) return;
  const button = element.querySelector("button");
  const words = element.querySelector("[role=status]");
  const text = element.dataset[own === element.dataset.right ? "textRight" : "textOther"];
  button.textContent = button.dataset.text;
  button.hidden = element.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(isOpen));
    words.textContent = isOpen ? text : "";
  });
}
