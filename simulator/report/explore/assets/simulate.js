// One setting simulated with the people of the bank. The rules themselves are the program's own loops, translated when the page was
// made; here they only get their arrays. What a name holds is said in Python: bank.py, mask.py, plan.py, kernel.py, tally.py.

// The columns of one block of campaigns, out of the bytes of the bank: the first bytes of all numbers, then the second, ...
function unpacked(index, bytes) {
  const columns = {};
  for (const { name, at, length, width, parts, signed, levels, coded } of index) {
    const values = new Float64Array(length);
    let before = 0;
    for (let i = 0; i < length; i += 1) {
      let number = 0;
      for (let byte = width - 1; byte >= 0; byte -= 1) number = number * 256 + bytes[at + byte * length + i];
      if (signed && number >= 2 ** (8 * width - 1)) number -= 2 ** (8 * width);
      if (coded === "steps") before = number += before;
      else if (coded === "back") {
        number = before - number;
        before = Math.max(before, number + 1);
      }
      values[i] = levels ? columns[levels][number] : number / parts;
    }
    columns[name] = values;
  }
  return columns;
}

async function inflated(text) {
  const raw = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const indices = (values) => Int32Array.from(values);
const taken = (values, rows) => values.constructor.from(rows, (row) => values[row]);
const records = (fields, number) =>
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, new globalThis[kind](number)]));
const table = (lines, length) => Array.from({ length: lines }, () => new Float64Array(length));

// Staff at camera-on and from each shift on; whom a shift does not name stays as it was.
const staff_lines = (model, setting) =>
  model.shifts.reduce(
    (lines, shift) => [...lines, shift.map((now, kind) => (now === null ? lines.at(-1)[kind] : now))],
    [setting.staff],
  );

// A block of the bank as the loops read it.
function blockOf(columns, model) {
  const truths = Array.from({ length: model.truths }, (_, truth) => truth);
  const passage = indices(columns.passage),
    rank_of = columns.rank_of_person,
    came = ["trip_replication", "person", "trip_deployment"].map((name) => indices(columns[name]));
  // passages count only those trips on which somebody could alert
  const alerting = indices(came[0].keys()).filter((trip) => columns.trip_alerts[trip]),
    trip = Int32Array.from(columns.trip, (number) => alerting[number]);
  const [replication, person, deployment] = came.map((values) => taken(values, trip));
  const known = (rank) => (rank === model.not_listed ? Infinity : rank);
  return {
    replications: columns.passages.length / model.days,
    // of the whole bank: of a setting it is a share of them
    passages: columns.passages,
    replication,
    deployment,
    time_s: columns.time_s,
    person,
    people: rank_of.length,
    listed_rank: Float64Array.from(person, (who) => known(rank_of[who])),
    passage,
    score: columns.score,
    // kept as what it differs by from the person's own rank
    rank: columns.rank.map((rank, row) => rank ^ rank_of[person[passage[row]]]),
    own: columns.own,
    category: indices(columns.category),
    stale: columns.stale,
    parts: [taken(columns.trip_part, trip), columns.capture_part],
    spans: ["reach_s", "review_s", "search_s", "custody_s", "look"].map((name) => columns[name]),
    chances: [columns.remembered, indices(columns.finds)],
    by_truth: ["second_accepted", "check_s", "finding"].map((name) => truths.map((truth) => columns[`${name} ${truth}`])),
    came,
    came_by: [columns.trip_part, Float64Array.from(came[1], (who) => known(rank_of[who]))],
  };
}

