// A day to be played: clock and buttons, the lanes, what came of alerts so far, and the events as a table. Plain data in, no globals.
const DayView = (() => {
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const counted = ([none, one, many], n) => fill(n === 0 ? none : n === 1 ? one : many, { n: String(n).replace(/\B(?=(\d{3})+$)/g, ",") });

  function made(name, attributes = {}, inside = []) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in element && key !== "list" && key !== "form") element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...[inside].flat());
    return element;
  }

  const clock = (day, at) => {
    const seconds = Math.round(day.on_s + at);
    return [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, "0")).join(":");
  };

  // How long somebody was held, in words: the same roundings as the timeline's.
  function held(words, seconds) {
    const minutes = seconds / 60;
    return fill(words.minutes, { n: minutes >= 9.95 ? Math.round(minutes) : minutes.toPrecision(minutes < 0.995 ? 1 : 2).replace(/\.0$/, "") });
  }

  // Everything that happens, in order of time: {at, alert (its place in the day) or null, kind}.
  function events_of(day) {
    const events = [{ at: 0, alert: null, kind: "cameras_on" }];
    day.alerts.forEach((it, alert) => {
      const add = (kind, at) => events.push({ at, alert, kind });
      const [review, search, held_by_team, check, custody] = ["review", "search", "held_checkers", "check", "custody"].map((name) =>
        Lanes.stage_of(it, name),
      );
      add("alert", it.time_s);
      if (review) add("review", review[1]);
      if (review && (search || held_by_team || Lanes.stage_of(it, "waiting_team"))) add("accepted", review[2]);
      if (search) add("search", search[1]);
      if (it.stop_s !== null) add("stop", it.stop_s);
      if (check) add("check", check[1]);
      if (custody) add("custody", custody[1]);
      add("end", it.end_s);
    });
    events.push({ at: day.off_s, alert: null, kind: "cameras_off" });
    return events.map((event, i) => ({ ...event, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  }

  return class {
    // *day* and *terms* are those of day.py and terms.py; *level* is that of the headings.
    constructor(root, day, terms, level = 2) {
      Object.assign(this, { root, day, heading: `h${level}`, words: terms.words, ends: terms.ends, all: false, printing: false });
      this.events = events_of(day);
      this.build();
      this.board = new Lanes.Board(this.stage, day, terms);
      this.player = new Player({
        moments: this.events.map(({ at }) => at),
        alerts: day.alerts.map(({ time_s }) => time_s),
        ends_s: day.ends_s,
        changed: () => this.draw(),
        state: (playing) => this.playing(playing),
      });
      this.still = matchMedia("(prefers-reduced-motion: reduce)");
      this.watching = new AbortController();
      const { signal } = this.watching;
      this.still.addEventListener("change", () => this.steps_only(), { signal });
      matchMedia("print").addEventListener("change", ({ matches }) => this.on_paper(matches), { signal });
      // these come before sheets are counted
      addEventListener("beforeprint", () => this.on_paper(true), { signal });
      addEventListener("afterprint", () => this.on_paper(false), { signal });
      this.resized = new ResizeObserver(() => this.board.fit() && this.draw());
      this.resized.observe(this.stage);
      this.steps_only();
      this.player.go(0);
    }

    // Whoever shows another day in the same place closes this one.
    close() {
      this.player.pause();
      this.watching.abort();
      this.resized.disconnect();
    }

    button(words, act, kind = "") {
      const it = made("button", { type: "button", className: kind }, words);
      it.addEventListener("click", act);
      return it;
    }

    build() {
      const { words } = this,
        after = (act) => () => {
          act();
          this.announce();
        };
      this.time = made("p", { className: "clock" });
      this.play = this.button(words.play, () => (this.player.playing ? this.player.pause() : this.player.play()), "play");
      this.speed = made(
        "select",
        {},
        Object.entries(words.speeds).map(([value, said]) => made("option", { value, selected: value === "1" }, said)),
      );
      this.speed.addEventListener("change", () => {
        this.player.speed = Number(this.speed.value);
      });
      this.truth = made("input", { type: "checkbox" });
      this.truth.addEventListener("change", () => {
        this.all = this.truth.checked;
        this.rows = -1;
        this.draw();
        this.announce();
      });
      this.scrub = made("input", { type: "range", min: 0, max: Math.ceil(this.day.ends_s), step: 15, ariaLabel: words.scrub });
      this.scrub.addEventListener("input", () => {
        this.player.pause();
        this.player.go(Number(this.scrub.value));
      });
      this.scrub.addEventListener("change", () => this.announce());
      const stepped = (act) =>
        after(() => {
          this.player.pause();
          act(this.player);
        });
      this.speeding = made("label", { className: "speed" }, [`${words.speed} `, this.speed]);
      const next = this.button(words.next_alert, () => {
        this.player.next_alert();
        if (!this.player.playing) this.announce();
      });
      this.buttons = made("div", { className: "buttons" }, [
        this.button(words.step, stepped((player) => player.step())),
        this.button(words.back, stepped((player) => player.back())),
        this.button(words.to_end, stepped((player) => player.go(player.ends_s))),
        this.button(words.again, stepped((player) => player.go(0))),
        this.speeding,
      ]);
      this.sentence = made("p", { className: "sentence" });
      this.stage = made("div", { className: "stage" });
      this.latest = made("ol", { className: "latest" });
      this.ended = made("ul", { className: "ended" });
      this.body = made("tbody");
      this.rows = -1;
      this.announced = made("p", { className: "unseen", ariaLive: "polite" });
      // a day that lies in no log has no numbers in one
      this.logged = this.day.alerts.some(({ log }) => log);
      const heads = made(
        "tr",
        {},
        words.table.heads.slice(0, this.logged ? 4 : 3).map((head) => made("th", { scope: "col" }, head)),
      );
      this.table = made("details", { className: "events" }, [
        made("summary", {}, words.table.summary),
        made("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: words.table.caption }, [
          made("table", {}, [made("caption", {}, words.table.caption), made("thead", {}, heads), this.body]),
        ]),
      ]);
      this.table.addEventListener("toggle", () => this.list_events(this.events.filter(({ at }) => at <= this.player.now)));
      this.root.replaceChildren(
        made("div", { className: "day-view" }, [
          made("div", { className: "deck" }, [this.time, this.play, next]),
          this.buttons,
          this.scrub,
          made("label", { className: "truth" }, [this.truth, made("b", {}, words.truth), ` ${words.truth_hint}`]),
          this.sentence,
          made("div", { className: "beside-lanes" }, [
            made("div", {}, [this.stage, this.key()]),
            made("div", { className: "side" }, [
              made(this.heading, {}, words.just_now),
              this.latest,
              made(this.heading, {}, words.ended),
              this.ended,
            ]),
          ]),
          this.table,
          this.announced,
        ]),
      );
    }

    // What the shapes mean.
    key() {
      const shapes = {
        unknown: '<rect x="1" y="1.4" width="10" height="9.2" rx="1.6"/>',
        right: '<circle cx="6" cy="6" r="5"/>',
        wrong: '<path d="M6 .3L11.7 6L6 11.7L.3 6Z"/>',
        held: '<rect x="1.4" y="1.8" width="9.2" height="8.4" rx="1.6"/>',
        away: '<rect x=".5" y=".5" width="11" height="11" rx="1"/>',
        area: '<path d="M.5 12V8H4V4.5H8V7h3.5V12Z"/>',
        duty: '<path d="M0 6H12"/>',
      };
      const items = Object.entries(shapes).map(([name, shape]) => {
        const item = made("li");
        item.innerHTML = `<svg class="key shape ${name}" viewBox="0 0 12 12" width="18" height="18" aria-hidden="true">${shape}</svg>`;
        item.append(this.words.key[name]);
        return item;
      });
      return made("ul", { className: "keys lanes-key" }, items);
    }

    // Where nothing is to move by itself, there is no play: the day is gone through step by step.
    steps_only() {
      if (this.still.matches) this.player.pause();
      this.play.hidden = this.speeding.hidden = this.still.matches;
    }

    playing(is) {
      this.play.textContent = is ? this.words.pause : this.words.play;
      this.root.classList.toggle("plays", is);
      if (!is) this.announce();
    }

    // On paper the whole day is shown, and then what was on the screen again.
    on_paper(printing) {
      if (printing === this.printing) return;
      this.printing = printing;
      this.rows = -1;
      if (printing) {
        this.before = this.player.now;
        this.player.pause();
        this.player.go(this.player.ends_s);
      } else this.player.go(this.before);
    }

    known(alert) {
      return this.all || this.player.now >= alert.end_s;
    }

    draw() {
      const { now } = this.player,
        known = (alert) => this.known(alert);
      this.time.textContent = clock(this.day, now);
      this.scrub.value = now;
      this.scrub.setAttribute("aria-valuetext", clock(this.day, now));
      this.moment = this.board.draw(now, known);
      const rows = this.events.filter(({ at }) => at <= now).length;
      if (rows === this.rows) return;
      this.rows = rows;
      const so_far = this.events.slice(0, rows);
      this.sentence.textContent = rows > 1 ? this.summary(now, known) : this.words[this.still.matches ? "start_still" : "start"];
      this.latest.replaceChildren(
        ...so_far.slice(-5).reverse().map((event) => made("li", {}, [made("b", {}, clock(this.day, event.at)), ` ${this.said(event)}`])),
      );
      this.list_ends(now);
      this.list_events(so_far);
    }

    // The rows of the table, where it is open: what was there before stays.
    list_events(so_far) {
      if (!this.table.open) return;
      const before = this.listed?.all === this.all && this.listed.rows <= so_far.length ? this.listed.rows : 0,
        rows = so_far.slice(before).map((event) => {
          const alert = event.alert === null ? null : this.day.alerts[event.alert];
          return made("tr", {}, [
            made("th", { scope: "row" }, clock(this.day, event.at)),
            made("td", {}, alert ? alert.name : ""),
            made("td", {}, this.said(event, false)),
            ...(this.logged ? [made("td", {}, alert?.log ?? "")] : []),
          ]);
        });
      if (before) this.body.append(...rows);
      else this.body.replaceChildren(...rows);
      this.listed = { rows: so_far.length, all: this.all };
    }

    // One event in words; of an alert that is open nothing is said that officers do not know, unless it is asked for.
    said({ alert: of, kind }, named = true) {
      const { words } = this;
      if (of === null) return words.events[kind];
      const alert = this.day.alerts[of];
      let what = words.events[kind];
      if (kind === "alert" && this.all) what = words.events[alert.false ? "alert_wrong" : "alert_right"];
      if (kind === "end") what = this.end_words(alert);
      return named ? fill(words.of_alert, { name: alert.name, what }) : what;
    }

    // What came of alerts; of people who were not stopped the words do not say who they were.
    end_of(end) {
      return end.stopped ? end.words : `${end.words} (${end.false ? this.words.wrong_side : this.words.right_side})`;
    }

    end_words(alert) {
      const end = this.ends[alert.end],
        long = alert.stop_s !== null && end.did !== "arrested" ? fill(this.words.held, { long: held(this.words, alert.end_s - alert.stop_s) }) : "";
      return `${this.end_of(end)}${long}`;
    }

    // What officers did so far, and whom they stopped by mistake as far as that has come out.
    summary(now, known) {
      const { words, day } = this,
        over = now >= day.ends_s,
        came = day.alerts.filter(({ time_s }) => time_s <= now),
        stopped = came.filter(({ stop_s }) => stop_s !== null && stop_s <= now),
        did = (alert) => this.ends[alert.end].did,
        arrested = stopped.filter((alert) => did(alert) === "arrested" && (Lanes.stage_of(alert, "check")?.[2] ?? alert.end_s) <= now),
        out = stopped.filter(known),
        wrong = out.filter((alert) => alert.false && did(alert) !== "bystander"),
        others = out.filter((alert) => did(alert) === "bystander").length;
      const parts = [
        fill(over ? words.over : words.so_far, {
          alerts: counted(words.counts.alerts, came.length),
          stopped: counted(words.counts.stopped, stopped.length),
          arrested: counted(words.counts.arrested, arrested.length),
        }),
      ];
      if (stopped.length) {
        const names = wrong.slice(0, 4).map((alert) =>
          fill(now >= alert.end_s ? words.one_wrong : words.one_wrong_open, {
            name: alert.name,
            clock: clock(day, alert.stop_s).slice(0, 5),
            end: now >= alert.end_s ? this.end_words(alert).replace(/^[^,]*, /, "") : "",
          }),
        );
        if (wrong.length > names.length) names.push(counted(words.more, wrong.length - names.length));
        const none = over || this.all ? words.wrong[0] : words.none_out;
        parts.push(wrong.length ? `${counted(words.wrong, wrong.length)}: ${names.join("; ")}.` : none);
        if (others) parts.push(counted(words.bystanders, others));
      }
      return parts.join(" ");
    }

    list_ends(now) {
      const groups = this.ends
        .map((end, i) => ({ end, of: this.day.alerts.filter((alert) => alert.end === i && alert.end_s <= now) }))
        .filter(({ of }) => of.length);
      const items = groups.map(({ end, of }) => {
        const item = made("li", { className: end.false && end.stopped ? "wrong" : "" });
        item.innerHTML = `<svg class="key" viewBox="0 0 12 12" width="18" height="18" aria-hidden="true">${end.sign}</svg>`;
        const names = of.slice(0, 12).map(({ name }) => name).join(", "),
          more = of.length > 12 ? " …" : "",
          all = fill(this.words.names[of.length > 1 ? 1 : 0], { names: names + more });
        item.append(made("b", {}, String(of.length)), ` ${this.end_of(end)} `, made("span", { className: "names" }, `(${all})`));
        return item;
      });
      this.ended.replaceChildren(...(items.length ? items : [made("li", {}, this.words.none_ended)]));
    }

    announce() {
      const last = this.events.filter(({ at }) => at <= this.player.now).slice(-2);
      const over = this.player.now >= this.day.ends_s ? this.sentence.textContent : last.map((event) => this.said(event)).join(". ");
      this.announced.textContent = `${clock(this.day, this.player.now)}. ${over}. ${this.moment}.`.replace(/\.\./g, ".");
    }
  };
})();
