// Who waits and who is missed, by how many teams there are: simulated when somebody asks.
const TEAMS = [1, 2, 3, 4, 5, 6];

async function staffing(state, simulate) {
  const { data, setting } = state,
    source = data.sources[setting.source],
    rows = [];
  for (const teams of TEAMS) {
    const there = { ...setting, teams },
      found = await simulate(setting.source, there),
      it = shown(data, source, there, found, state.own[setting.source]);
    const lost = sum(["outcome_not_reviewed", "outcome_gone", "outcome_no_team"].map((name) => sum(found.measures[name]))),
      all = sum(found.measures.alerts);
    rows.push({
      teams,
      wait: found.searches ? found.waits / found.searches : 0,
      lost: (1000 * lost) / all,
      missed: it.listed_missed,
      wrong: it.wrongful_stops,
    });
  }
  const most = Math.max(...rows.map((row) => row.missed), 1);
  const draw = (width) =>
    picture(
      width,
      rows.length * 30 + 8,
      "chart",
      `Listed people missed: ${rows.map((row) => `${number(row.missed)} with ${counted(row.teams, "team")}`).join(", ")}.`,
      rows
        .map((row, i) => {
          const y = i * 30 + 4,
            long = ((width - 180) * row.missed) / most;
          return (
            text(0, y + 17, counted(row.teams, "team"), row.teams === setting.teams ? "said" : "") +
            `<rect x="68" y="${y}" width="${Math.max(long, 1).toFixed(1)}" height="22" class="staff ${row.teams === setting.teams ? "now" : ""}"/>` +
            text(74 + long, y + 17, filled(WORDS.staffing.missed, { number: number(row.missed) }), "")
          );
        })
        .join(""),
    );
  const table = rows.map((row) => [String(row.teams), number(row.missed), number(row.lost), number(row.wait), number(row.wrong)]);
  const caption = filled(WORDS.staffing.caption, { unit: data.unit }),
    heads = [WORDS.staffing.teams, WORDS.missed, WORDS.staffing.lost, WORDS.staffing.wait, WORDS.wrongful];
  return { picture: in_both(draw) + table_of(caption, heads, table), caption, heads, rows: table };
}
