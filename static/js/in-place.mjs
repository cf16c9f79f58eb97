/* Sends a form that leads to the page of the class without a step in history: after a quick exit "Back" finds no lesson.
   Where the answer is any other page, or none, the form goes its ordinary way. */

/** Start on a form; it works by itself without this. */
export function start(form) {
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    try {
      const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (reply.redirected) {
        window.location.replace(reply.url);
        return;
      }
    } catch {
      // The browser says it better.
    }
    isSending = false;
    form.submit();
  });
}
