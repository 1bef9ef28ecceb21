// Lighthouse with its own default settings: a phone, whose slow processor and network are simulated. Asked in JSON; answers with a line of JSON for each run.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { chromium, options, addresses, times } = JSON.parse(process.argv[2]);
const browser = await launch({ chromePath: chromium, chromeFlags: ["--headless=new", ...options], logLevel: "silent" });
try {
  for (const address of addresses) {
    for (let time = 0; time < times; time++) {
      const { categories, audits } = (await lighthouse(address, { port: browser.port, logLevel: "silent" })).lhr;
      const failed = Object.values(categories).filter(({ id }) => id !== "performance").flatMap(({ auditRefs }) => auditRefs)
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1).map(({ id }) => id);
      const scores = Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, Math.round(100 * score)]));
      const broken = Object.values(audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === "error").map(({ errorMessage }) => errorMessage);
      const measured = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map((id) => audits[id].displayValue);
      console.log(JSON.stringify({ address, scores, failed, broken, measured }));
    }
  }
} finally {
  browser.kill();
}
