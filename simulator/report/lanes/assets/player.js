// A clock that is played: from moment to moment, fast where nothing changes. It knows no page; whoever draws is told the time.
const Player = (() => {
  // Seconds of watching between two moments that lie *gap* seconds apart: more, but far from in proportion.
  const watching = (gap) => Math.min(1.8, 0.35 + 0.27 * Math.log2(1 + gap / 20));
  // No day takes longer to watch than this, at the usual speed.
  const LONGEST_S = 240;

  return class {
    // *moments* are the times at which something happens; *changed(now)* is told of every time, *state(playing)* of every start and stop.
    constructor({ moments, alerts, ends_s, changed, state }) {
      this.moments = [...new Set([0, ...moments, ends_s])].sort((a, b) => a - b);
      Object.assign(this, { alerts, ends_s, changed, state, now: 0, speed: 1, playing: false });
      this.watched = [0];
      for (let i = 1; i < this.moments.length; i += 1)
        this.watched.push(this.watched[i - 1] + watching(this.moments[i] - this.moments[i - 1]));
      this.hurry = Math.max(1, this.watched.at(-1) / LONGEST_S);
    }

    // One scale into the other, both rising.
    static between(from, to, value) {
      const i = Math.max(1, from.findIndex((at) => at > value));
      if (value >= from.at(-1)) return to.at(-1);
      return to[i - 1] + ((to[i] - to[i - 1]) * (value - from[i - 1])) / (from[i] - from[i - 1]);
    }

    go(now) {
      this.now = Math.min(Math.max(now, 0), this.ends_s);
      this.at = this.constructor.between(this.moments, this.watched, this.now);
      this.changed(this.now);
    }

    play() {
      if (this.playing) return;
      if (this.now >= this.ends_s) this.go(0);
      this.at = this.constructor.between(this.moments, this.watched, this.now);
      this.playing = true;
      this.state(true);
      let last = null;
      const frame = (time) => {
        if (!this.playing) return;
        // a page that nobody looked at goes on where it was
        this.at += (Math.min(last === null ? 0 : time - last, 100) / 1000) * this.speed * this.hurry;
        last = time;
        this.now = this.constructor.between(this.watched, this.moments, this.at);
        this.changed(this.now);
        if (this.now >= this.ends_s) this.pause();
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }

    pause() {
      if (!this.playing) return;
      this.playing = false;
      this.state(false);
    }

    // To the next time of *times*, or the end.
    next(times) {
      this.go(times.find((at) => at > this.now) ?? this.ends_s);
    }

    step() {
      this.next(this.moments);
    }

    back() {
      this.go(this.moments.findLast((at) => at < this.now) ?? 0);
    }

    next_alert() {
      this.next(this.alerts);
    }
  };
})();
