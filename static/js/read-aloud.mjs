/* Reads a page aloud with the browser's own voices: what is on screen, in its order, each part in its language.
   Never which option is marked nor whether an answer was right; nothing is sent or kept. */
const RATE = 0.95;

const speech = window.speechSynthesis;
let button = null;
let run = 0;
let spoken = null;

/** Start on the button; it stays hidden where no voice on this device speaks the language of the page. */
export function start(element) {
  if (!speech || !window.SpeechSynthesisUtterance) return;
  if (!button) listen();
  button = element;
  element.querySelector("span").textContent = element.dataset.text;
  element.addEventListener("click", () => (isReading() ? stop() : read()));
  look();
}

function listen() {
  // Many browsers know their voices a little later. (No addEventListener: older Safari has none here.)
  speech.onvoiceschanged = look;
  window.addEventListener("pagehide", stop);
  for (const name of ["follow:swapped", "visibilitychange", "submit", "quick-exit", "quiet"]) document.addEventListener(name, stop);
}

function look() {
  button.hidden = !voiceFor(document.documentElement.lang);
}

/* Only voices of this device. Any other voice is a service elsewhere: it would get the text of the page, and with it
   learn that somebody at this address is in this lesson at this moment. */
function voiceFor(language) {
  const local = speech.getVoices().filter((voice) => voice.localService && nameOf(voice).split("-")[0] === language);
  return local.find((voice) => nameOf(voice) === `${language}-be`) || local.find((voice) => voice.default) || local[0];
}

function nameOf(voice) {
  return voice.lang.replace("_", "-").toLowerCase();
}

function isReading() {
  return button.getAttribute("aria-pressed") === "true";
}

function stop() {
  run += 1;
  // Some browsers also swallow what is said right after this, so only where there is something to stop.
  if (speech.speaking || speech.pending) speech.cancel();
  button.setAttribute("aria-pressed", "false");
}

function read() {
  stop();
  button.setAttribute("aria-pressed", "true");
  const [parts, own] = [partsOf(document.querySelector("main")), run];
  const next = () => {
    if (run !== own) return;
    const part = parts.shift();
    if (!part) return stop();
    const voice = voiceFor(part.language);
    if (!voice) return next();
    // Kept, or a browser may clear it away and never say that it ended.
    spoken = new SpeechSynthesisUtterance(part.text);
    Object.assign(spoken, { voice, lang: voice.lang, rate: RATE, onend: next, onerror: next });
    speech.speak(spoken);
  };
  next();
}

/* The words on screen, cut where a block, an option or a language ends. */
function partsOf(main) {
  const parts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = wordsOf(walker.currentNode);
    if (!text.trim() || !isShown(element)) continue;
    const [block, language] = [blockOf(element), element.closest("[lang]").lang.split("-")[0]];
    const last = parts[parts.length - 1];
    if (last && last.block === block && last.language === language) last.text += text;
    else parts.push({ block, language, text: placeOf(block) + text });
  }
  return parts;
}

/* A phone number is read digit by digit. */
function wordsOf(node) {
  const text = node.data.replace(/\s+/g, " ");
  return node.parentElement.closest("[href^='tel:']") ? text.replace(/\d(?=\d)/g, "$& ") : text;
}

function isShown(element) {
  if (element.closest("[aria-hidden='true'], .u-hidden, [data-unread]")) return false;
  return !isFolded(element) && element.getClientRects().length > 0;
}

/* In a closed fold only its own summary is on screen. (Some browsers give the rest a box all the same.) */
function isFolded(element) {
  const fold = element.closest("details:not([open])");
  if (!fold) return false;
  return !fold.querySelector("summary").contains(element) || isFolded(fold.parentElement);
}

function blockOf(element) {
  const isInline = getComputedStyle(element).display === "inline";
  return isInline && element.parentElement ? blockOf(element.parentElement) : element;
}

function placeOf(block) {
  const option = block.closest(".option");
  if (!option) return "";
  const all = [...option.parentElement.children];
  return button.dataset.textOption.replace("{n}", all.indexOf(option) + 1).replace("{total}", all.length);
}
