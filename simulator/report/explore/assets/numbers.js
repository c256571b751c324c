// How numbers are written: the same as evidence/numbers.py, so that the page, the report and the terminal read alike.
function rounded(x, digits) {
  // of two equally near ones the even one, as Python does; only a number of few binary places can lie halfway
  const scale = 10 ** digits,
    halfway =
      digits >= 0 ? Number.isInteger(x * 2 ** (digits + 1)) && Math.abs(x * scale) % 1 === 0.5 : Math.abs(x * scale) % 1 === 0.5;
  if (halfway) return (2 * Math.round((x * scale) / 2)) / scale;
  return digits >= 0 ? Number(x.toFixed(digits)) : Math.round(x * scale) / scale;
}
const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const whole = (x) => grouped(rounded(x, 0).toFixed(0));
function number(x) {
  if (Number.isNaN(x) || x === null || x === undefined) return "-";
  if (x === 0) return "0";
  if (Number.isInteger(x) && Math.abs(x) < 1000) return String(x);
  if (Math.abs(x) < 1e-6)
    return Number(x.toPrecision(2))
      .toString()
      .replace(/e-(\d)$/, "e-0$1");
  const digits = (Math.abs(x) >= 9.95 ? 2 : 1) - Math.floor(Math.log10(Math.abs(x)));
  const near = rounded(x, digits);
  return Math.abs(near) >= 1000 ? grouped(near.toFixed(0)) : near.toFixed(Math.max(digits, 0));
}
const number_range = (low, high) => (number(low) === number(high) ? number(low) : `${number(low)} to ${number(high)}`);
const one_in = (rate) => (!(rate > 0) ? "-" : rate >= 0.5 ? `${number(100 * rate)} in 100` : `1 in ${number(1 / rate)}`);
// Large counts with their word: 1.2 million.
const large = (x) => (x >= 999_500 ? `${number(x / 1e6)} million` : number(x));
const counted = (n, one) => `${whole(n)} ${one}${n === 1 ? "" : "s"}`;

// How often something happens that comes *average* times in one unit, in the words of the first screen of a run.
function frequency(average, unit) {
  const like = unit === "campaign" ? " like this one" : "";
  if (average >= 1.5) return `about ${number(average)} times in a ${unit}${like}`;
  if (average > 2 / 3) return `about once in a ${unit}${like}: ${number(average)} times on average`;
  const words = { 2: "two", 3: "three", 4: "four", 5: "five", 10: "ten" };
  const every = average > 0.01 ? rounded(1 / average, 0) : 1 / average;
  return `about once in ${words[Math.trunc(every)] || number(every)} ${unit}s${like}: ${number(average)} on average`;
}
