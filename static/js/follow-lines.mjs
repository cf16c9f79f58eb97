/* The lines of a page that move without a swap: how many devices are in, what a group of that size will see, and that
   the open question closes soon. Everything else on the page stays as it is: marks, focus, place. */

/** Write how many take part wherever the page names it, and show the line that fits this many: the devices, and the
    seats that were declared for those without one. */
export function showDevices(devices) {
  const declared = Number(document.querySelector("[data-follow-more]")?.dataset.followMore ?? 0);
  for (const element of document.querySelectorAll("[data-follow-devices]")) {
    const number = devices + (element.dataset.followDevices === "alone" ? 0 : declared);
    const form = new Intl.PluralRules(document.documentElement.lang).select(number);
    const words = element.dataset[`text${form[0].toUpperCase()}${form.slice(1)}`];
    const text = (words ?? element.dataset.textOther).replace("{n}", number);
    if (element.textContent !== text) element.textContent = text;
  }
  for (const line of document.querySelectorAll("[data-follow-from]")) {
    const { followFrom, followUntil, text } = line.dataset;
    const number = devices + declared;
    line.hidden = number < Number(followFrom) || number >= Number(followUntil ?? Infinity);
    if (text) line.textContent = line.hidden ? "" : text;
  }
}

/** Return whether all that happened since this page was made is that the teacher said "closes soon". One act is one
    version: with more in between, the same phase may be another round. */
export function isOnlyAlmost(state, element) {
  const { version, phase, step, paused, almost } = element.dataset;
  return (
    element.querySelector("[data-follow-almost]") !== null &&
    state.version === Number(version) + 1 &&
    state.phase === phase &&
    String(state.step) === step &&
    String(state.paused) === paused &&
    almost === "false" &&
    state.almost
  );
}

/** Show the line that the question closes soon, and return its words. */
export function sayAlmost(element, state) {
  const line = element.querySelector("[data-follow-almost]");
  element.dataset.version = state.version;
  element.dataset.almost = "true";
  line.textContent = line.dataset.textAlmost;
  line.dataset.followAlmost = "said";
  line.hidden = false;
  return line.textContent;
}
