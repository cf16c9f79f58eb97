/* The order of the options on this device. Drawn once per round, so that nobody reads an answer from its place on a
   neighbour's screen. Scales stay as they are, and the way out ("I'd rather skip") stays last. */

/** Return the values of the options in the order in which this device shows them. */
export function orderOf(box) {
  const values = [...box.querySelectorAll("input")].map((input) => input.value);
  if (box.dataset.shuffle !== "yes") return values;
  const last = values.pop();
  for (let index = values.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [values[index], values[other]] = [values[other], values[index]];
  }
  return [...values, last];
}

function below(limit) {
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte);
  while (byte[0] >= 256 - (256 % limit));
  return byte[0] % limit;
}
