/// How likely are so many defective samples in a random draw without replacement?

/** The probability that `drawn` of `population` hold at most `found` of the `defective`. */
export function atMost(population: number, defective: number, drawn: number, found: number): number {
  const least = Math.max(0, defective + drawn - population);
  const most = Math.min(found, defective, drawn);
  let sum = 0;
  for (let held = least; held <= most; held += 1) sum += Math.exp(lnChoose(defective, held) + lnChoose(population - defective, drawn - held) - lnChoose(population, drawn));
  return Math.min(1, sum);
}

/** The least number that shows at 95 % that fewer than `limit` are defective, if at most `allowed` are found; `null` where no draw would. */
export function price(population: number, limit: number, allowed: number): number | null {
  // Rounded down by a hair, so that 0.05 x 100 is 5 and not 6 for the sake of its last bit.
  const defective = Math.max(1, Math.ceil(population * limit - 1e-9));
  if (defective > population || allowed >= defective) return null;
  return least(allowed + 1, population, (drawn) => atMost(population, defective, drawn, allowed) <= 0.05);
}

/** The least share that `drawn` samples, none of them defective, show at 95 % not to be reached. */
export function supportedLimit(population: number, drawn: number): number {
  if (population === 0 || drawn === 0) return 1;
  return least(1, population, (defective) => atMost(population, defective, Math.min(drawn, population), 0) <= 0.05) / population;
}

/** The least number for which `holds`, which once true stays true; the highest where it never is. */
function least(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lnChoose(n: number, k: number): number {
  return k < 0 || k > n ? Number.NEGATIVE_INFINITY : lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
}

/** ln n!: summed for small n, by Stirling's series (Abramowitz and Stegun 6.1.41, four terms) beyond. */
function lnFactorial(n: number): number {
  if (n < 32) {
    let sum = 0;
    for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
    return sum;
  }
  const x = n + 1;
  const tail = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + tail;
}
