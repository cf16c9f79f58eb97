/* Asks the server, with a patience that fits the network: where it is quick, a request that hangs is soon given up;
   where every answer takes long, it has its time. */
const SHORTEST = 1000;
const LONGEST = 3500;
const BODY = 8000;
const TIMES_USUAL = 4;
const LOOKS = 3;

let patience = clamp(TIMES_USUAL * firstAnswer());

/** Nothing came back in time. */
export class TooLate extends Error {}

/** Send one request; throws where no answer begins in time. `given` lets the caller give it up. */
export async function ask(address, options = {}, given = new AbortController()) {
  const timer = window.setTimeout(() => given.abort(), patience);
  try {
    return await begin(address, options, given);
  } catch (error) {
    // The network may have become slow, not gone.
    patience = clamp(patience * 1.3);
    throw error;
  } finally {
    window.clearTimeout(timer);
  }
}

/** Ask for what changes nothing: while an answer is late another request follows it, and the first answer counts. So
    the page is back soon after the network, however its connections hung. Throws `TooLate` where none came. */
export function look(address, options = {}) {
  const looks = [];
  return new Promise((resolve, reject) => {
    let timer = 0;
    const end = (settle, value, own) => {
      window.clearTimeout(timer);
      for (const each of looks) if (each !== own) each.abort();
      settle(value);
    };
    const next = () => {
      if (looks.length === LOOKS) return end(reject, new TooLate());
      const own = new AbortController();
      // A browser lets a second request for what it may keep wait for the first one.
      const fresh = looks.length ? { cache: "no-store" } : {};
      looks.push(own);
      timer = window.setTimeout(next, patience);
      return begin(address, { ...options, ...fresh }, own).then(
        (reply) => end(resolve, reply, own),
        (error) => own.signal.aborted || end(reject, error),
      );
    };
    next();
  });
}

async function begin(address, options, given) {
  const began = performance.now();
  const reply = await fetch(address, { signal: given.signal, ...options });
  patience = clamp(TIMES_USUAL * (performance.now() - began));
  window.setTimeout(() => given.abort(), BODY);
  return reply;
}

function clamp(milliseconds) {
  return Math.min(Math.max(milliseconds, SHORTEST), LONGEST);
}

/* How long the page itself took to begin. */
function firstAnswer() {
  const [page] = performance.getEntriesByType("navigation");
  return page ? page.responseStart - page.requestStart : LONGEST;
}
