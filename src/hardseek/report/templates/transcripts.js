"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words");
  const data = read("transcripts");

  // Everything from outside becomes text, never markup: elements are made by name, content is set as text.
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
  const draw = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const both = (text, values = {}) => {
    const pieces = document.createDocumentFragment();
    for (const [language, template] of Object.entries(text)) {
      let filled = template;
      for (const [key, value] of Object.entries(values)) {
        const put = typeof value === "object" ? value[language] : value;
        filled = filled.split(`{${key}}`).join(put);
      }
      pieces.append(make("span", { lang: language, "data-ui": language, text: filled }));
    }
    return pieces;
  };
  const say = (key, values) => both(words[key], values);
  const grouped = (n) => n.toLocaleString("en");

  // The reader of transcripts.
  const app = document.getElementById("reader-app");
  if (!app || data.exhibits.length === 0) return;
  app.hidden = false;
  const at = (id) => document.getElementById(id);
  const system = at("reader-system");
  const items = at("reader-items");
  const traces = at("reader-traces");
  let current = 0;
  let open = false;

  const words_of = (turn) => {
    const text = make("p", { class: "words", dir: "auto" });
    const long = turn.text.length > data.short;
    const brief = long ? `${turn.text.slice(0, data.short)}…` : turn.text;
    text.textContent = brief;
    const parts = [text];
    if (long) {
      const button = make("button", { type: "button", "aria-expanded": "false" });
      const label = () => {
        const shown = button.getAttribute("aria-expanded") === "true";
        button.replaceChildren(shown ? say("show_less") : say("show_all", { n: grouped(turn.text.length) }));
        text.textContent = shown ? turn.text : brief;
      };
      button.addEventListener("click", () => {
        button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
        label();
      });
      label();
      parts.push(button);
    }
    if (turn.cut) parts.push(make("p", { class: "cut" }, say("cut", { n: grouped(turn.cut) })));
    return parts;
  };

  const trace_of = (trace) => {
    const list = make("dl");
    const put = (title, ...content) => list.append(make("dt", {}, title), make("dd", {}, ...content));
    if (trace.act) put(say("move"), say(`act_${trace.act}`));
    for (const [part, value] of Object.entries(trace.state || {})) {
      const max = part === "distress" ? 10 : 1;
      const meter = make("meter", { min: 0, max, value, "aria-hidden": "true" });
      put(say(`state_${part}`), meter, value.toFixed(part === "distress" ? 1 : 2));
    }
    if (trace.told && trace.told.length) put(say("told"), trace.told.join(", "));
    if (trace.appraisal) {
      const strong = Object.entries(trace.appraisal).sort((one, other) => other[1] - one[1]);
      const content = strong.flatMap(([name, value], place) =>
        [place ? ", " : "", say(`appraisal_${name}`), ` ${value.toFixed(2)}`]);
      put(say("appraisal"), ...(content.length ? content : [say("nothing_taken")]));
    }
    if (trace.emotion) put(say("emotion"), trace.emotion.join(" · "));
    if (trace.reworded) put(say("reworded"), trace.reworded.join(" · "));
    if (!list.children.length) return null;
    const summary = make("summary", {}, say("trace"));
    if (trace.state) summary.append(" · ", say("state_distress"), ` ${trace.state.distress.toFixed(1)}`);
    if (trace.act) summary.append(" · ", say(`act_${trace.act}`));
    const details = make("details", { class: "trace" }, summary, list);
    details.open = open;
    return details;
  };

  const course_of = (turns) => {
    const levels = turns.filter((turn) => turn.trace && turn.trace.state).map((turn) => turn.trace.state.distress);
    if (levels.length < 2) return null;
    const svg = draw("svg", { class: "course", viewBox: "0 0 100 44", preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const y of [2, 42]) svg.append(draw("line", { x1: 0, x2: 100, y1: y, y2: y }));
    const points = levels.map((level, place) => `${(100 * place) / (levels.length - 1)},${42 - 4 * level}`);
    svg.append(draw("polyline", { points: points.join(" ") }));
    return make("div", {}, svg, make("p", {}, say("distress_course",
      { first: levels[0].toFixed(1), last: levels[levels.length - 1].toFixed(1) })));
  };

  const talk_of = (id) => {
    const talk = data.dialogues[id];
    const facts = make("p", {}, say(`ending_${talk.ending}`), " · ", say("exchanges"), ` ${talk.exchanges} · `,
      say("score"), ` ${talk.score}`);
    const header = make("header", {}, make("h4", {}, both(talk.condition)), facts);
    if (talk.fault) {
      header.append(make("p", { class: "fault" }, say("failed_because", { kind: talk.fault.kind }), " ", talk.fault.detail));
    }
    const course = course_of(talk.turns);
    if (course) header.append(course);
    const traced = talk.turns.some((turn) => turn.trace);
    if (!traced) header.append(make("p", {}, say("trace_unknown")));
    const turns = talk.turns.map((turn, place) => {
      const anchor = `turn/${id}/${place + 1}`;
      const number = make("a", { href: `#${anchor}`, text: `#${place + 1}` });
      number.append(make("span", { class: "quiet" }, say("link_turn")));
      const speaker = make("p", { class: "speaker" }, say(turn.who), number);
      return make("article", { class: `turn ${turn.who}`, id: anchor, lang: talk.language }, speaker, ...words_of(turn),
        turn.trace ? trace_of(turn.trace) : null);
    });
    return make("section", { class: "talk" }, header, ...turns);
  };

  const visible = () => data.exhibits.map((exhibit, place) => [exhibit, place])
    .filter(([exhibit]) => !system.value || exhibit.system === system.value);

  const list = () => {
    items.replaceChildren(...visible().map(([exhibit, place]) => make("li", {}, make("button",
      { type: "button", "aria-current": String(place === current), onclick: () => show(place, true) },
      make("b", { text: exhibit.system }),
      make("small", {}, `${exhibit.card} · `, say(`why_${exhibit.why}`), " · ",
        both(data.dialogues[exhibit.dialogues[exhibit.dialogues.length - 1]].condition))))));
  };

  const show = (place, move) => {
    current = place;
    const exhibit = data.exhibits[place];
    at("reader-title").replaceChildren(`${exhibit.system} · `, say("card"), ` ${exhibit.card}`);
    at("reader-talks").replaceChildren(...exhibit.dialogues.map(talk_of));
    const order = visible().map(([, index]) => index);
    at("reader-previous").disabled = order.indexOf(place) <= 0;
    at("reader-next").disabled = order.indexOf(place) === order.length - 1;
    list();
    if (move) at("reader-title").focus({ preventScroll: true });
  };

  const step = (by) => {
    const order = visible().map(([, index]) => index);
    show(order[order.indexOf(current) + by], true);
  };

  // A link to a turn opens its dialogue: #turn/DIALOGUE/NUMBER.
  const follow = () => {
    const [kind, id, turn] = location.hash.slice(1).split("/");
    const place = data.exhibits.findIndex((exhibit) => exhibit.dialogues.includes(id));
    if (kind !== "turn" || place < 0) return;
    if (!data.exhibits[current].dialogues.includes(id)) { system.value = ""; show(place, false); }
    for (const found of document.querySelectorAll(".turn.found")) found.classList.remove("found");
    const target = document.getElementById(`turn/${id}/${turn}`);
    if (target) { target.classList.add("found"); target.scrollIntoView({ block: "center" }); }
  };

  data.exhibits = data.exhibits.filter((exhibit) => exhibit.dialogues.length > 0);
  if (!data.exhibits.length) { app.hidden = true; return; }
  for (const name of new Set(data.exhibits.map((exhibit) => exhibit.system))) {
    system.append(make("option", { value: name, text: name }));
  }
  system.addEventListener("change", () => show(visible()[0][1], false));
  at("reader-previous").addEventListener("click", () => step(-1));
  at("reader-next").addEventListener("click", () => step(1));
  traces.addEventListener("click", () => {
    open = !open;
    traces.setAttribute("aria-pressed", String(open));
    traces.replaceChildren(say(open ? "trace_none" : "trace_all"));
    for (const details of document.querySelectorAll("details.trace")) details.open = open;
  });
  window.addEventListener("hashchange", follow);
  show(0, false);
  follow();
})();
