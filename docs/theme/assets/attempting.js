// A worker: tries one statement, so that the page answers meanwhile, and can end what takes too long.
import { Unread, attempt } from "./attacking.js";

onmessage = ({ data }) => {
  try { postMessage(attempt(data.known, data.typed, data.domain)); } catch (problem) {
    postMessage(problem instanceof Unread ? { unread: problem.told, place: problem.place, given: String(problem.given), allowed: String(problem.allowed) } : { broken: String(problem) });
  }
};
