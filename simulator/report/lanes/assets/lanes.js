// The lanes of a day at one moment: who has each alert, who is busy of how many, and who was busy before. Plain data in, no globals.
const Lanes = (() => {
  // Whose lane an alert stands in, by what is being done about it (evidence/replay/found.py: PLACES).
  const LANES = ["alerts", "operators", "teams", "checkers", "vans"];
  const PLACES = {
    waiting_operator: ["alerts", "waits"],
    review: ["operators", "has"],
    waiting_team: ["teams", "waits"],
    search: ["teams", "has"],
    held_checkers: ["teams", "has"],
    check: ["checkers", "has"],
    held_van: ["checkers", "has"],
    custody: ["vans", "has"],
  };
  const made = (name, attributes = {}, inside = []) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...[inside].flat());
    return element;
  };
  const stage_of = (alert, name) => alert.stages.find(([of]) => of === name);

  // Where an alert is at a moment: its lane, whether somebody there has it, and the stage; null before it and after its end.
  function place_of(alert, now) {
    if (now < alert.time_s || now >= alert.end_s) return null;
    const [name] = alert.stages.findLast(([, start]) => start <= now) || ["waiting_operator"];
    const [lane, role] = PLACES[name];
    return { lane, role, stage: name };
  }

  // From when to when each lane's officers are kept busy by an alert, and which of them: the one who has been free at the lowest number.
  function kept_busy(day) {
    const spans = { operators: [], teams: [], checkers: [], vans: [] };
    day.alerts.forEach((alert, of) => {
      const [review, search, held, check, custody] = ["review", "search", "held_checkers", "check", "custody"].map((name) =>
        stage_of(alert, name),
      );
      const stopped = alert.stop_s !== null;
      if (review) spans.operators.push({ of, from: review[1], to: review[2] });
      // a stop at once after a search of no length has the waiting alone
      const set_out = search || held;
      if (set_out && (search || stopped)) spans.teams.push({ of, from: set_out[1], to: (held || search)[2] });
      if (check) spans.checkers.push({ of, from: check[1], to: alert.end_s });
      if (custody) spans.vans.push({ of, from: custody[1], to: custody[2] });
    });
    for (const lane of Object.values(spans)) {
      const free_from = [];
      lane.sort((a, b) => a.from - b.from || a.to - b.to);
      for (const span of lane) {
        const slot = free_from.findIndex((since) => since <= span.from);
        span.slot = slot < 0 ? free_from.length : slot;
        free_from[span.slot] = span.to;
      }
      lane.slots = free_from.length;
    }
    return spans;
  }

  // What a number that changes by steps is at a moment.
  function at(steps, now) {
    if (!steps) return null;
    const last = steps[0].findLastIndex((since) => since <= now);
    return last < 0 ? 0 : steps[1][last];
  }

  const shape_of = (alert, known) => (!known ? "unknown" : alert.false ? "wrong" : "right");
  const SHAPES = {
    unknown: () => made("rect", { x: -13, y: -12, width: 26, height: 24, rx: 4 }),
    right: () => made("circle", { r: 13.5 }),
    wrong: () => made("path", { d: "M0 -18L18 0L0 18L-18 0Z" }),
  };

  class Board {
    // *terms* has words, and of every end its sign; *day* is that of day.py.
    constructor(root, day, terms) {
      Object.assign(this, { root, day, words: terms.words, ends: terms.ends, spans: kept_busy(day), tokens: new Map(), width: 0 });
      this.most = Object.fromEntries(
        LANES.slice(1).map((lane) => [lane, Math.max(1, this.spans[lane].slots, ...(day.staff[lane].on_duty?.[1] || []))]),
      );
    }

    // Lays everything out anew for the width that there is.
    fit() {
      const width = Math.max(this.root.clientWidth, 280);
      if (width === this.width) return false;
      const wide = width >= 700,
        label = wide ? 132 : 0,
        height = wide ? 78 : 112;
      Object.assign(this, { width, wide, label, height, top: wide ? 8 : 0 });
      this.strip = wide
        ? { x: label + (width - label) * 0.5, width: (width - label) * 0.5 - 10, y: 14, height: 50 }
        : { x: 2, width: width - 10, y: 76, height: 26 };
      this.room = (wide ? this.strip.x - 30 : width - 4) - label;
      this.tokens.clear();
      this.svg = made("svg", { viewBox: `0 0 ${width} ${this.top + height * LANES.length + 26}`, role: "img", class: "board" });
      this.svg.setAttribute("height", this.top + height * LANES.length + 26);
      this.svg.setAttribute("width", width);
      this.lanes = Object.fromEntries(LANES.map((lane, i) => [lane, this.lane(lane, this.top + i * height)]));
      this.axis(this.top + height * LANES.length);
      this.layer = made("g");
      this.now = made("path", { class: "now" });
      this.svg.append(this.now, this.layer);
      this.root.replaceChildren(this.svg);
      return true;
    }

    x(seconds) {
      return this.strip.x + (this.strip.width * seconds) / this.day.ends_s;
    }

    lane(name, y) {
      const { words, wide, label, height, strip } = this,
        many = this.most[name] || 0,
        // few are drawn large, many small, and of very many the first: their numbers must be legible
        size = Math.max(32, Math.min(46, (this.room - 70) / Math.max(many, 1))),
        shown = Math.min(many, Math.floor((this.room - 40) / size));
      const middle = y + (wide ? height / 2 : 48),
        slots = made("g");
      const count = made("text", { x: wide ? 0 : this.width - 6, y: wide ? middle + 15 : y + 18, class: "count" });
      if (!wide) count.setAttribute("text-anchor", "end");
      const waits = made("text", { y: middle + 4, class: "waits" });
      const past = made("path", { class: `past ${name}` }),
        duty = made("path", { class: "duty" }),
        marks = made("g");
      this.svg.append(
        made("path", { class: "rule", d: `M0 ${y + height - 0.5}H${this.width}` }),
        made("text", { x: 0, y: wide ? middle - 3 : y + 18, class: "lane" }, words.lanes[name]),
        made("rect", { class: "ground", x: strip.x, y: y + strip.y, width: strip.width, height: strip.height }),
        past,
        duty,
        marks,
        count,
        slots,
        waits,
      );
      const base = y + strip.y + strip.height,
        tall = strip.height - 4;
      const on_duty = this.day.staff[name]?.on_duty,
        peak = Math.max(1, this.spans[name]?.slots || 0),
        // where far more are on duty than are ever busy, the strip shows those who are
        unit = tall / (many > 4 * peak ? 1.5 * peak : many);
      if (on_duty && many <= 4 * peak) duty.setAttribute("d", this.line(on_duty, base, unit));
      return { y, middle, size, shown, many, slots, count, waits, past, marks, base, tall, unit, label };
    }

    // A line at one time of day through all strips, and past what stands between them.
    upright(x) {
      return LANES.map((_, i) => this.top + i * this.height + this.strip.y)
        .map((y) => `M${x} ${y - (this.wide ? 14 : 4)}v${this.strip.height + (this.wide ? 28 : 8)}`)
        .join("");
    }

    // A line of steps over the whole day.
    line([times, numbers], base, tall) {
      const steps = times.map((since, i) => `${i ? "H" : "M"}${this.x(since).toFixed(1)}${i ? "V" : " "}${(base - tall * numbers[i]).toFixed(1)}`);
      return steps.length ? `${steps.join("")}H${this.x(this.day.ends_s).toFixed(1)}` : "";
    }

    // The area below steps up to a moment, without what is 0: so that what is short can have an edge and be seen.
    area([times, numbers], now, base, tall) {
      let path = "";
      times.forEach((since, i) => {
        if (since > now) return;
        const before = i ? numbers[i - 1] : 0,
          x = this.x(since).toFixed(1);
        if (!before && numbers[i]) path += `M${x} ${base}`;
        if (before || numbers[i]) path += `H${x}V${(base - tall * numbers[i]).toFixed(1)}`;
        if (numbers[i] && (i === times.length - 1 || times[i + 1] > now)) path += `H${this.x(now).toFixed(1)}V${base}`;
      });
      return path;
    }

    axis(y) {
      const { day } = this,
        hours = Math.ceil(day.on_s / 3600),
        every = Math.max(1, Math.ceil((day.ends_s / 3600) * (44 / this.strip.width)));
      for (let hour = hours; hour * 3600 <= day.on_s + day.ends_s; hour += every) {
        const x = this.x(hour * 3600 - day.on_s);
        this.svg.append(
          made("path", { class: "tick", d: `M${x.toFixed(1)} ${y}v5` }),
          made(
            "text",
            { x: Math.min(Math.max(x, this.strip.x + 14), this.width - 18).toFixed(1), y: y + 19, class: "hour", "text-anchor": "middle" },
            `${String(hour % 24).padStart(2, "0")}:00`,
          ),
        );
      }
      const off = this.x(day.off_s).toFixed(1);
      this.svg.append(made("path", { class: "off", d: this.upright(off) }));
    }

    // Draws the moment *now*; *known* says of an alert whether its truth may be seen.
    draw(now, known) {
      this.fit();
      const { day, words } = this,
        open = new Map();
      day.alerts.forEach((alert, of) => {
        const place = place_of(alert, now);
        if (place) open.set(of, place);
      });
      const busy = Object.fromEntries(
        LANES.slice(1).map((lane) => [lane, this.spans[lane].filter(({ from, to }) => from <= now && now < to)]),
      );
      this.slots(now, busy);
      this.stand(open, busy, known);
      for (const lane of LANES.slice(1)) {
        const it = this.lanes[lane],
          steps = day.staff[lane];
        it.past.setAttribute("d", this.area(steps.busy, now, it.base, it.unit));
      }
      this.marks(now);
      const x = this.x(Math.min(now, day.ends_s)).toFixed(1);
      this.now.setAttribute("d", this.upright(x));
      const said = this.said(now, open, busy);
      this.svg.setAttribute("aria-label", said);
      return said;
    }

    // Who is busy of how many, in words.
    said(now, open, busy) {
      const parts = [...LANES.slice(1)].map((lane) => `${this.words.lanes[lane]}: ${this.counted(lane, now, busy)}`);
      const waits = [...open.values()].filter(({ lane }) => lane === "alerts").length;
      return [...parts, `${this.words.lanes.alerts}: ${waits} ${this.words.waiting}`].join("; ");
    }

    counted(lane, now, busy) {
      const many = at(this.day.staff[lane].on_duty, now);
      return many === null
        ? this.words.busy.replace("{n}", busy[lane].length)
        : this.words.busy_of.replace("{n}", busy[lane].length).replace("{of}", many);
    }

    slots(now, busy) {
      for (const lane of LANES.slice(1)) {
        const it = this.lanes[lane],
          taken = new Map(busy[lane].map((span) => [span.slot, span.of])),
          many = Math.max(at(this.day.staff[lane].on_duty, now) || 0, Math.max(-1, ...taken.keys()) + 1);
        it.count.textContent = this.counted(lane, now, busy);
        const key = [many, ...[...taken].flat()].join();
        if (key === it.key) continue;
        it.key = key;
        const boxes = [];
        for (let slot = 0; slot < Math.min(many, it.shown); slot += 1) {
          const away = lane === "checkers" && taken.has(slot) && place_of(this.day.alerts[taken.get(slot)], now)?.lane === "vans";
          boxes.push(
            made("rect", {
              class: `slot ${taken.has(slot) ? "taken" : "free"}${away ? " away" : ""} ${lane}`,
              x: it.label + slot * it.size,
              y: it.middle - it.size / 2 + 1,
              width: it.size - 3,
              height: it.size - 3,
              rx: 3,
            }),
          );
          if (away && it.size > 26)
            boxes.push(
              made(
                "text",
                { x: it.label + slot * it.size + it.size / 2 - 1.5, y: it.middle + 4, class: "gone", "text-anchor": "middle" },
                this.day.alerts[taken.get(slot)].name,
              ),
            );
        }
        if (many > it.shown)
          boxes.push(made("text", { x: it.label + it.shown * it.size + 2, y: it.middle + it.size / 2 + 10, class: "gone" }, `+${many - it.shown}`));
        it.slots.replaceChildren(...boxes);
      }
    }

    // Puts the shape of every open alert where it belongs; one that has ended goes.
    stand(open, busy, known) {
      const waiting = Object.fromEntries(LANES.map((lane) => [lane, 0]));
      for (const [of, { lane, role, stage }] of open) {
        const it = this.lanes[lane],
          span = role === "has" ? busy[lane].find((one) => one.of === of) : null;
        let x,
          size = 40;
        if (span) {
          // those for whom there is no box stand behind the last one
          x = it.label + Math.min(span.slot, it.shown) * it.size + it.size / 2 - 1.5;
          size = it.size;
        } else {
          const many = lane === "alerts" ? 0 : Math.min(it.shown, it.many);
          x = it.label + many * it.size + (lane === "alerts" ? 20 : 74) + 36 * waiting[lane];
          waiting[lane] += 1;
        }
        const right = it.label + this.room;
        this.token(of, Math.min(x, right), it.middle, Math.min(1.15, (size - 8) / 32), known(this.day.alerts[of]), stage);
      }
      for (const lane of LANES) {
        const it = this.lanes[lane];
        if (lane === "alerts") it.count.textContent = this.words.waiting_now.replace("{n}", waiting.alerts);
        it.waits.textContent = lane !== "alerts" && waiting[lane] ? this.words.waits : "";
        it.waits.setAttribute("x", it.label + Math.min(it.shown, it.many) * it.size + 4);
      }
      for (const [of, { element }] of this.tokens)
        if (!open.has(of)) {
          element.remove();
          this.tokens.delete(of);
        }
    }

    token(of, x, y, scale, known, stage) {
      const alert = this.day.alerts[of],
        shape = shape_of(alert, known),
        held = stage.startsWith("held") || stage === "check" || stage === "custody";
      let token = this.tokens.get(of);
      if (!token) {
        token = { element: made("g"), shape: null };
        this.tokens.set(of, token);
        this.layer.append(token.element);
      }
      if (token.shape !== shape) {
        token.shape = shape;
        token.element.replaceChildren(SHAPES[shape](), made("text", { y: 4.5, "text-anchor": "middle", class: `digits-${alert.name.length}` }, alert.name));
      }
      token.element.setAttribute("class", `token ${shape}${held ? " held" : ""}`);
      token.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale.toFixed(2)})`;
    }

    // A small sign for every alert at the time at which it came: a stroke until it has ended. What has not changed stays.
    marks(now) {
      const it = this.lanes.alerts,
        many = this.day.alerts.length,
        small = many > 300 ? 0.6 : many > 100 ? 0.8 : 1;
      it.signs ||= [];
      this.day.alerts.forEach((alert, of) => {
        const state = alert.time_s > now ? 0 : now < alert.end_s ? 1 : 2,
          before = it.signs[of];
        if ((before?.state || 0) === state) return;
        before?.element?.remove();
        const x = this.x(alert.time_s);
        let element = null;
        if (state === 1) element = made("path", { class: "came", d: `M${x.toFixed(1)} ${it.base - it.tall + 4}V${it.base - 2}` });
        if (state === 2) {
          // the wrong person stands above the others
          const size = small * (alert.false ? 1.6 : 1.2),
            y = (alert.false ? it.base - it.tall + 8 : it.base - 11) - 6 * size;
          element = made("g", { transform: `translate(${(x - 6 * size).toFixed(1)} ${y.toFixed(1)}) scale(${size})` });
          element.innerHTML = this.ends[alert.end].sign;
        }
        if (element) it.marks.append(element);
        it.signs[of] = { state, element };
      });
    }
  }

  return { Board, LANES, at, kept_busy, place_of, stage_of };
})();
