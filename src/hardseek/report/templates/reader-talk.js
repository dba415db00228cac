"use strict";
// One dialogue as the reader shows it: its words, what judges said of it, the seeker's hidden state.
const hardseekTalk = ({ index, meanings, block, name, condition, headline, score, address }, terms) => {
  const { at, words, make, both, say, grouped, piece, bare, passage } = hardseekReader;
  const SHORT = 1200; // characters of a turn that are shown before "show all"
  const references = []; // of the dialogues that are open: what each piece of evidence is for, and where that is told

  // Paint a text: evidence and what was searched for are marked, and may overlap.
  const painted = (text, evidence) => {
    const events = [];
    const mark = (from, to, kind, number) => events.push({ where: Math.min(from, text.length), step: 1, kind },
      { where: Math.min(to, text.length), step: -1, kind, number });
    for (const { ranges, number } of evidence) {
      ranges.forEach(([from, to], place) => mark(from, to, "evidence", place === ranges.length - 1 ? number : null));
    }
    for (const term of terms()) {
      for (const hit of text.matchAll(term)) if (hit[0]) mark(hit.index, hit.index + hit[0].length, "hit", null);
    }
    events.sort((one, other) => one.where - other.where || one.step - other.step);
    const nodes = document.createDocumentFragment();
    const over = { evidence: 0, hit: 0 };
    let done = 0;
    const put = (to) => {
      if (to === done) return;
      const kinds = Object.keys(over).filter((kind) => over[kind] > 0).join(" ");
      const part = text.slice(done, to);
      nodes.append(kinds ? make("mark", { class: kinds, text: part }) : part);
      done = to;
    };
    for (const { where, step, kind, number } of events) {
      put(where);
      over[kind] += step;
      if (number) nodes.append(reference(number));
    }
    put(text.length);
    return nodes;
  };
  const reference = (number) => {
    const { what, target } = references[number - 1];
    const label = make("span", { class: "quiet" }, say("evidence_of", { n: number, what }));
    const jump = () => { for (let box = target.parentElement; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true; target.focus(); };
    return make("sup", {}, make("button", { type: "button", class: "evidence-number", onclick: jump },
      make("span", { "aria-hidden": "true", text: number }), label));
  };

  const words_of = (text, evidence) => {
    const box = make("p", { class: "words", dir: "auto" });
    if (text.length <= SHORT) { box.append(painted(text, evidence)); return [box]; }
    const cut = SHORT + (/[\ud800-\udbff]/.test(text[SHORT - 1]) ? 1 : 0);
    const button = make("button", { type: "button", class: "whole", "aria-expanded": "false" });
    const draw = (whole) => {
      button.setAttribute("aria-expanded", String(whole));
      button.replaceChildren(whole ? say("show_less") : say("show_all", { n: grouped(text.length) }));
      box.replaceChildren(painted(whole ? text : `${text.slice(0, cut)}…`, evidence.filter((one) => whole || one.ranges.every(([, to]) => to <= cut))));
    };
    button.addEventListener("click", () => draw(button.getAttribute("aria-expanded") !== "true"));
    draw(false);
    return [box, button];
  };
  const list_of = (rows) => make("dl", {}, ...rows.flatMap(([title, ...content]) => [make("dt", {}, title), make("dd", {}, ...content)]));
  const STATE = ["distress", "trust", "openness", "engagement", "strain"];
  const trace_of = (trace) => {
    const rows = [];
    if (trace.act) rows.push([say("move"), say(`act_${trace.act}`)]);
    (trace.state ?? []).forEach((value, place) => {
      const meter = make("meter", { min: 0, max: place ? 1 : 10, value, "aria-hidden": "true" });
      rows.push([say(`state_${STATE[place]}`), meter, value.toFixed(place ? 2 : 1)]);
    });
    if (trace.told) rows.push([say("told_new"), trace.told.join(", ")]);
    if (trace.signs) {
      const strong = Object.entries(trace.signs).sort((one, other) => other[1] - one[1]);
      const content = strong.flatMap(([sign, value], place) => [place ? ", " : "", say(`appraisal_${sign}`), ` ${value.toFixed(2)}`]);
      rows.push([say("appraisal"), ...(content.length ? content : [say("nothing_taken")])]);
    }
    if (trace.emotion) rows.push([say("emotion"), trace.emotion.join(" · ")]);
    if (trace.reworded) rows.push([say("reworded"), trace.reworded.join(" · ")]);
    if (!rows.length) return null;
    const summary = make("summary", {}, say("trace"));
    if (trace.state) summary.append(" · ", say("state_distress"), ` ${trace.state[0].toFixed(1)}`);
    const details = make("details", { class: "trace" }, summary, list_of(rows));
    details.open = at("reader-traces").getAttribute("aria-pressed") === "true";
    return details;
  };
  const course_of = (traces) => {
    const levels = (traces ?? []).filter((trace) => trace && trace.state).map((trace) => trace.state[0]);
    if (levels.length < 2) return null;
    const draw = (kind, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", kind);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const svg = draw("svg", { class: "course", viewBox: "0 0 100 44", preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const y of [2, 42]) svg.append(draw("line", { x1: 0, x2: 100, y1: y, y2: y }));
    svg.append(draw("polyline", { points: levels.map((level, place) => `${(100 * place) / (levels.length - 1)},${42 - 4 * level}`).join(" ") }));
    return make("div", {}, svg, make("p", {}, say("distress_course",
      { first: levels[0].toFixed(1), last: levels[levels.length - 1].toFixed(1) })));
  };

  // What judges said: with evidence first, each quote with its turn; then bare scores.
  const judged = (ratings, turns, number) => {
    if (!ratings) return { box: null, evidence: [] };
    let texts;
    const evidence = [];
    const title = (of) => meanings.get(of)?.title ?? { en: of, zh: of };
    const value = ([, of, figure, why]) => figure === null ? say("unscored", { why }) : score(figure, meanings.get(of));
    const grounded = ratings.filter(([, , , , rests]) => rests).map((rating) => {
      const [by, of, , , rests] = rating;
      const box = make("div", { class: "rating" }, make("p", {}, make("b", {}, both(title(of))), " ", make("small", { text: by }), ": ", value(rating)));
      if (rests.reason) box.append(make("p", { dir: "auto", text: rests.reason }));
      const quotes = (rests.quotes ?? []).map((quote) => {
        texts ??= turns.map(bare);
        const none = rests.unverified >= rests.quotes.length;
        const place = none ? null : passage(quote, texts);
        const line = make("li", { tabindex: "-1" }, make("q", { dir: "auto", text: quote }), " ");
        if (place) {
          references.push({ what: title(of), target: line });
          evidence.push({ ...place, number: references.length });
          line.prepend(make("b", { class: "evidence-number", text: references.length }), " ");
          line.append(make("a", { href: address([number], place.turn + 1) }, say("quote_turn", { n: place.turn + 1 })));
        } else line.append(make("span", { class: "lost" }, say(rests.unverified ? "quote_lost" : "quote_unplaced")));
        return line;
      });
      if (quotes.length) box.append(make("ul", {}, ...quotes));
      const several = [];
      if (rests.samples) several.push([say("samples"), rests.samples.map((one) => one ?? "–").join(", ")]);
      if (rests.members) several.push([say("members"), Object.entries(rests.members).map(([who, one]) => `${who} ${one ?? "–"}`).join(", ")]);
      if (several.length) box.append(list_of(several));
      return box;
    });
    const plain = ratings.filter(([, , , , rests]) => !rests)
      .map((rating) => [both(title(rating[1])), value(rating), " ", make("small", { text: rating[0] })]);
    const box = make("details", { class: "judged" }, make("summary", {}, say("judges", { n: ratings.length })), ...grounded);
    if (plain.length) box.append(list_of(plain));
    box.open = grounded.length > 0;
    return { box, evidence };
  };

  const talk_of = async (number) => {
    const of = block(number);
    const [saids, behinds, scores] = await Promise.all([piece(`said-${of}`), piece(`behind-${of}`),
      index.dimensions.length ? piece(`score-${headline()}`) : []]);
    const [who, said] = saids[number - index.starts[of]];
    const behind = behinds[number - index.starts[of]];
    const id = index.id[number];
    const facts = make("p", {}, say(`ending_${index.ending[number]}`), " · ", say("exchanges"), ` ${index.exchanges[number]} · `,
      both(index.dimensions[headline()]?.title ?? words.score), " ", score(scores[number], index.dimensions[headline()]));
    const origin = make("p", {}, make("bdi", { text: name("system", number) }), " · ", say("card"), " ",
      make("bdi", { text: name("card", number) }), " · ", say("replicate"), ` ${index.replicate[number]}`);
    const header = make("header", {}, make("h4", {}, both(condition(number))), origin, facts);
    if (behind.fault) header.append(make("p", { class: "fault" }, say("failed_because", { kind: behind.fault.kind }), " ", behind.fault.detail));
    const course = course_of(behind.traces);
    if (course) header.append(course);
    if (!behind.traces && said.length) header.append(make("p", {}, say("no_trace")));
    const { box, evidence } = judged(behind.ratings, said, number);
    if (box) header.append(box);
    if (!said.length) header.append(make("p", {}, say("empty")));
    // An exchange is a seeker's turn, its trace beside it, and the answer.
    const turns = make("div", { class: behind.traces ? "traced" : "bare" });
    said.forEach((text, place) => {
      const link = make("a", { href: address([number], place + 1), text: `#${place + 1}` });
      link.append(make("span", { class: "quiet" }, say("link_turn")));
      const side = who[place] === "s" ? "seeker" : "supporter";
      const trace = behind.traces?.[place];
      if (side === "seeker" || !place) turns.append(make("div", { class: "exchange" }));
      turns.lastChild.append(make("article", { class: `turn ${side}`, id: `dialogue/${encodeURIComponent(id)}/${place + 1}` },
        make("p", { class: "speaker" }, say(side), link),
        make("div", { lang: name("language", number) }, ...words_of(text, evidence.filter((one) => one.turn === place)))));
      if (trace) turns.lastChild.append(...[trace_of(trace)].filter(Boolean));
    });
    return make("section", { class: "talk", "data-number": number }, header, turns);
  };

  return { talk_of, references };
};
