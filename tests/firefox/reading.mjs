// What a reader does in Firefox. Told in JSON which Firefox, and where the site is; says "offline" when the server is to be stopped, waits for a line that says it was,
// and answers with what was seen, and with all that went wrong.
import { launch } from "puppeteer-core";

const { firefox, root } = JSON.parse(process.argv[2]), wrong = [], seen = {};
const browser = await launch({ browser: "firefox", executablePath: firefox, headless: true, defaultViewport: { width: 1280, height: 900 } });
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000); // a machine that does other things besides
  page.on("console", (message) => { if (["error", "warn"].includes(message.type())) wrong.push(`console: ${message.text()}`); });
  const icon = /\/assets\/mark\.\w+\.svg/; // asked for once a page is there, so that whoever leaves at once breaks it off
  page.on("pageerror", (error) => { if (!icon.test(error)) wrong.push(`raised: ${error}`); });
  page.on("request", (request) => { if (!request.url().startsWith(root) && !/^(data|blob|about):/.test(request.url())) wrong.push(`asked for ${request.url()}`); });
  const goes = (place) => page.goto(root + place), text = (selector) => page.$eval(selector, (each) => each.textContent);
  const clicked = async (selector) => {
    await page.waitForSelector(selector);
    for (const each of await page.$$(selector)) if (await each.isVisible()) { await each.scrollIntoView(); return each.click(); }
    throw new Error(`Nothing to be seen of ${selector}`);
  };
  const until = async (holds, ...given) => { // asked from outside: the site's policy forbids to poll within
    for (const end = Date.now() + 60_000; !(await page.evaluate(holds, ...given)); await new Promise((go) => setTimeout(go, 50))) {
      if (Date.now() > end) throw new Error(`It never came: ${holds} ${given}`);
    }
  };
  const steps = {
    async figure() { // thirty heads and twenty tails, by keyboard
      await goes("en/questions/how-sure/");
      await (await page.waitForSelector("#figure-four-intervals")).scrollIntoView();
      for (const [name, times] of [["heads", 22], ["tails", 18]]) {
        await (await page.waitForSelector(`#four-intervals-${name}`)).focus();
        for (let each = 0; each < times; each++) await page.keyboard.press("ArrowRight");
      }
      return { said: await text("#figure-four-intervals output"), ...await page.$$eval("#figure-four-intervals dl > div", (all) => Object.fromEntries(all.map(({ children: [name, value] }) => [name.textContent, value.textContent]))) };
    },
    async theme() {
      const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), before = await colour();
      for (let each = 0; each < 2; each++) await clicked(".theme");
      const dark = await colour();
      await goes("en/cite/");
      return { before, dark, after: await colour() };
    },
    async mark() {
      await goes("en/likelihood-to-cross-entropy/");
      await clicked("[id='coin.score'] a.proof");
      await page.waitForSelector("[id='coin.score'] .check[data-verdict]");
      return page.$eval("[id='coin.score'] .check", (each) => ({ verdict: each.dataset.verdict, said: each.textContent.trim() }));
    },
    async broken() {
      await goes("en/equations/coin.score/");
      await clicked(".try > button");
      const statement = await page.waitForSelector(".try textarea");
      await statement.evaluate((each) => { each.value = ""; });
      await statement.type("8/p + 2/(1-p)");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".try[data-verdict]");
      return page.$eval(".try", (each) => ({ verdict: each.dataset.verdict, values: [...each.querySelectorAll("[role=status] code")].map(({ textContent }) => textContent) }));
    },
    async search() {
      await goes("en/cite/");
      await clicked(".md-search__input");
      await page.keyboard.type("score");
      await page.waitForSelector(".md-search-result__link", { visible: true });
      return page.$$eval(".md-search-result__link", (all) => all.map(({ href }) => href));
    },
    async run() {
      await goes("en/derivations/coin/");
      await clicked(".run > button");
      await page.waitForSelector(".run .output section math");
      return { said: await text(".run [role=status]"), equations: await page.$$eval(".run .output > section > .named code", (all) => all.map(({ textContent }) => textContent)) };
    },
    async offline() {
      const complete = async (list) => {
        const kept = await (await caches.match(list))?.json(), names = Object.keys({ ...kept?.shared, ...kept?.["pages en"], ...kept?.python });
        return names.length > 0 && (await Promise.all(names.map((name) => caches.match(new URL(name, list).href)))).every(Boolean);
      };
      await until(complete, `${root}offline.json`);
      console.log("offline"); // the server is stopped then: what Firefox emulates leaves workers their network
      for await (const _ of process.stdin) break;
      await goes("en/questions/softmax/");
      const kept = await text("h1");
      await goes("en/equations/softmax.ratio/");
      const not = await page.$$eval("h1", (all) => all.map(({ textContent }) => textContent));
      return { kept, not };
    },
  };
  for (const [name, step] of Object.entries(steps)) seen[name] = await step().catch((problem) => ({ problem: String(problem) }));
} finally {
  await browser.close();
}
console.log(JSON.stringify({ seen, wrong }));
