"use strict";
(() => {
  const root = document.documentElement;

  // The language of the interface.
  const speak = (language) => {
    root.dataset.ui = language;
    root.lang = language;
    for (const button of document.querySelectorAll("[data-switch]")) {
      button.setAttribute("aria-pressed", String(button.dataset.switch === language));
    }
    for (const option of document.querySelectorAll("option[data-en]")) option.textContent = option.dataset[language];
  };
  for (const button of document.querySelectorAll("[data-switch]")) {
    button.addEventListener("click", () => speak(button.dataset.switch));
  }
  if ((navigator.language || "").toLowerCase().startsWith("zh")) speak("zh");

  // Tables that are sorted by a press on a heading; rows without a value go last either way.
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      heading.querySelector("button").addEventListener("click", () => {
        const falling = heading.getAttribute("aria-sort") !== "descending" && column > 0
          || column === 0 && heading.getAttribute("aria-sort") === "ascending";
        for (const other of headings) other.setAttribute("aria-sort", "none");
        heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
        const body = table.tBodies[0];
        // A column of words, such as names of cards, has no figures to go by.
        const wordy = column === 0 || ![...body.rows].some((row) => "v" in row.cells[column].dataset);
        const value = (row) => wordy ? row.cells[column].innerText
          : "v" in row.cells[column].dataset ? Number(row.cells[column].dataset.v) : null;
        const rows = [...body.rows].sort((one, other) => {
          const [a, b] = [value(one), value(other)];
          if (a === null || b === null) return (a === null) - (b === null);
          const order = typeof a === "string" ? a.localeCompare(b) : a - b;
          return falling ? -order : order;
        });
        body.append(...rows);
      });
    });
  }
})();
