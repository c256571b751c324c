// "Play a day": one of the simulated campaigns at the setting of the sliders, in the lanes of a replay.
class PlayedDay {
  // *ask* gives what the worker simulates of a day at a setting.
  constructor(data, terms, setting, ask) {
    Object.assign(this, { data, terms, setting, ask, words: terms.words.explorer, view: null, played: null });
    byId("play-day").addEventListener("click", () => this.play(false));
    byId("play-next").addEventListener("click", () => this.play(true));
    // the sliders have moved: the day that is open is of another setting
    new MutationObserver(() => this.compare()).observe(document.body, { attributeFilter: ["data-shown"] });
  }

  number(id, many) {
    const typed = Math.round(Number(byId(id).value)),
      number = Math.min(Math.max(Number.isFinite(typed) ? typed : 1, 1), many);
    byId(id).value = number;
    return number - 1;
  }

  async play(wrongful) {
    const { data, words } = this,
      setting = { ...this.setting() },
      source = data.sources[setting.source],
      asked = {
        campaign: this.number("play-campaign", source.campaigns),
        deployment: this.number("play-deployment", source.model.days),
        wrongful,
      };
    byId("play-said").textContent = words.simulating;
    const found = await this.ask(setting, asked);
    if (!found) {
      byId("play-said").textContent = filled(words.none, { campaigns: whole(source.campaigns) });
      return;
    }
    byId("play-campaign").value = found.campaign + 1;
    byId("play-deployment").value = found.deployment + 1;
    const faces = rounded(found.day.passages * setting.faces_per_passage, 0);
    byId("play-said").textContent = filled(words.said, {
      date: source.model.dates[found.deployment],
      campaign: whole(found.campaign + 1),
      campaigns: whole(source.campaigns),
      deployment: whole(found.deployment + 1),
      deployments: whole(source.model.days),
      threshold: number_as_set(setting.threshold),
      size: number_as_set(setting.size),
      faces: whole(faces),
    });
    this.played = as_string(data, setting);
    this.view?.close();
    this.view = found.day.alerts.length ? new DayView(byId("day"), found.day, this.terms, 3) : null;
    if (!this.view) byId("day").textContent = this.terms.words.quiet;
    this.compare();
  }

  compare() {
    byId("play-stale").textContent = this.played && this.played !== document.body.dataset.shown ? this.words.stale : "";
  }
}
