// Holds a citation against what equations say today, as derivations/catalogue/verify.py does; a test asks both the same. Nothing that is pasted leaves the page.
"use strict";

const DIGITS = 12, NAMED = "(?<![\\p{L}\\p{N}_.-])([a-z]+(?:-[a-z0-9]+)*\\.[a-z0-9]+(?:-[a-z0-9]+)*)";
const CITED = new RegExp(`${NAMED}@([0-9]+\\.[0-9]+\\.[0-9]+)\\+([0-9a-f]+)`, "u");
const BEGUN = new RegExp(`${NAMED}(?:@|(?![\\p{L}\\p{N}_.@-]))`, "gu");

function verifyCitation(citation, { equations, releases, retired, changed }) {
  const answer = (kind, id = "", more = {}) => ({ kind, id, version: "", before: "", now: "", reason: "", date: "", replacement: "", near: [], ...more });
  const identifiers = [...Object.keys(equations), ...Object.keys(retired)];
  const unknown = (id) => answer("unknown", id, { near: nearest(id, identifiers.map((each) => [each, [each]])) });
  const text = citation.replace(/\\(?=[@+_])|[\u200b\u00ad]/g, ""), found = text.match(CITED);
  if (!found || found[3].length < DIGITS) {
    const begun = [...text.matchAll(BEGUN)], known = begun.find(([, id]) => identifiers.includes(id)), other = begun.find(([all]) => all.endsWith("@"));
    return known ? answer("incomplete", known[1]) : other ? unknown(other[1]) : answer("none");
  }
  const [, id, version, cited] = found;
  if (Object.hasOwn(retired, id)) {
    const { reason, date, replacement } = retired[id];
    return answer("retired", id, { version, reason, date, replacement });
  }
  if (!Object.hasOwn(equations, id)) return unknown(id);
  const { statement, plain: now } = equations[id];
  if (statement.startsWith(cited)) return answer("unchanged", id, { version, now });
  const had = releases.filter((release) => release.equations[id]?.statement.startsWith(cited)).at(-1);
  const reason = changed.find((each) => each.id === id && each.statement === statement)?.reason ?? "";
  return answer("changed", id, { version: had?.version ?? version, before: had?.equations[id].plain ?? "", now, reason });
}

// --- the page ---

const checked = globalThis.document?.querySelector(".verify");
if (checked) {
  const status = checked.querySelector("[role=status]"), words = JSON.parse(checked.dataset.words);
  let facts = null;
  const known = () => (facts ??= fetch(checked.dataset.index).then((answer) => { if (!answer.ok) throw new Error(answer.statusText); return answer.json(); }));
  const made = (kind, ...content) => { const element = document.createElement(kind); element.append(...content); return element; };
  function line(text, values) { // words with links in the place of {id}
    return made("p", ...text.split(/(\{\w+\})/).map((part) => values[part.slice(1, -1)] ?? part));
  }
  function shown({ kind, id, version, before, now, reason, date, replacement, near }, { equations }) {
    const link = (each) => (Object.hasOwn(equations, each) ? Object.assign(made("a", made("code", each)), { href: `${checked.dataset.equations}${each}/` }) : made("code", each));
    const forms = (...pairs) => made("dl", ...pairs.flatMap(([name, text]) => [made("dt", name), made("dd", text)]));
    const named = { id: link(id), date, reason };
    const lines = [line(words[kind], named)];
    if (kind === "unchanged") lines.push(forms([words.today, now]));
    if (kind === "changed") lines.push(forms([version, before || words.nowhere], [words.today, now], ...(reason ? [[words.because, reason]] : [])));
    if (replacement) lines.push(line(words.replacement, { id: link(replacement) }));
    if (near.length) lines.push(line(words.near, { id: made("span", ...near.flatMap((each, place) => [...(place ? [words.comma] : []), link(each)])) }));
    return lines;
  }
  checked.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = verifyCitation(checked.querySelector("textarea").value, await known());
      status.className = answer.kind;
      status.replaceChildren(...shown(answer, await known()));
    } catch { // opened as files, or offline
      facts = null;
      status.className = "";
      status.replaceChildren(made("p", words.unreachable));
    }
  });
}
