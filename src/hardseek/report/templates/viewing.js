"use strict";
(() => {
  // The part that changes is fetched anew; what is open stays open, and the focus stays where it is.
  const part = document.getElementById("part");
  const lost = document.getElementById("lost");
  if (!("live" in part.dataset)) return;
  const EVERY = 2000;
  let last = "";
  const put = (text) => {
    const open = new Set([...part.querySelectorAll("details[open]")].map((one) => one.id));
    const focus = part.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : null;
    const made = new DOMParser().parseFromString(text, "text/html");
    for (const one of made.querySelectorAll("details")) one.open = open.has(one.id);
    // What is being read stays, though others have begun since.
    const gone = [...part.querySelectorAll("details[open]")].filter((one) => !made.getElementById(one.id));
    made.getElementById("latest")?.append(...gone);
    part.replaceChildren(...made.body.childNodes);
    const again = focus && focus !== "part" && document.getElementById(focus);
    if (again) (again.querySelector("summary") ?? again).focus({ preventScroll: true });
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch("?part");
        if (!answer.ok) throw new Error(answer.statusText);
        const text = await answer.text();
        if (last && text !== last) put(text);
        last = text;
        lost.hidden = true;
      } catch { lost.hidden = false; }
    }
    setTimeout(ask, EVERY);
  };
  if ((navigator.language || "").toLowerCase().startsWith("zh")) document.querySelector("[data-switch=zh]").click();
  ask();
})();
