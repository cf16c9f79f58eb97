"""What a browser measures on the page it shows, as scripts; each returns plain values."""

AXE = """async only => {
  const found = await axe.run({runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap(each => each.nodes.map(
    node => `${each.id}: ${node.html.slice(0, 160)} ${(node.any[0] || {}).message || ""}`));
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, [aria-level='1']")]
  .filter(each => each.checkVisibility())
  .map(each => each.textContent.replace(/\\s+/g, " ").trim())"""
SMALL_TARGETS = """() => {
  const small = [];
  const targets = "a[href], button, input:not([type=hidden]), summary, select";
  for (const each of document.querySelectorAll(targets)) {
    if (!each.checkVisibility({visibilityProperty: true})) continue;
    const target = each.type === "radio" || each.type === "checkbox" ? each.closest("label") : each;
    const box = target.getBoundingClientRect();
    if (box.bottom <= 0 || box.right <= 0) continue; // comes into view with the focus
    const line = each.closest("p, li, dd");
    const words = text => text.replace(/\\s+/g, "").length;
    const isInSentence = each.matches("a") && getComputedStyle(each).display === "inline"
      && line && words(line.textContent) > words(each.textContent);
    if (isInSentence) continue; // the exception of WCAG 2.5.8 for links in a line of text
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    if (width < 44 || height < 44)
      small.push(`${each.outerHTML.slice(0, 110)} ${width}x${height}`);
  }
  return small;
}"""
BOARD = """code => {
  const wrong = [], height = innerHeight, root = document.documentElement;
  if (root.scrollHeight > height || root.scrollWidth > innerWidth)
    wrong.push(`scrolls: ${root.scrollWidth}x${root.scrollHeight}`);
  const isForListeners = element => {
    for (let each = element; each; each = each.parentElement) {
      if (getComputedStyle(each).display === "contents") continue; // has no box of its own
      const {width, height} = each.getBoundingClientRect();
      if (width < 2 || height < 2) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let largestCode = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, words = node.data.trim(), element = node.parentElement;
    if (!words || !element.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (isForListeners(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (words.replace(/\\s/g, "") === code) largestCode = Math.max(largestCode, size);
    if (element.closest("a, button, summary, dialog, [data-cover], #qr")) continue;
    if (box.bottom > height + 1 || box.right > innerWidth + 1 || box.top < -1 || box.left < -1)
      wrong.push(`outside the screen: ${words.slice(0, 60)}`);
    for (let each = element; each && each.tagName !== "MAIN"; each = each.parentElement) {
      const style = getComputedStyle(each), frame = each.getBoundingClientRect();
      const isOut = box.bottom > frame.bottom + 2 || box.right > frame.right + 2;
      if (style.overflow !== "visible" && isOut) wrong.push(`cut off: ${words.slice(0, 60)}`);
    }
    if (size < height * 0.04 - 0.01)
      wrong.push(`${(100 * size / height).toFixed(1)}vh: ${words.slice(0, 60)}`);
  }
  if (code && !largestCode) wrong.push("no join code");
  return {wrong, code: largestCode / height};
}"""
LINES_ABOVE = """target => {
  const lines = [], end = target.getBoundingClientRect().bottom;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (words && element.checkVisibility() && element.getBoundingClientRect().top <= end)
      lines.push(words);
  }
  return lines;
}"""
"""What a reader has read on coming to a button: all that stands no lower on the page."""
