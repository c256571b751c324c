// One simulated day for the lanes, out of what the worker simulates: the plain data of lanes/day.py, alert by alert.
const LANE_STAFF = ["vans", "checkers", "teams", "operators"];

// What is done about an alert, or waited for, from when to when: the same as stage_times in evidence/run/day.py.
function stages_of(alert, codes) {
  const until = (start, end) => [start, Number.isNaN(end) ? alert.end_s : end];
  const rejected = alert.outcome === codes.dismissed && Number.isNaN(alert.search_start_s),
    accepted = rejected ? NaN : alert.review_end_s,
    arrested = alert.outcome === codes.arrested ? alert.check_end_s : NaN;
  return [
    ["waiting_operator", ...until(alert.time_s, alert.review_start_s)],
    ["review", alert.review_start_s, alert.review_end_s],
    ["waiting_team", ...until(accepted, alert.search_start_s)],
    ["search", alert.search_start_s, alert.search_end_s],
    ["held_checkers", ...until(alert.stop_s, alert.check_start_s)],
    ["check", alert.check_start_s, alert.check_end_s],
    ["held_van", ...until(arrested, alert.run_start_s)],
    ["custody", alert.run_start_s, alert.run_end_s],
  ].filter(([, start, end]) => end > start);
}

// From when to when an alert keeps one of each kind busy: the same as busy_times there.
function busy_of(alert) {
  const handed_over = Number.isNaN(alert.check_start_s) ? alert.end_s : alert.check_start_s;
  return {
    operators: [alert.review_start_s, alert.review_end_s],
    teams: [alert.search_start_s, Number.isNaN(alert.stop_s) ? alert.search_end_s : handed_over],
    checkers: [alert.check_start_s, Number.isNaN(alert.check_start_s) ? NaN : alert.end_s],
    vans: [alert.run_start_s, alert.run_end_s],
  };
}

// How many of a kind are busy, as steps.
function busy_steps_of(spans) {
  const changes = new Map();
  for (const [start, end] of spans.filter(([start]) => !Number.isNaN(start))) {
    changes.set(start, (changes.get(start) || 0) + 1);
    changes.set(end, (changes.get(end) || 0) - 1);
  }
  const times = [...changes.keys()].sort((a, b) => a - b);
  let busy = 0;
  return [times, times.map((at) => (busy += changes.get(at)))];
}

// The alerts of one deployment of one campaign of a block, those that happened, in order of time.
function alerts_of(result, model, it, deployment) {
  const names = Object.keys(result.alerts),
    found = [];
  for (let row = 0; row < result.alerts.replication.length; row += 1) {
    if (result.alerts.replication[row] !== it || result.alerts.deployment[row] !== deployment) continue;
    const alert = Object.fromEntries(names.map((name) => [name, result.alerts[name][row]]));
    if (alert.outcome !== model.codes.void) found.push(alert);
  }
  return found.sort((a, b) => a.time_s - b.time_s);
}

const is_wrongful = (alert, model) => alert.truth <= model.codes.false_other_entry && !Number.isNaN(alert.stop_s) && !alert.bystander;

// The day as the lanes take it, with how many came past: what was counted of them is the page's to say.
function day_played(block, model, setting, it, deployment, result) {
  const alerts = alerts_of(result, model, it, deployment),
    off_s = model.off_s[deployment],
    busy = alerts.map(busy_of);
  const lines = staff_lines(model, setting);
  const changes = Array.from(
    { length: model.first_change[deployment + 1] - model.first_change[deployment] },
    (_, i) => model.first_change[deployment] + i,
  );
  const on_duty = (kind) => [
    [0, ...changes.map((change) => model.change_s[change])],
    [lines[0][kind], ...changes.map((change) => lines[model.change_shift[change]][kind])],
  ];
  return {
    on_s: model.on_s[deployment],
    off_s,
    ends_s: Math.max(off_s, ...alerts.map(({ end_s }) => end_s)),
    passages: setting.days && !setting.days[deployment] ? 0 : block.passages[it * model.days + deployment] * (setting.kept[0] / model.footfall_parts),
    alerts: alerts.map((alert, i) => ({
      name: String(i + 1),
      time_s: alert.time_s,
      stop_s: Number.isNaN(alert.stop_s) ? null : alert.stop_s,
      end_s: alert.end_s,
      false: alert.truth <= model.codes.false_other_entry,
      // what came of it does not hang on what a check found, so any end of the same outcome and reason will do
      end: model.end_of_kinds[
        (alert.truth * 2 + (alert.bystander ? 1 : 0)) * model.number_of_ends +
          model.end_of[alert.outcome][alert.reason].find((end) => end >= 0)
      ],
      stages: stages_of(alert, model.codes),
    })),
    staff: Object.fromEntries(
      LANE_STAFF.map((kind, i) => [kind, { busy: busy_steps_of(busy.map((spans) => spans[kind])), on_duty: on_duty(i) }]),
    ),
  };
}

// The day that is asked for, {campaign, deployment} from 0; or with *wrongful* the next after it on which a wrong person was stopped.
function played(blocks, model, setting, { campaign, deployment, wrongful }) {
  const many = blocks.reduce((total, block) => total + block.replications, 0) * model.days,
    begin = campaign * model.days + deployment,
    results = new Map();
  const result_of = (block) => {
    if (!results.has(block)) results.set(block, simulated(block, model, setting));
    return results.get(block);
  };
  for (let ahead = wrongful ? 1 : 0; ahead <= (wrongful ? many : 0); ahead += 1) {
    const of = (begin + ahead) % many;
    let it = Math.floor(of / model.days),
      at = 0;
    while (it >= blocks[at].replications) {
      it -= blocks[at].replications;
      at += 1;
    }
    const block = blocks[at],
      result = result_of(block),
      day = of % model.days;
    if (wrongful && !alerts_of(result, model, it, day).some((alert) => is_wrongful(alert, model))) continue;
    return {
      campaign: Math.floor(of / model.days),
      deployment: day,
      day: day_played(block, model, setting, it, day, result),
    };
  }
  return null;
}
