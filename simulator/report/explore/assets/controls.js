// The controls: a slider and a box of the same value, both native; both stand at steps, of which the scenario's own is marked.
const SLIDERS = [
  "threshold",
  "size",
  "list_exponent",
  "deployments",
  "footfall",
  "listed",
  "capture",
  "operators",
  "teams",
  "checkers",
  "vans",
  "hold_limit_min",
  "strictness",
];

class Controls {
  // *released* is called with the setting when somebody lets go of a control.
  constructor(data, released) {
    this.data = data;
    // a scenario may not have all of them
    this.sliders = SLIDERS.filter((key) => data.steps[key]);
    this.released = released;
    this.setting = { ...data.own, source: 0 };
    for (const key of this.sliders) this.watch(key);
    for (const radio of document.querySelectorAll("input[type=radio]")) {
      radio.addEventListener("change", () => {
        this.setting[radio.name] = Number(radio.value);
        this.released();
      });
    }
    byId("own").addEventListener("click", () => {
      this.put({ ...data.own, source: 0 });
      this.released();
    });
  }

  watch(key) {
    const steps = this.data.steps[key],
      slider = byId(`slider-${key}`),
      box = byId(`box-${key}`),
      mark = byId(`mark-${key}`);
    const own = steps.indexOf(this.data.own[key]);
    // the thumb is 20 pixels wide: the mark stands under its middle
    mark.style.left = `calc(10px + (100% - 20px) * ${own / Math.max(steps.length - 1, 1)})`;
    slider.addEventListener("input", () => {
      box.value = as_typed(key, steps[slider.value]);
      this.spoken(key);
    });
    slider.addEventListener("change", () => {
      this.setting[key] = steps[slider.value];
      this.told(key, "");
      this.released();
    });
    box.addEventListener("change", () => {
      const typed = Number(box.value),
        value = steps[nearest(steps, typed)];
      if (box.value === "" || Number.isNaN(typed)) {
        box.value = as_typed(key, this.setting[key]);
        return;
      }
      this.told(
        key,
        typed < steps[0] || typed > steps.at(-1)
          ? filled(WORDS.beyond_steps, {
              first: number_as_set(steps[0]),
              last: number_as_set(steps.at(-1)),
              value: number_as_set(value),
            })
          : typed !== value
            ? filled(WORDS.next_step, { value: number_as_set(value) })
            : "",
      );
      this.put({ ...this.setting, [key]: value });
      this.released();
    });
    this.spoken(key);
  }

  told(key, words) {
    byId(`told-${key}`).textContent = words;
  }

  // What a screen reader says in place of the number of the step.
  spoken(key) {
    const slider = byId(`slider-${key}`);
    slider.setAttribute("aria-valuetext", number_as_set(this.data.steps[key][slider.value]));
  }

  // Puts all controls at a *setting*, whose values are steps.
  put(setting) {
    this.setting = { ...setting };
    for (const key of this.sliders) {
      byId(`slider-${key}`).value = this.data.steps[key].indexOf(setting[key]);
      byId(`box-${key}`).value = as_typed(key, setting[key]);
      this.spoken(key);
    }
    for (const radio of document.querySelectorAll("input[type=radio]"))
      radio.checked = Number(radio.value) === setting[radio.name];
  }
}
// A value as one types it, with separators where it is large.
const number_as_set = (value) => (Math.abs(value) >= 1000 ? whole(value) : String(value));
// A value as it stands in its box: thresholds with two digits at least.
const as_typed = (key, value) => (key === "threshold" ? value.toFixed(3).replace(/0$/, "") : String(value));
