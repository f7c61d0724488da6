/** Languages of `parallel/` that the loop is measured on. */
export const SIXTEEN = [
  "ar",
  "de",
  "es",
  "et",
  "fi",
  "fr",
  "hi",
  "it",
  "ja",
  "ko",
  "nl",
  "ru",
  "sw",
  "tr",
  "vi",
  "zh",
];
