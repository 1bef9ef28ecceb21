// Python with this project in the reader's browser, in a worker that is loaded when it is started, from this site alone.
//   const runner = new Runner(python, wheel);               the addresses of the site's folder for it and of the project's wheel
//   await runner.start(({ done, total }) => …);             bytes that have arrived; call() starts it too
//   await runner.call("derivations.publish.here.script", "run", source, "coin.py", "en");     a function of a module, of texts, which gives a text
//   runner.stop();                                          ends it at once, whatever it does; calls under way are refused with Stopped, and the next begins anew
//   await typeset(element, python);                         TeX in .arithmatex elements, as the pages of the site mark it, becomes MathML

export class Stopped extends Error {}
export class Runner {
  constructor(python, wheel) {
    Object.assign(this, { python, wheel, worker: null, started: null, waiting: new Map(), calls: 0 });
  }
  start(told = () => {}) {
    return this.started ??= new Promise((ready, refuse) => {
      const worker = this.worker = new Worker(`${this.python}worker.js`, { type: "module" });
      worker.onmessage = ({ data }) => {
        if (worker !== this.worker) return; // it was stopped, and had said this before
        if (data.total) told(data);
        else if (data.ready) ready();
        else if (!data.id) this.end(new Error(data.error));
        else {
          const { answered, refused } = this.waiting.get(data.id);
          this.waiting.delete(data.id);
          if ("error" in data) refused(new Error(data.error)); else answered(data.answer);
          dispatchEvent(new Event("python")); // it has been used, and may be kept (site.js)
        }
      };
      worker.onerror = () => worker === this.worker && this.end(new Error("it could not be fetched"));
      this.waiting.set(0, { refused: refuse });
      worker.postMessage({ wheel: this.wheel });
    });
  }
  async call(module, name, ...given) {
    await this.start();
    return new Promise((answered, refused) => {
      this.waiting.set(++this.calls, { answered, refused });
      this.worker.postMessage({ id: this.calls, module, name, given });
    });
  }
  stop() { this.end(new Stopped()); }
  end(why) {
    this.worker?.terminate();
    for (const { refused } of this.waiting.values()) refused(why);
    this.waiting.clear();
    this.worker = this.started = null;
  }
}

const measured = new ResizeObserver((each) => { // what scrolls by itself can be reached by the keyboard
  for (const { target } of each) if (target.scrollWidth > target.clientWidth) target.tabIndex = 0; else target.removeAttribute("tabindex");
});
export async function typeset(element, python) {
  const { default: temml } = await import(`${python}temml.js`);
  for (const each of element.querySelectorAll(".arithmatex:not(:has(math))")) {
    const [, begins, tex] = /^\s*\\([([])(.*)\\[)\]]\s*$/s.exec(each.textContent) ?? [];
    if (!tex) continue;
    each.innerHTML = temml.renderToString(tex, { displayMode: begins === "[" }).replaceAll(" style=", " data-style=");
    for (const styled of each.querySelectorAll("[data-style]")) styled.style.cssText = styled.dataset.style; // the policy lets scripts set styles, not HTML
    for (const box of [each, each.parentElement]) measured.observe(box);
  }
}
