/* Cards in a line: buttons move a card up and down. The order stays in this page; nothing is sent. */
export function start(list) {
  const words = { up: list.dataset.textUp, down: list.dataset.textDown };
  for (const item of list.children) {
    const text = item.querySelector(".deck__label").textContent;
    const moves = document.createElement("div");
    moves.className = "deck__moves";
    moves.dataset.unread = "";
    for (const [way, sign] of [["up", "↑"], ["down", "↓"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "deck__move";
      button.textContent = sign;
      button.setAttribute("aria-label", `${words[way]}: ${text}`);
      button.addEventListener("click", () => move(item, way, button));
      moves.append(button);
    }
    item.append(moves);
  }
  mark(list);
}

function move(item, way, button) {
  const list = item.parentElement;
  if (way === "up" && item.previousElementSibling) item.previousElementSibling.before(item);
  if (way === "down" && item.nextElementSibling) item.nextElementSibling.after(item);
  mark(list);
  // A button that can go no further hands the focus to the other one.
  (button.disabled ? item.querySelector(".deck__move:enabled") : button).focus();
}

function mark(list) {
  for (const item of list.children) {
    const [up, down] = item.querySelectorAll(".deck__move");
    up.disabled = item === list.firstElementChild;
    down.disabled = item === list.lastElementChild;
  }
}