// Alerts, plan, officers and counts of one block; *setting* has threshold, size, staff (vans, checkers, teams, operators), limits,
// whom of the bank it has kept (thinning.py: footfall, listed, score, capture, entries), and on which days.
function simulated(block, model, setting) {
  const { days } = model,
    n = block.replications;
  const thresholds = new Float64Array(days).fill(setting.threshold),
    sizes = new Float64Array(days).fill(setting.size);
  const [rank, listed_rank, came_rank] = [block.rank, block.listed_rank, block.came_by[1]].map((it) => new Float64Array(it.length));
  const on_days = (parts, days_of) =>
    setting.days ? parts.map((part, at) => (setting.days[days_of[at]] ? part : model.footfall_parts)) : parts;
  thin(
    [block.passage, block.own],
    [block.score, block.rank],
    [on_days(block.parts[0], block.deployment), block.parts[1], block.listed_rank],
    [on_days(block.came_by[0], block.came[2]), block.came_by[1]],
    setting.kept,
    rank,
    listed_rank,
    came_rank,
  );
  const first = new Int32Array(block.passage.length);
  const number = first_surviving(block.passage, block.score, rank, block.deployment, thresholds, sizes, first);
  const row = first.subarray(0, number),
    passage = taken(block.passage, row);
  const [replication, deployment, person] = [block.replication, block.deployment, block.person].map((it) => taken(it, passage));
  const time_s = taken(block.time_s, passage),
    category = taken(block.category, row),
    truth = new Int32Array(number);
  tell_truths(
    [taken(block.own, row), taken(block.stale, row), category],
    taken(listed_rank, passage),
    deployment,
    sizes,
    truth,
  );

  const [leaves_s, review_s, search_s, check_s, custody_s] = table(5, number);
  const [remembered, accepted, second_accepted] = Array.from({ length: 3 }, () => new Uint8Array(number));
  const [finds, finding] = [new Int32Array(number), new Int32Array(number)];
  const limits = setting.limits.map((of_kind) => of_kind.map((limit) => new Float64Array(n).fill(limit)));
  lay_out(
    [passage, replication, deployment, truth],
    time_s,
    block.spans,
    block.chances,
    block.by_truth,
    [model.kind_of_day, limits],
    [leaves_s, review_s, search_s, check_s, custody_s],
    [remembered, accepted, second_accepted],
    [finds, finding],
  );

  const first_row = new Int32Array(n * days + 1);
  for (let at = 0; at < number; at += 1) first_row[replication[at] * days + deployment[at] + 1] += 1;
  for (let at = 0; at < n * days; at += 1) first_row[at + 1] += first_row[at];
  const arrivals = new Int32Array(number);
  let most = 0;
  for (let it = 0; it < n; it += 1) {
    const begins = first_row[it * days],
      ends = first_row[(it + 1) * days];
    for (let at = begins; at < ends; at += 1) arrivals[at] = at - begins;
    most = Math.max(most, ends - begins);
  }
  const plan = {
    time_s,
    leaves_s,
    review_s,
    search_s,
    check_s,
    custody_s,
    person,
    priority: category,
    remembered,
    accepted,
    second_accepted,
    finds,
    finding,
  };
  const { people } = block;
  const ends = table(model.ends.length, number),
    times = table(model.times.length, number);
  const staff = staff_lines(model, setting);
  resolve_block(
    model.plan_columns.map((names) => names.map((name) => plan[name])),
    [ends, times],
    records(model.row, most),
    records(model.person, people),
    records(model.pool, 4),
    [{}],
    new Int32Array(4 * most),
    first_row,
    arrivals,
    [
      model.day,
      model.since_s,
      Array(n).fill(staff),
      model.own_staff,
      new Float64Array(n).fill(setting.hold_limit_s),
      new Float64Array(n).fill(setting.van_limit_s),
    ],
    [model.first_of, model.first_change, model.change_s, model.change_desk, model.change_shift],
  );

  const end = Object.fromEntries([
    ...model.ends.map((name, i) => [name, ends[i]]),
    ...model.times.map((name, i) => [name, times[i]]),
  ]);
  const counts = table(n, model.kinds),
    off_s = Float64Array.from(model.off_s);
  const seconds = Array.from({ length: model.spans.length }, () => table(n, model.kinds));
  const concerned = table(model.people.length, n),
    last_s = Array.from({ length: n }, () => off_s.slice()),
    after = new Float64Array(n);
  count_kinds(
    [replication, deployment, person, truth, finding],
    [end.outcome, end.reason, end.bystander],
    [end.review_start_s, end.review_end_s, end.search_start_s, end.search_end_s, end.stop_s],
    [end.check_start_s, end.run_start_s, end.run_end_s, end.end_s],
    [model.end_of, model.happens, model.again, model.void],
    model.number_of_ends,
    counts,
    seconds,
    concerned,
    new Int32Array(people),
    off_s,
    last_s,
    after,
  );
  const came = new Float64Array(n);
  count_passing(block.came, came_rank, sizes, new Int32Array(people), came);
  // so many of the bank's passages are kept on average; who they are is only known of those that could alert
  const passages = Float64Array.from({ length: n }, (_, it) =>
    block.passages
      .subarray(it * days, (it + 1) * days)
      .reduce((all, count, day) => all + (setting.days && !setting.days[day] ? 0 : count * (setting.kept[0] / model.footfall_parts)), 0),
  );
  return { n, counts, seconds, concerned, came, after, passages, alerts: { replication, deployment, truth, time_s, ...end } };
}

// What each campaign of a result had of every measure that counts alerts or people.
function measured(result, model) {
  const measures = Object.fromEntries(Object.keys(model.rules).map((name) => [name, new Float64Array(result.n)]));
  // true alerts that could be, were nobody held: as many as their closed form on average
  const rules = { ...model.rules, true_could: model.true_kinds };
  measures.true_could = new Float64Array(result.n);
  for (const [name, kinds] of Object.entries(rules)) {
    for (let it = 0; it < result.n; it += 1) for (const kind of kinds) measures[name][it] += result.counts[it][kind];
  }
  model.people.forEach((name, i) => {
    measures[name] = result.concerned[i];
  });
  measures.passages = result.passages;
  measures.listed_people = result.came;
  measures.listed_missed = result.came.map((came, it) => came - measures.listed_stopped[it]);
  return measures;
}

// What came of all alerts of a result, by end (ends.py), and how long people waited for a team, in minutes.
function ended(result, model) {
  const ends = new Float64Array(model.ends_of_alerts);
  for (let it = 0; it < result.n; it += 1) {
    for (let kind = 0; kind < model.kinds; kind += 1)
      if (model.end_of_kinds[kind] >= 0) ends[model.end_of_kinds[kind]] += result.counts[it][kind];
  }
  let waits = 0,
    searches = 0;
  const { review_end_s, search_start_s } = result.alerts;
  for (let at = 0; at < search_start_s.length; at += 1) {
    // a comparison with NaN is false: no team set off
    if (search_start_s[at] >= review_end_s[at]) {
      waits += (search_start_s[at] - review_end_s[at]) / 60;
      searches += 1;
    }
  }
  return { ends, waits, searches };
}

// Of false alerts that could be: all, those that happened, and those of people whom officers had not dealt with already.
function left_of(result, model) {
  const left = { could: 0, happened: 0, fresh: 0 };
  for (const counts of result.counts) {
    for (const kind of model.false_kinds) {
      const end = model.end_of_kinds[kind];
      left.could += counts[kind];
      if (end >= 0) left.happened += counts[kind];
      if (end >= 0 && end !== model.dealt_with) left.fresh += counts[kind];
    }
  }
  return left;
}
