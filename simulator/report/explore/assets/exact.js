// Exact intervals without a library: the tails of the binomial and the Poisson law summed in logarithms, their ends by bisection.
const LOG_FACTORIALS = [0];
function log_factorial(n) {
  while (LOG_FACTORIALS.length <= n && n < 5000) LOG_FACTORIALS.push(LOG_FACTORIALS.at(-1) + Math.log(LOG_FACTORIALS.length));
  if (n < 5000) return LOG_FACTORIALS[n];
  // Stirling's series: beyond 5,000 exact to the last digits of a double
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}
// P(X <= count) of so many *cases*, each with this *share*.
function binomial_below(count, cases, share) {
  if (count >= cases) return 1;
  let term = Math.exp(cases * Math.log1p(-share)),
    all = 0;
  if (term > 1e-290) {
    const odds = share / (1 - share);
    for (let k = 0; k <= count; k += 1) {
      all += term;
      term *= ((cases - k) / (k + 1)) * odds;
    }
    return Math.min(all, 1);
  }
  for (let k = 0; k <= count; k += 1)
    all += Math.exp(
      log_factorial(cases) - log_factorial(k) - log_factorial(cases - k) + k * Math.log(share) + (cases - k) * Math.log1p(-share),
    );
  return Math.min(all, 1);
}
// P(X <= count) where *expected* are.
function poisson_below(count, expected) {
  let all = 0;
  for (let k = 0; k <= count; k += 1) all += Math.exp(k * Math.log(expected) - expected - log_factorial(k));
  return Math.min(all, 1);
}
// Where a falling function of x goes through *level*, between *low* and *high*.
function bisected(falling, level, low, high) {
  for (let step = 0; step < 200; step += 1) {
    const middle = low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (falling(middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
// Both ends of the exact interval of a share (Clopper and Pearson 1934), *tail* beyond each.
function share_interval(count, cases, tail) {
  const low = count > 0 ? bisected((share) => binomial_below(count - 1, cases, share), 1 - tail, 1e-15, 1) : 0;
  const high = count < cases ? bisected((share) => binomial_below(count, cases, share), tail, 1e-15, 1) : 1;
  return [low, high];
}
// Both ends of the exact interval of a Poisson mean (Garwood 1936).
function mean_interval(count, tail) {
  const most = 10 * count + 100;
  const low = count > 0 ? bisected((expected) => poisson_below(count - 1, expected), 1 - tail, 1e-12, most) : 0;
  return [low, bisected((expected) => poisson_below(count, expected), tail, 1e-12, most)];
}
