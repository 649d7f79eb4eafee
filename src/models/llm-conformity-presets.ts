// Majority force β and size of the bias h of nine language models: medians over about 100 opinion pairs each, computed from the fits published with De Marzo,
// Bellina, Castellano, Priesemann & Garcia 2026 (arXiv:2605.10721). The sign of the bias is not part of the figures: it is the parameter `bias_sign`.
const MEASURED = [
  // model, opinion pairs, β median, β 10 %, β 90 %, abs h median, share of pairs inside the spinodal
  ['gemma-3-27b-it', 107, 3.9, 2.43, 5.68, 0.463, 0.63],
  ['gemma-3-12b-it', 106, 3.67, 1.99, 5.56, 0.362, 0.66],
  ['Qwen2.5-32B', 107, 2.8, 2.02, 3.78, 0.165, 0.71],
  ['Qwen2.5-14B', 102, 2.52, 1.84, 3.92, 0.277, 0.66],
  ['Qwen3-32B', 103, 2.66, 1.17, 4.98, 0.445, 0.44],
  ['Qwen3-14B', 105, 2.55, 1.36, 3.84, 0.297, 0.53],
  ['gemini-2.5-flash-lite', 107, 1.94, 1.39, 2.71, 0.242, 0.52],
  ['gpt-5-mini', 106, 2.32, 1.36, 3.95, 0.509, 0.28],
  ['Llama-3.1-8B', 92, 1.87, 0.37, 4.27, 0.665, 0.29],
] as const;

export const llmConformityPresets = Object.fromEntries(
  MEASURED.map(([model, pairs, force, low, high, bias, inside]) => [
    model,
    {
      about: `${model}: medians over ${pairs} opinion pairs (β 10–90 %: ${low}–${high}; ${Math.round(100 * inside)} % of the pairs inside the spinodal)`,
      params: { majority_force: force, bias },
    },
  ]),
);
