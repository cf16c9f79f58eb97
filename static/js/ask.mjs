/* Asks the server with a patience that fits the network: short where it is quick, so that a request that hangs is given
   up soon and the page is back within two seconds of the network; longer where every answer takes long. */
const SHORTEST = 2000;
const LONGEST = 3500;
const BODY = 8000;
const TIMES_USUAL = 4;

let patience = LONGEST;

/** Fetch an address; throws where no answer begins in time. */
export async function ask(address, options = {}) {
  const given = new AbortController();
  const began = performance.now();
  let timer = window.setTimeout(() => given.abort(), patience);
  try {
    const reply = await fetch(address, { signal: given.signal, ...options });
    patience = clamp(TIMES_USUAL * (performance.now() - began));
    window.clearTimeout(timer);
    timer = window.setTimeout(() => given.abort(), BODY);
    return reply;
  } catch (error) {
    // The network may have become slow, not gone.
    patience = clamp(patience * 1.3);
    throw error;
  }
}

function clamp(milliseconds) {
  return Math.min(Math.max(milliseconds, SHORTEST), LONGEST);
}
