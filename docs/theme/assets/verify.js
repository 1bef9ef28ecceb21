// Checks a citation against today's equations, as `python -m derivations verify` does (derivations/catalogue/verify.py); nothing that is typed leaves the page.
"use strict";

const IDENTIFIER = "[a-z]+(?:-[a-z0-9]+)*\\.[a-z0-9]+(?:-[a-z0-9]+)*", DIGITS = 12;

function verifyCitation(citation, { equations, releases, retired, changed }) {
  const text = citation.replace(/\\(?=[@+_])|[\u200b\u00ad]/g, "");
  const found = text.match(new RegExp(`(?<![\\p{L}\\p{N}_.-])(${IDENTIFIER})@(\\d+\\.\\d+\\.\\d+)\\+([0-9a-f]+)`, "u"));
  if (!found || found[3].length < DIGITS) {
    const begun = [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_.-])(${IDENTIFIER})(?:@|(?![\\p{L}\\p{N}_.@-]))`, "gu"))];
    const known = begun.find(([, id]) => Object.hasOwn(equations, id) || Object.hasOwn(retired, id));
    if (known) return { kind: "cut-short", id: known[1] };
    const other = begun.find(([all]) => all.endsWith("@"));
    return other ? { kind: "unknown", id: other[1] } : { kind: "none" };
  }
  const [, id, version, cited] = found;
  if (Object.hasOwn(retired, id)) return { kind: "retired", id, ...retired[id] };
  if (!Object.hasOwn(equations, id)) return { kind: "unknown", id };
  const now = equations[id];
  if (now.statement.startsWith(cited)) return { kind: "unchanged", id, now: now.plain };
  const published = releases.filter((release) => release.equations[id]?.statement.startsWith(cited)).at(-1);
  const reason = changed.find((each) => each.id === id && each.statement === now.statement)?.reason ?? "";
  return { kind: "changed", id, now: now.plain, version: published?.version ?? version, before: published?.equations[id].plain ?? "", reason };
}
globalThis.verifyCitation = verifyCitation;

const form = document.querySelector?.(".verify");
if (form) {
  const answer = form.querySelector("[role=status]"), say = JSON.parse(form.dataset.words);
  let known;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.replaceChildren();
    try {
      known ??= await (await fetch(form.dataset.releases)).json();
    } catch {
      answer.textContent = say.unreachable;
      return;
    }
    const said = verifyCitation(form.querySelector("textarea").value, known);
    const line = (text, kind = "p") => answer.appendChild(Object.assign(document.createElement(kind), { textContent: text }));
    answer.className = said.kind;
    line(say[said.kind].replace("{id}", said.id ?? "").replace("{date}", said.date ?? "").replace("{reason}", said.reason ?? ""));
    if (said.before) line(`${said.version}: ${said.before}`, "code");
    else if (said.kind === "changed") line(say.altered.replace("{version}", said.version));
    if (said.now) line(`${say.today}: ${said.now}`, "code");
    if (said.kind === "changed" && said.reason) line(said.reason);
    const target = said.replacement || (said.now && said.id);
    if (target) {
      const link = Object.assign(document.createElement("a"), { href: form.dataset.equations.replace("{id}", target), textContent: target });
      answer.appendChild(document.createElement("p")).append(link);
    }
  });
}
