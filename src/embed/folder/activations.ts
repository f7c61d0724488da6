const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clip = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

/** Klambauer et al. 2017, self-normalising neural networks. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** Activation functions by the last part of their PyTorch names, with PyTorch's default parameters. */
export const ACTIVATIONS: Record<string, (x: number) => number> = {
  Identity: (x) => x,
  Tanh: Math.tanh,
  ReLU: (x) => Math.max(0, x),
  ReLU6: (x) => clip(x, 0, 6),
  LeakyReLU: (x) => (x > 0 ? x : 0.01 * x),
  ELU: (x) => (x > 0 ? x : Math.expm1(x)),
  CELU: (x) => (x > 0 ? x : Math.expm1(x)),
  SELU: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  GELU: (x) => (x * (1 + erf(x * Math.SQRT1_2))) / 2,
  SiLU: (x) => x * sigmoid(x),
  Mish: (x) => x * Math.tanh(softplus(x)),
  Sigmoid: sigmoid,
  LogSigmoid: (x) => -softplus(-x),
  Softplus: softplus,
  Softsign: (x) => x / (1 + Math.abs(x)),
  Hardtanh: (x) => clip(x, -1, 1),
  Hardsigmoid: (x) => clip(x / 6 + 0.5, 0, 1),
  Hardswish: (x) => x * clip(x / 6 + 0.5, 0, 1),
  Tanhshrink: (x) => x - Math.tanh(x),
};

/** The error function, within 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
