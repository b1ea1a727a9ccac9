import type { UslFit } from '../analysis.js';

/** One hold: operations in flight and finished per second. */
export interface UslPoint {
  inFlight: number;
  perSecond: number;
}

const ROUNDS = 200;
type Parameters = readonly [lambda: number, sigma: number, kappa: number];

/** X(N) = λN/(1+σ(N−1)+κN(N−1)): throughput with N in flight. */
export function uslThroughput([lambda, sigma, kappa]: Parameters, n: number): number {
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

/**
 * Fits the universal scalability law by Levenberg–Marquardt with σ, κ ≥ 0. Undefined with fewer than three points or
 * when nothing fits. Whether the fit may be used is not judged here.
 */
export function fitUsl(points: readonly UslPoint[]): UslFit | undefined {
  if (points.length < 3) return undefined;
  let at = firstGuess(points);
  let error = squares(at, points);
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = step(at, points, damping);
    const nextError = next ? squares(next, points) : Infinity;
    if (next && nextError < error) {
      const gain = (error - nextError) / error;
      [at, error, damping] = [next, nextError, damping / 3];
      if (gain < 1e-12) break;
    } else {
      damping *= 4;
      if (damping > 1e12) break;
    }
  }
  return describe(at, error, points);
}

function firstGuess(points: readonly UslPoint[]): Parameters {
  const lambda = Math.max(...points.map(({ inFlight, perSecond }) => perSecond / Math.max(inFlight, 1e-9)));
  const most = Math.max(...points.map(({ inFlight }) => inFlight));
  return [lambda, 0.05, 0.1 / (most * most + 1)];
}

function squares(at: Parameters, points: readonly UslPoint[]): number {
  return points.reduce((sum, { inFlight, perSecond }) => sum + (perSecond - uslThroughput(at, inFlight)) ** 2, 0);
}

/** Solves (JᵀJ + damping·diag)·δ = Jᵀr; undefined when it cannot be solved. */
function step(at: Parameters, points: readonly UslPoint[], damping: number): Parameters | undefined {
  const matrix = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (const { inFlight: n, perSecond } of points) {
    const [lambda, sigma, kappa] = at;
    const below = 1 + sigma * (n - 1) + kappa * n * (n - 1);
    const slope = (-lambda * n) / (below * below);
    const row = [n / below, slope * (n - 1), slope * n * (n - 1)];
    const rest = perSecond - uslThroughput(at, n);
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) matrix[i]![j]! += row[i]! * row[j]!;
      matrix[i]![3]! += row[i]! * rest;
    }
  }
  for (let i = 0; i < 3; i += 1) matrix[i]![i]! *= 1 + damping;
  const delta = solve(matrix);
  if (!delta) return undefined;
  const moved = at.map((value, index) => value + delta[index]!);
  return [Math.max(moved[0]!, 1e-12), Math.max(moved[1]!, 0), Math.max(moved[2]!, 0)];
}

/** Gaussian elimination with pivots of a 3×4 matrix. */
function solve(matrix: number[][]): number[] | undefined {
  for (let column = 0; column < 3; column += 1) {
    const pivot = [column, column + 1, column + 2]
      .filter((row) => row < 3)
      .reduce((best, row) => (Math.abs(matrix[row]![column]!) > Math.abs(matrix[best]![column]!) ? row : best));
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    const head = matrix[column]![column]!;
    if (Math.abs(head) < 1e-30) return undefined;
    for (let row = 0; row < 3; row += 1) {
      if (row === column) continue;
      const factor = matrix[row]![column]! / head;
      for (let k = column; k < 4; k += 1) matrix[row]![k]! -= factor * matrix[column]![k]!;
    }
  }
  return [0, 1, 2].map((row) => matrix[row]![3]! / matrix[row]![row]!);
}

function describe(at: Parameters, error: number, points: readonly UslPoint[]): UslFit {
  const [lambda, sigma, kappa] = at;
  const mean = points.reduce((sum, { perSecond }) => sum + perSecond, 0) / points.length;
  const spread = points.reduce((sum, { perSecond }) => sum + (perSecond - mean) ** 2, 0);
  const peakInFlight = kappa > 0 ? Math.sqrt(Math.max(0, 1 - sigma) / kappa) : Infinity;
  const peakPerSecond = Number.isFinite(peakInFlight) ? uslThroughput(at, Math.max(1, peakInFlight)) : lambda / sigma;
  const r2 = spread > 0 ? 1 - error / spread : 0;
  return { lambda, sigma, kappa, r2, n: points.length, peakInFlight, peakPerSecond };
}
