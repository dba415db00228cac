"use strict";
(() => {
  // The language of the interface.
  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-switch]");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      root.dataset.ui = root.lang = button.dataset.switch;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
  }
})();
