// What has to happen before the page is drawn. It stands in the page itself.
{
  const page = document.documentElement;
  page.classList.replace("no-js", "js");
  try { // some browsers keep nothing
    const theme = localStorage.getItem("likelihood-theme");
    if (theme) page.dataset.theme = theme;
  } catch {}
  // The first drawing waits (book.css), a second at most, for the faces that the page needs: else formulas change
  // their width when their letters come, and lines move under the reader's eyes.
  const faces = [...document.querySelectorAll("link[data-face]")].map((link) => document.fonts.load(link.dataset.face));
  Promise.race([Promise.allSettled(faces), new Promise((late) => setTimeout(late, 1000))]).then(() => {
    page.classList.add("set");
    if (!scrollY) document.querySelector(":target")?.scrollIntoView(); // no browser goes to what is not laid out
  });
}
