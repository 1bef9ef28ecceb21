// Loads the page again when what `make serve` shows is no longer what this page was made from.
const { state, version } = document.currentScript.dataset;
navigator.serviceWorker?.getRegistrations().then((all) => { for (const each of all) each.unregister(); }); // of a site that was served here before

setInterval(async () => {
  try {
    const answer = await fetch(state, { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== version) location.reload();
  } catch {
    // The server was stopped. When it is back, so is this page.
  }
}, 500);
