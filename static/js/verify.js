// The file in hand against the fingerprint that was kept; the file stays on the device.
import { $, on } from "./page.js";

async function fingerprintOf(file) {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answerFor(file, box) {
  // Browsers lend it to pages that came safely alone.
  if (!globalThis.crypto?.subtle) return box.dataset.cannot;
  const isSame = (await fingerprintOf(file)) === box.dataset.fingerprint;
  return isSame ? box.dataset.same : box.dataset.other;
}

on("change", async (event) => {
  const box = event.target.closest("[data-fingerprint]");
  if (!box) return;
  const answer = $("[data-fingerprint-answer]");
  const [file] = event.target.files;
  answer.textContent = file ? await answerFor(file, box) : "";
  answer.classList.toggle("is-other", answer.textContent === box.dataset.other);
});
