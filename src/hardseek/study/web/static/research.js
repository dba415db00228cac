"use strict";
// The study team's pages. Everything works without this script.

// ---- notes are kept as they are typed ----
function keeping(form) {
  const status = form.querySelector("[role=status]");
  const text = form.elements.text;
  let timer = 0, kept = text.value, later = form.elements.later.value;
  const changed = () => text.value !== kept || form.elements.later.value !== later;
  const body = () => new URLSearchParams(new FormData(form));
  const save = async () => {
    clearTimeout(timer);
    if (!changed()) return;
    const [was, how] = [text.value, form.elements.later.value];
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), headers: { accept: "application/json" }, keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      const { kept: done } = await answer.json();
      status.textContent = done ? status.dataset.saved : status.dataset.coded;
      [kept, later] = [was, how];
    } catch {
      status.textContent = status.dataset.failed;
      timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 700); });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed()) navigator.sendBeacon(form.action, body());
  });
}
for (const form of document.querySelectorAll("form[data-keep]")) keeping(form);
for (const more of document.querySelectorAll("[data-another]")) {
  more.hidden = false;
  more.addEventListener("click", () => {
    const forms = more.parentElement.querySelectorAll("form[data-keep]");
    const form = forms[forms.length - 1].cloneNode(true);
    form.elements.text.value = "";
    form.elements.later.value = "0";
    form.querySelector("[role=status]").textContent = "";
    form.elements.mark.value = [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
    more.before(form);
    keeping(form);
    form.elements.text.focus();
  });
}
const since = document.querySelector("[data-since]");
if (since) {
  const tell = () => {
    since.textContent = since.dataset.text.replace("{n}", String(Math.floor((Date.now() - Date.parse(since.dataset.since)) / 60000)));
  };
  tell();
  setInterval(tell, 10000);
}

// ---- codes: a tick is kept at once; keys go from turn to turn and give the first nine codes ----
const units = [...document.querySelectorAll("#units .unit")];
for (const unit of units) {
  const form = unit.querySelector("form[data-codes]");
  if (!form) continue;
  const status = form.querySelector("[role=status]");
  const send = async () => {
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { codes } = await answer.json();
      unit.querySelector("[data-chips]").replaceChildren(...codes.map((code) => {
        const item = document.createElement("li");
        item.textContent = code;
        return item;
      }));
      status.textContent = status.dataset.saved;
    } catch {
      status.textContent = status.dataset.failed;
    }
  };
  form.addEventListener("change", send);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  // What is selected in the turn is the passage to mark.
  const passage = unit.querySelector("[data-passage]");
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const said = unit.querySelector(".said bdi");
    if (passage && selection.rangeCount && !selection.isCollapsed && said.contains(selection.anchorNode) && said.contains(selection.focusNode)) {
      passage.value = selection.toString();
    }
  });
}
if (units.length) document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = units.findIndex((unit) => unit.contains(document.activeElement));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const next = units[Math.min(units.length - 1, Math.max(0, at < 0 ? 0 : at + (key === "j" ? 1 : -1)))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  } else if (at >= 0 && /^[1-9]$/.test(key)) {
    const box = units[at].querySelectorAll("form[data-codes] input[type=checkbox]")[Number(key) - 1];
    if (box) {
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    event.preventDefault();
  } else if (at >= 0 && key === "c") {
    const details = units[at].querySelector("details");
    if (details) {
      details.open = !details.open;
      if (details.open) details.querySelector("input[type=checkbox]")?.focus(); else units[at].focus();
    }
    event.preventDefault();
  }
});
