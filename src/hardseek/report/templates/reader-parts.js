"use strict";
// What the reader is made of: elements, pieces of data, quotes and where they stand.
const hardseekReader = (() => {
  const at = (id) => document.getElementById(id);
  const app = at("reader-app");
  if (!app) return null;
  if (!("DecompressionStream" in window)) { at("reader-old").hidden = false; return null; }
  const root = document.documentElement;
  const { words, beside } = JSON.parse(at("reader-words").textContent);
  const KEPT = 16; // unpacked pieces that are held: memory does not grow with what was read

  // -- Elements: everything from outside becomes text, never markup. -----------------------------------------------
  const make = (name, options = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key === "class") element.className = value;
      else if (key === "text") element.textContent = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const filled = (template, values, language) => {
    let text = template;
    for (const [key, value] of Object.entries(values)) {
      text = text.split(`{${key}}`).join(typeof value === "object" ? value[language] : value);
    }
    return text;
  };
  const both = (text, values = {}) => {
    const pieces = document.createDocumentFragment();
    for (const [language, template] of Object.entries(text)) {
      pieces.append(make("span", { lang: language, "data-ui": language, text: filled(template, values, language) }));
    }
    return pieces;
  };
  const say = (key, values) => both(words[key], values);
  const grouped = (n) => n.toLocaleString("en");
  const option = (value, text) => make("option", { value, "data-en": text.en ?? text, "data-zh": text.zh ?? text });
  const speak = () => {
    for (const one of app.querySelectorAll("option[data-en]")) one.textContent = one.dataset[root.dataset.ui];
    for (const one of app.querySelectorAll("optgroup[data-en]")) one.label = one.dataset[root.dataset.ui];
  };
  new MutationObserver(speak).observe(root, { attributes: true, attributeFilter: ["data-ui"] });

  // -- Pieces of data: in the page or, for large runs, in scripts beside it; unpacked when they are wanted. ----------
  const arriving = new Map();
  window.hardseekPiece = (name, packed) => arriving.get(name)?.(packed);
  class Lost extends Error {}
  const packed = (name) => {
    const inside = document.querySelector(`script[data-piece="${name}"]`);
    if (inside) return inside.textContent;
    return new Promise((resolve, reject) => {
      const script = make("script", { src: beside[name] });
      script.onload = () => { script.remove(); arriving.delete(name); reject(new Error("it brought nothing")); };
      script.onerror = () => { script.remove(); arriving.delete(name); reject(new Lost(beside[name])); };
      arriving.set(name, resolve);
      document.head.append(script);
    });
  };
  const unpack = async (name) => {
    const letters = atob(await packed(name));
    const bytes = new Uint8Array(letters.length);
    for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const kept = new Map();
  const piece = (name) => {
    const found = kept.get(name) ?? unpack(name);
    kept.delete(name);
    kept.set(name, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    found.catch(() => kept.delete(name));
    return found;
  };

  // -- Quotes. ----------------------------------------------------------------------------------------------------
  // Letters and digits of a text with where they stand: a quote counts as said whatever its case, marks and blanks.
  const bare = (text) => {
    let letters = "";
    const [starts, ends] = [[], []];
    for (const found of text.matchAll(/‹U\+[0-9A-F]{4,6}›|\P{M}\p{M}*|\p{M}+/gu)) {
      if (found[0].length > 3 && found[0].startsWith("‹U+")) continue;
      for (const letter of found[0].normalize("NFKC").toLowerCase()) {
        if (!/[\p{L}\p{N}]/u.test(letter)) continue;
        letters += letter;
        for (let unit = 0; unit < letter.length; unit += 1) { starts.push(found.index); ends.push(found.index + found[0].length); }
      }
    }
    return { letters, starts, ends };
  };
  const passage = (quote, turns) => {
    const pieces = quote.split(/\s*(?:\.{3,}|…+|\[\.\.\.\])\s*/).map((part) => bare(part).letters).filter(Boolean);
    for (let turn = 0; pieces.length && turn < turns.length; turn += 1) {
      let place = 0;
      const ranges = [];
      for (const part of pieces) {
        const from = turns[turn].letters.indexOf(part, place);
        if (from < 0) break;
        place = from + part.length;
        ranges.push([turns[turn].starts[from], turns[turn].ends[place - 1]]);
      }
      if (ranges.length === pieces.length) return { turn, ranges };
    }
    return null;
  };

  return { at, app, words, make, both, say, grouped, option, speak, Lost, unpack, kept, piece, bare, passage };
})();
