"use strict";
(() => {
  if (!hardseekReader) return;
  const { at, app, words, make, both, say, grouped, option, speak, Lost, unpack, kept, piece } = hardseekReader;
  const PAGE = 50; // dialogues on a page of the list

  let index, numbers, block, name, condition, headline, score, address, companions, talk_of, references; // see `begin`
  const main = (entry) => entry.dialogues[entry.dialogues.length - 1];
  const same = (one, other) => one.length === other.length && one.every((value, place) => value === other[place]);

  // -- The list: filters, search, order, pages. --------------------------------------------------------------------
  const fields = ["system", "condition", "language", "ending"];
  let mode = "chosen";
  let found = []; // entries in the list
  let hits = new Map(); // by dialogue: the places of turns that fit the search
  let terms = [];
  let first = 0; // of the entries on this page
  let shown = []; // the dialogues that are open
  let asked = 0; // which of the searches is the last
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const wanted = () => (at("reader-search").value.match(/"[^"]+"|[^\s"]+/g) ?? [])
    .map((term) => new RegExp(escaped(term.replace(/"/g, "")).replace(/\s+/g, "\\s+"), "giu"));
  const entries = () => mode === "chosen" ? index.exhibits : index.all;

  const sieve = (scores) => {
    const tests = fields.filter((field) => at(`reader-${field}`).value !== "").map((field) => {
      const value = at(`reader-${field}`).value;
      return field === "ending" ? (n) => index.ending[n] === value : (n) => index[field][n] === Number(value);
    });
    const card = at("reader-card").value.trim().toLowerCase();
    if (card) tests.push((n) => name("card", n).toLowerCase().includes(card));
    const [low, high] = ["low", "high"].map((end) => at(`reader-${end}`).value);
    if (low !== "") tests.push((n) => scores[n] !== null && scores[n] >= Number(low));
    if (high !== "") tests.push((n) => scores[n] !== null && scores[n] <= Number(high));
    if (at("reader-missing").checked) tests.push((n) => scores[n] === null);
    at("reader-active").textContent = tests.length ? `(${tests.length})` : "";
    return (entry) => tests.every((test) => test(main(entry)));
  };
  const sorted = (some, scores) => {
    const order = at("reader-sort").value;
    const values = { low: (n) => scores[n], high: (n) => scores[n], long: (n) => -index.exchanges[n],
      short: (n) => index.exchanges[n], place: (n) => index.place[n] };
    if (order === "place" && mode === "chosen") return some; // as they were chosen: system by system
    const value = values[order];
    const sign = order === "high" ? -1 : 1;
    return [...some].sort((one, other) => {
      const [a, b] = [value(main(one)), value(main(other))];
      if (a === null || b === null) return (a === null) - (b === null); // without a score: last either way
      return sign * (a - b) || index.place[main(one)] - index.place[main(other)];
    });
  };

  const tell = (...content) => at("reader-count").replaceChildren(...content);
  const refresh = async () => {
    const mine = (asked += 1);
    at("reader-stop").hidden = true;
    const scores = index.dimensions.length ? await piece(`score-${at("reader-dimension").value}`) : [];
    if (mine !== asked) return;
    const fits = sorted(entries().filter(sieve(scores)), scores);
    terms = wanted();
    hits = new Map();
    first = 0;
    if (terms.length) await search(fits, mine);
    else {
      found = fits;
      if (!found.length) tell(say("found_none"));
      else if (mode === "chosen") tell(say("found_chosen", { n: grouped(found.length) }));
      else tell(say("found", { n: grouped(found.length), all: grouped(index.id.length) }));
    }
    if (mine !== asked) return;
    list();
    if (!shown.length && found.length && !location.hash.startsWith("#dialogue/")) open(found[0].dialogues);
    else mark_found();
  };
  const search = async (fits, mine) => {
    const blocks = new Map();
    for (const entry of fits) for (const n of entry.dialogues) {
      const of = block(n);
      if (blocks.has(of)) blocks.get(of).add(n); else blocks.set(of, new Set([n]));
    }
    const holds = (text) => terms.every((term) => { term.lastIndex = 0; return term.test(text); });
    const gather = () => { found = fits.filter((entry) => entry.dialogues.some((n) => hits.has(n))); };
    const progress = (key) => { gather(); tell(say(key, { n: grouped(found.length), done: Math.floor((100 * done) / blocks.size) })); };
    let [done, turns, told] = [0, 0, performance.now()];
    at("reader-stop").hidden = false;
    // The next block is unpacked while this one is gone through.
    const order = [...blocks].sort((one, other) => one[0] - other[0]);
    const load = (place) => {
      if (place >= order.length) return null;
      const coming = kept.get(`said-${order[place][0]}`) ?? unpack(`said-${order[place][0]}`);
      coming.catch(() => {}); // told when its turn has come
      return coming;
    };
    let coming = load(0);
    for (const [place, [of, some]] of order.entries()) {
      let said;
      try { said = await coming; } catch (error) {
        fail(error);
        progress("search_stopped");
        at("reader-stop").hidden = true;
        return;
      }
      if (mine !== asked) return;
      coming = load(place + 1);
      for (const n of some) {
        const places = [];
        said[n - index.starts[of]][1].forEach((text, place) => { if (holds(text)) places.push(place); });
        if (places.length) { hits.set(n, places); turns += places.length; }
      }
      done += 1;
      if (performance.now() - told > 200) {
        progress("searching");
        list();
        await new Promise((resolve) => setTimeout(resolve)); // let the browser draw, and the reader stop it
        if (stopped === mine) { progress("search_stopped"); at("reader-stop").hidden = true; return; }
        if (mine !== asked) return;
        told = performance.now();
      }
    }
    gather();
    at("reader-stop").hidden = true;
    tell(found.length ? say("search_done", { n: grouped(found.length), turns: grouped(turns) }) : say("found_none"));
  };
  let stopped = 0;

  const item = (entry) => {
    const n = main(entry);
    const dimension = index.dimensions[Number(at("reader-dimension").value)];
    const value = kept_scores[n];
    const facts = [entry.why ? say(`why_${entry.why}`) : null, entry.why ? " · " : null, both(condition(n)), " · ",
      say(`ending_${index.ending[n]}`), " · ", score(value, dimension)];
    if (hits.has(n)) facts.push(" · ", make("b", {}, say("hit", { n: hits.get(n).length })));
    const heads = entry.why === "apart" ? entry.dialogues.map((one) => name("system", one)).join(" · ") : name("system", n);
    return make("li", {}, make("a", { href: address(entry.dialogues), "aria-current": String(same(entry.dialogues, shown)) },
      make("bdi", { class: "who", text: heads }), make("small", {}, make("bdi", { text: name("card", n) }), " · ", ...facts)));
  };
  let kept_scores = [];
  const list = async () => {
    const dimension = at("reader-dimension").value;
    kept_scores = dimension === "" ? [] : await piece(`score-${dimension}`);
    at("reader-items").replaceChildren(...found.slice(first, first + PAGE).map(item));
    at("reader-items").setAttribute("start", first + 1);
    at("reader-pages").hidden = found.length <= PAGE;
    at("reader-earlier").disabled = first === 0;
    at("reader-later").disabled = first + PAGE >= found.length;
    at("reader-page").replaceChildren(say("page_of",
      { first: grouped(first + 1), last: grouped(Math.min(first + PAGE, found.length)), n: grouped(found.length) }));
    buttons();
  };
  const cursor = () => found.findIndex((entry) => same(entry.dialogues, shown));
  const buttons = () => {
    const place = cursor();
    at("reader-previous").disabled = place <= 0;
    at("reader-next").disabled = place >= found.length - 1;
  };
  const mark_found = async () => {
    const place = cursor();
    if (place >= 0 && (place < first || place >= first + PAGE)) { first = place - (place % PAGE); await list(); }
    for (const link of at("reader-items").querySelectorAll("a")) {
      link.setAttribute("aria-current", String(link.getAttribute("href") === address(shown)));
    }
    buttons();
  };

  // -- What is open. --------------------------------------------------------------------------------------------------
  const fail = (error) => {
    const told = error instanceof Lost ? say("unreadable", { file: error.message }) : say("broken");
    at("reader-talks").replaceChildren(make("p", { class: "note", role: "alert" }, told));
  };
  let opening = 0;
  const open = async (dialogues, turn) => {
    const mine = (opening += 1);
    shown = dialogues;
    const talks = [];
    try {
      await Promise.all(dialogues.flatMap((number) => [piece(`said-${block(number)}`), piece(`behind-${block(number)}`)]));
      if (mine !== opening) return; // another has been opened meanwhile
      references.length = 0;
      for (const number of dialogues) talks.push(await talk_of(number));
    } catch (error) { if (mine === opening) fail(error); return; }
    if (mine !== opening) return;
    at("reader-talks").replaceChildren(...talks);
    at("reader-talks").classList.toggle("pair", talks.length > 1);
    const systems = [...new Set(dialogues.map((n) => name("system", n)))].join(" · ");
    at("reader-title").replaceChildren(make("bdi", { text: systems }), " · ", say("card"), " ", make("bdi", { text: name("card", dialogues[0]) }));
    const others = companions(dialogues[0]);
    at("reader-beside-conditions").replaceChildren(...others.conditions.map((n) => option(n, condition(n))));
    at("reader-beside-systems").replaceChildren(...others.systems.map((n) => option(n, name("system", n))));
    at("reader-beside").value = dialogues[1] ?? "";
    at("reader-evidence").hidden = !references.length;
    speak();
    mark_found();
    point(dialogues[0], turn);
  };
  const point = (number, turn) => {
    for (const old of app.querySelectorAll(".turn.found")) old.classList.remove("found");
    const target = turn && at(`dialogue/${encodeURIComponent(index.id[number])}/${turn}`);
    if (!target) return;
    target.querySelector(".whole[aria-expanded=false]")?.click();
    target.classList.add("found");
    target.scrollIntoView({ block: "center" });
  };

  // -- Addresses: #dialogue/ID, #dialogue/ID/TURN, and &beside=ID for a second one. ---------------------------------
  const read = (text) => { try { return decodeURIComponent(text ?? ""); } catch { return text; } };
  const follow = () => {
    if (!location.hash.startsWith("#dialogue/")) return;
    const [path, second] = location.hash.slice("#dialogue/".length).split("&beside=");
    const [id, turn] = path.split("/");
    const dialogues = [id, second].filter((one) => one !== undefined).map((one) => numbers.get(read(one)));
    if (dialogues.includes(undefined)) {
      shown = [];
      at("reader-talks").replaceChildren(make("p", { class: "note", role: "alert" }, say("unknown_link", { id: read(id) })));
    } else if (turn && dialogues.length === 1 && shown.includes(dialogues[0]) && at("reader-talks").querySelector(".turn")) {
      point(dialogues[0], turn);
      return;
    } else open(dialogues, turn);
    if (!moving) at("reader").scrollIntoView();
    moving = false;
  };
  let moving = false; // whether it is the reader's own list that leads somewhere
  const go = (dialogues, focus) => {
    moving = true;
    if (location.hash === address(dialogues)) { moving = false; open(dialogues); }
    else location.hash = address(dialogues);
    if (focus === "title") at("reader-title").focus({ preventScroll: matchMedia("(min-width: 821px)").matches });
  };
  const step = async (by) => {
    const entry = found[Math.max(0, cursor() + by)];
    if (!entry || (cursor() < 0 && by < 0)) return;
    const listed = at("reader-items").contains(document.activeElement);
    shown = entry.dialogues;
    await mark_found();
    go(entry.dialogues, listed ? "" : "title");
    if (listed) at("reader-items").querySelector("[aria-current=true]")?.focus();
  };

  // -- What the reader does. ---------------------------------------------------------------------------------------
  let waiting;
  const soon = (delay) => { clearTimeout(waiting); waiting = setTimeout(refresh, delay); };
  const set_mode = (next) => {
    mode = next;
    for (const button of app.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  };
  const listen = () => {
    for (const button of app.querySelectorAll("[data-mode]")) button.addEventListener("click", () => { set_mode(button.dataset.mode); refresh(); });
    at("reader-search").addEventListener("input", () => { if (at("reader-search").value.trim()) set_mode("every"); soon(300); });
    at("reader-search").addEventListener("keydown", (event) => { if (event.key === "Enter") soon(0); });
    for (const id of [...fields, "dimension", "sort", "missing"]) at(`reader-${id}`).addEventListener("change", () => { if (fields.includes(id)) set_mode("every"); refresh(); });
    for (const id of ["card", "low", "high"]) at(`reader-${id}`).addEventListener("input", () => { set_mode("every"); soon(300); });
    at("reader-clear").addEventListener("click", () => {
      for (const id of ["search", "card", "low", "high", ...fields]) at(`reader-${id}`).value = "";
      at("reader-missing").checked = false;
      at("reader-sort").value = "place";
      refresh();
    });
    at("reader-stop").addEventListener("click", () => { stopped = asked; });
    at("reader-earlier").addEventListener("click", () => { first = Math.max(0, first - PAGE); list(); });
    at("reader-later").addEventListener("click", () => { first += PAGE; list(); });
    at("reader-previous").addEventListener("click", () => step(-1));
    at("reader-next").addEventListener("click", () => step(1));
    at("reader-items").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(found[first + [...at("reader-items").children].indexOf(link.parentElement)].dialogues, "title");
    });
    at("reader-beside").addEventListener("change", (event) => go([shown[0], ...(event.target.value === "" ? [] : [Number(event.target.value)])]));
    at("reader-traces").addEventListener("click", (event) => {
      const pressed = event.currentTarget.getAttribute("aria-pressed") !== "true";
      event.currentTarget.setAttribute("aria-pressed", String(pressed));
      for (const details of app.querySelectorAll("details.trace")) details.open = pressed;
    });
    at("reader-evidence").addEventListener("click", (event) => {
      const pressed = event.currentTarget.getAttribute("aria-pressed") !== "true";
      event.currentTarget.setAttribute("aria-pressed", String(pressed));
      app.classList.toggle("unmarked", !pressed);
    });
    at("reader-print").addEventListener("click", () => {
      for (const button of app.querySelectorAll(".whole[aria-expanded=false]")) button.click();
      document.body.classList.add("one-dialogue");
      window.print();
    });
    window.addEventListener("afterprint", () => document.body.classList.remove("one-dialogue"));
    window.addEventListener("hashchange", follow);
    app.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
      const links = [...at("reader-items").querySelectorAll("a")];
      const here = links.indexOf(document.activeElement);
      const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
      if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (event.key === "/") at("reader-search").focus();
      else if (here >= 0 && to !== undefined) links[Math.min(Math.max(to, 0), links.length - 1)].focus();
      else return;
      event.preventDefault();
    });
  };

  const begin = async () => {
    let book;
    try { book = await hardseekBook(); } catch (error) { fail(error); app.hidden = false; return; }
    ({ index, numbers, block, name, condition, headline, score, address, companions } = book);
    ({ talk_of, references } = hardseekTalk(book, () => terms));
    for (const field of ["system", "language"]) at(`reader-${field}`).append(...index.names[field].map((text, value) => option(value, text)));
    at("reader-condition").append(...index.conditions.map((title, value) => option(value, title)));
    at("reader-ending").append(...[...new Set(index.ending)].sort().map((ending) => option(ending, words[`ending_${ending}`])));
    at("reader-dimension").append(...index.dimensions.map((dimension, value) => option(value, dimension.title)));
    at("reader-dimension").value = headline();
    set_mode(index.exhibits.length ? "chosen" : "every");
    const wide = matchMedia("(min-width: 821px)").matches;
    at("reader-traces").setAttribute("aria-pressed", String(wide));
    speak();
    listen();
    app.hidden = false;
    await refresh();
    follow();
  };
  begin();
})();
