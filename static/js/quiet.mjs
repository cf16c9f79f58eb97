/* Sitting out without a trace: the page for whoever does not want to look takes the place of the lesson, and address and
   history stay as they are. Without this its links do the same by their fragment. Nothing is sent or kept. */

/** Start on that page; the link to it stands elsewhere. */
export function start(page) {
  const turn = (isQuiet) => {
    document.body.classList.toggle("page--quiet", isQuiet);
    document.dispatchEvent(new Event("quiet"));
    (isQuiet ? page : document.querySelector("main")).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  for (const link of document.querySelectorAll(`a[href="#${page.id}"]`)) link.addEventListener("click", instead(() => turn(true)));
  for (const link of document.querySelectorAll('a[href="#main"]')) {
    link.addEventListener("click", (event) => {
      // Who came by an address with the fragment leaves by the fragment. The link past the bar leads to what is shown.
      if (document.body.classList.contains("page--quiet")) instead(() => turn(!page.contains(link)))(event);
    });
  }
}

function instead(act) {
  return (event) => {
    event.preventDefault();
    act();
  };
}
