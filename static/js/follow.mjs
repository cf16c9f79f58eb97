/* Follows the class session for a device or a board: asks for the small state document, which is the same for
   everyone, and swaps <main> when the teacher has acted. Sends nothing about a student and keeps nothing. */
import { TooLate, ask, look } from "./ask.mjs";
import { isOnlyAlmost, sayAlmost, showDevices } from "./follow-lines.mjs";

const JITTER = 0.1;
const QUICKEST_SECONDS = 0.5;
const SLOWEST_SECONDS = 10;
const PAGE_STATUSES = new Set([200, 403, 404, 409, 410]);

/* The server was reached and gave nothing to go on with. */
class Refused extends Error {}

let follower = null;

/** Start on the element that names the state document (`data-state-url`), the page (`data-page-url`) and the
    version and boot it was made from; `data-join-url` and `data-code` let a device join again after a restart. */
export function start(element) {
  follower = follower || new Follower();
  follower.adopt(element);
}

class Follower {
  constructor() {
    this.seconds = 1;
    this.misses = 0;
    this.refusals = 0;
    this.isBusy = false;
    const voice = document.createElement("p");
    voice.className = "u-hidden";
    voice.setAttribute("role", "status");
    this.voice = document.body.appendChild(voice);
    const soon = () => this.lookSoon();
    document.addEventListener("visibilitychange", soon);
    window.addEventListener("online", soon);
    window.addEventListener("pageshow", (event) => event.persisted && soon());
  }

  adopt(element) {
    this.element = element;
    this.version = Number(element.dataset.version);
    this.boot = element.dataset.boot;
    for (const each of document.querySelectorAll("[data-follow-hide]")) each.hidden = true;
    if (!this.isBusy) this.wait();
  }

  wait() {
    window.clearTimeout(this.timer);
    if (document.hidden || !this.element) return;
    // A network that is away is asked at the usual pace; a server that says no is left in peace.
    const calm = Math.min(this.seconds * 2 ** Math.min(this.refusals, 4), SLOWEST_SECONDS);
    const spread = 1 - JITTER + 2 * JITTER * Math.random();
    this.timer = window.setTimeout(() => this.look(), calm * spread * 1000);
  }

  lookSoon() {
    window.clearTimeout(this.timer);
    if (document.hidden || !this.element || this.isBusy) return;
    this.look();
  }

  async look() {
    this.isBusy = true;
    try {
      await this.catchUp();
      this.misses = 0;
      this.refusals = 0;
    } catch (error) {
      // Who waited long has missed more than one look.
      this.misses += error instanceof TooLate ? 2 : 1;
      this.refusals = error instanceof Refused ? this.refusals + 1 : 0;
    }
    this.isBusy = false;
    this.tellNetwork();
    this.wait();
  }

  tellNetwork() {
    const wasAway = this.isAway;
    // One miss is nothing; the line would only flicker.
    this.isAway = this.misses > 1;
    // Where an answer waits, its own line says so; said twice it would sound like two troubles.
    const isSaid = document.querySelector("[data-answer-state=waiting]") !== null;
    for (const line of document.querySelectorAll("[data-follow-network]")) {
      line.hidden = !this.isAway || isSaid;
      line.textContent = line.hidden ? "" : line.dataset.followNetwork;
      if (this.isAway) this.say("");
      else if (wasAway && !this.voice.textContent) this.say(line.dataset.textBack || "");
    }
  }

  async catchUp() {
    const { stateUrl, pageUrl, joinUrl, code } = this.element.dataset;
    const reply = await look(stateUrl, { credentials: "omit" });
    if (this.misses) document.dispatchEvent(new Event("follow:back"));
    if (reply.status === 404) return this.show(await look(pageUrl, { cache: "no-store" }));
    if (!reply.ok) throw new Refused("no state");
    const after = Number(reply.headers.get("Follow-After"));
    if (after > 0) this.seconds = Math.max(after, QUICKEST_SECONDS);
    const state = await reply.json();
    const isSameBoot = state.boot === this.boot;
    if (isSameBoot && state.version < this.version) return undefined;
    if (isSameBoot && state.version === this.version) return showDevices(state.devices);
    if (isSameBoot && isOnlyAlmost(state, this.element)) {
      this.version = state.version;
      this.say(sayAlmost(this.element, state));
      return showDevices(state.devices);
    }
    if (isSameBoot || !joinUrl) return this.show(await look(pageUrl, { cache: "no-store" }));
    // The server started anew and knows nobody: join again with the seat this browser still holds.
    return this.show(await ask(joinUrl, { method: "POST", body: new URLSearchParams({ code }) }));
  }

  async show(reply) {
    if (!PAGE_STATUSES.has(reply.status)) throw new Refused("no page");
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const [old, main] = [document.querySelector("main"), page.querySelector("main")];
    if (!main) throw new Refused("no main");
    const hadFocus = old.contains(document.activeElement);
    const heading = old.querySelector("h1")?.textContent;
    const news = this.element.dataset.news;
    const wrapper = page.querySelector('[data-module="follow"]');
    old.replaceWith(document.adoptNode(main));
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    const live = document.querySelector('[data-module="follow"]');
    if (wrapper && live) {
      Object.assign(live.dataset, wrapper.dataset);
      this.adopt(live);
    } else {
      this.element = null;
    }
    document.dispatchEvent(new CustomEvent("follow:swapped"));
    this.voice.textContent = "";
    this.tell(main.querySelector("h1"), { heading, news }, hadFocus);
  }

  /* What a listener hears of a swap: the heading if it is another one, unless the focus says it; and what is new. */
  tell(heading, before, hadFocus) {
    if (isSatOut()) return;
    const isNew = heading && heading.textContent !== before.heading;
    const takesFocus = heading && hadFocus && !document.activeElement?.closest("main");
    const news = this.element?.dataset.news;
    if (isNew) window.scrollTo(0, 0);
    if (takesFocus) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    this.say([isNew && !takesFocus && heading.textContent, (isNew || news !== before.news) && news].filter(Boolean).join(" "));
  }

  say(words) {
    if (!isSatOut()) this.voice.textContent = words;
  }
}

/* Who does not want to look for a while (quiet.mjs) is not told where the class is. */
function isSatOut() {
  return !document.querySelector("main").getClientRects().length;
}
