// A setting in words: all of it, or what differs from another.
const value_words = (key, value) => (key === "threshold" ? as_typed(key, value) : key === "added" ? WORDS.added[value] : number_as_set(value));
const setting_words = (setting, keys = shared_of(DATA)) =>
  keys.map((key) => `${WORDS.labels[key]} ${value_words(key, setting[key])}`).join("; ");
const differing = (one, other) => shared_of(DATA).filter((key) => one[key] !== other[key]);
