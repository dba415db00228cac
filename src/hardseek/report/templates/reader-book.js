"use strict";
// The index of the dialogues, one row each, and what is asked of it.
const hardseekBook = async () => {
  const { say, piece } = hardseekReader;
  const index = await piece("index");
  index.all = index.id.map((_, number) => ({ dialogues: [number] }));
  const numbers = new Map(index.id.map((id, number) => [id, number]));
  const meanings = new Map(index.dimensions.map((dimension) => [dimension.name, dimension]));
  const block = (number) => {
    let [low, high] = [0, index.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.starts[middle] <= number) low = middle; else high = middle - 1;
    }
    return low;
  };
  const name = (what, number) => index.names[what][index[what][number]];
  const condition = (number) => index.conditions[index.condition[number]];
  const headline = () => Math.max(0, index.dimensions.findIndex((dimension) => dimension.headline));
  const score = (value, dimension) => value === null || value === undefined ? say("no_score")
    : value.toFixed(dimension ? dimension.places : 2).replace("-", "−");
  const address = ([first, second], turn) => `#dialogue/${encodeURIComponent(index.id[first])}`
    + (turn === undefined ? "" : `/${turn}`) + (second === undefined ? "" : `&beside=${encodeURIComponent(index.id[second])}`);
  let seekers; // by card, language and replicate: made when it is first asked for
  const companions = (number) => {
    const key = (of, n) => `${of}/${index[of][n]}/${index.card[n]}/${index.language[n]}/${index.replicate[n]}`;
    if (!seekers) {
      seekers = new Map();
      index.id.forEach((_, n) => ["system", "condition"].forEach((of) => {
        const one = key(of, n);
        if (seekers.has(one)) seekers.get(one).push(n); else seekers.set(one, [n]);
      }));
    }
    const others = (of) => seekers.get(key(of, number)).filter((n) => n !== number);
    return { conditions: others("system"), systems: others("condition") };
  };
  return { index, numbers, meanings, block, name, condition, headline, score, address, companions };
};
