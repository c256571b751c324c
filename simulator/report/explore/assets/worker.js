// The worker: keeps the people of every source of error rates, and simulates one setting after the other with them.
const TYPED = ["kind_of_day", "day", "since_s", "first_of", "first_change", "change_s", "change_desk", "change_shift"];

// People are unpacked when they are first asked for.
async function loaded(source) {
  const { model } = source;
  for (const name of TYPED) model[name] = Float64Array.from(model[name]);
  const blocks = [];
  for (const { index, text } of source.bank) blocks.push(blockOf(unpacked(index, await inflated(text)), model));
  return blocks;
}

// What a *setting* (threshold, size, kept, staff, hold_limit_s, van_limit_s, limits) gives of a source: measures by campaign, and ends;
// and what is left of false alerts where there are many, at the threshold and with the list of *crowded*.
function simulated_all(blocks, model, setting) {
  const found = { measures: {}, ends: new Float64Array(model.ends_of_alerts), waits: 0, searches: 0, left: { could: 0, happened: 0, fresh: 0 } };
  for (const block of blocks) {
    const result = simulated(block, model, setting),
      more = ended(result, model);
    for (const [name, values] of Object.entries(measured(result, model)))
      found.measures[name] = [...(found.measures[name] || []), ...values];
    more.ends.forEach((count, end) => {
      found.ends[end] += count;
    });
    found.waits += more.waits;
    found.searches += more.searches;
    const left = left_of(simulated(block, model, { ...setting, ...setting.crowded }), model);
    for (const name of Object.keys(left)) found.left[name] += left[name];
  }
  return found;
}

if (typeof self !== "undefined" && typeof window === "undefined" && typeof importScripts === "function") {
  let sources = [];
  const people = [];
  let turn = Promise.resolve();
  self.onmessage = ({ data }) => {
    // one after the other: an answer that takes its people from the bank must not be overtaken
    turn = turn.then(async () => {
      if (data.sources) {
        sources = data.sources;
        return;
      }
      const { id, source, setting, play } = data;
      try {
        people[source] ||= await loaded(sources[source]);
        const answer = play ? played : simulated_all;
        self.postMessage({ id, found: answer(people[source], sources[source].model, setting, play) });
      } catch (error) {
        self.postMessage({ id, fault: String(error) });
      }
    });
  };
}
