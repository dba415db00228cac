"use strict";
// Everything works without this script; it keeps what is typed, and brings answers without a new page.
const PAUSE = 700;

function fields(form) {
  return new URLSearchParams(new FormData(form));
}

// ---- what is typed is kept on the server a moment later, so that it is there on another device ----
const dirty = new Set();
function draftOf(form) {
  const body = fields(form);
  body.set("place", form.dataset.draft);
  return body;
}
async function saveDraft(form) {
  const status = form.querySelector("[data-saved]");
  dirty.delete(form);
  try {
    const answer = await fetch("/draft", { method: "POST", body: draftOf(form), keepalive: true });
    if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
    if (status) status.textContent = status.dataset.saved;
  } catch {
    dirty.add(form);
    if (status) status.textContent = status.dataset.failed;
    form.timer = setTimeout(() => saveDraft(form), 5000);
  }
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  form.addEventListener("input", () => {
    dirty.add(form);
    clearTimeout(form.timer);
    form.timer = setTimeout(() => saveDraft(form), PAUSE);
  });
  form.addEventListener("submit", () => { dirty.delete(form); clearTimeout(form.timer); });
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const form of dirty) navigator.sendBeacon("/draft", draftOf(form));
});

// ---- a number becomes a slider beside it; it says nothing until it is moved ----
for (const number of document.querySelectorAll(".slide input[type=number]")) {
  const range = document.createElement("input");
  range.type = "range";
  for (const name of ["min", "max", "step"]) range[name] = number[name];
  range.value = number.value || String((Number(number.min) + Number(number.max)) / 2);
  range.setAttribute("aria-labelledby", `${number.id}-label`);
  range.classList.toggle("unset", !number.value);
  const take = () => {
    if (number.value === range.value) return;
    number.value = range.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  };
  range.addEventListener("input", take);
  range.addEventListener("click", take);
  number.addEventListener("input", () => {
    if (number.value) range.value = number.value;
    range.classList.toggle("unset", !number.value);
  });
  number.after(range);
}

// ---- the talk ----
const talk = document.getElementById("talk");
const say = document.getElementById("say");
if (talk && say) {
  const [text, turn, button] = [say.elements.text, say.elements.turn, say.querySelector("button")];
  const [waiting, again, offline, left, clock] = ["waiting", "again", "offline", "left", "clock"].map((id) => document.getElementById(id));
  let shown = talk.children.length;
  let timer = 0;

  const show = (state) => {
    if (state.over || (state.rate && !document.getElementById("turn"))) { location.reload(); return; }
    for (const one of state.turns.slice(shown)) {
      const item = document.createElement("li");
      item.className = `turn ${one.speaker}`;
      const who = document.createElement("span");
      who.className = "who";
      who.textContent = one.speaker === "seeker" ? talk.dataset.you : talk.dataset.name;
      const words = document.createElement("bdi");
      words.textContent = one.text;
      item.append(who, words);
      talk.append(item);
      item.scrollIntoView({ block: "nearest" });
    }
    shown = state.turns.length;
    turn.value = String(shown);
    document.getElementById("you-begin")?.remove();
    waiting.hidden = !state.waiting;
    again.hidden = !state.failed;
    offline.hidden = true;
    if (state.left !== null) left.textContent = left.dataset.text.replace("{n}", String(state.left));
    if (state.seconds !== null) clock.dataset.seconds = String(state.seconds);
    button.disabled = shown % 2 === 1;
    clearTimeout(timer);
    if (state.waiting) timer = setTimeout(look, 900);
  };
  const ask = async (path, options) => {
    const answer = await fetch(path, { headers: { accept: "application/json" }, ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const look = async () => {
    try { show(await ask(talk.dataset.state)); } catch { offline.hidden = false; timer = setTimeout(look, 4000); }
  };
  const send = async (form) => {
    try { return await ask(form.action, { method: "POST", body: fields(form) }); } catch { offline.hidden = false; return null; }
  };

  // ---- the time that is left; the server decides, and is asked when it should be over ----
  if (clock.dataset.seconds) {
    const tell = () => {
      const seconds = Math.max(0, Number(clock.dataset.seconds) - 1);
      clock.dataset.seconds = String(seconds);
      clock.textContent = clock.dataset.text.replace("{n}", String(Math.ceil(seconds / 60)));
      if (seconds === 0 && waiting.hidden) look();
    };
    setInterval(tell, 1000);
  }

  say.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled || !text.value.trim()) return;
    button.disabled = true;
    const state = await send(say);
    button.disabled = false;
    if (!state) { clearTimeout(say.timer); saveDraft(say); return; }
    // Only what the server shows as said leaves the box.
    if (state.over || state.turns.length > shown) text.value = "";
    show(state);
    text.focus();
  });
  again.addEventListener("submit", async (event) => {
    event.preventDefault();
    const state = await send(again);
    if (state) show(state);
  });
  text.addEventListener("keydown", (event) => {
    // While an input method is composing, Enter chooses a word.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      say.requestSubmit();
    }
  });
  button.disabled = shown % 2 === 1;
  if (!waiting.hidden) timer = setTimeout(look, 900);
  talk.lastElementChild?.scrollIntoView({ block: "nearest" });
}

// ---- the study team's page ----
const live = document.getElementById("live");
if (live) setInterval(async () => {
  if (document.hidden || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(live.dataset.live);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (answer.ok && page) live.replaceChildren(...page.childNodes);
  } catch { /* the next look will tell */ }
}, 10000);
