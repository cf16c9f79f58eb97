/* Act forms of desk and board: a form is sent once, however often it is pressed. The server would change nothing
   the second time; this keeps the page from saying so after an ordinary double click. */

/** Guard every act form of the page, also those that come with a swap of <main>. */
export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.once === "sent") event.preventDefault();
    form.dataset.once = "sent";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) form.dataset.once = "";
  });
}
