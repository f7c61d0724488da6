/** Digits of a second's fraction. */
const DIGITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;

/** What a time is counted in. */
export type TimeUnit = keyof typeof DIGITS;

/** A time since 1970 as ISO 8601 has it, with all its digits; an invalid date for one that no calendar has. */
export function timestamp(value: bigint, unit: TimeUnit): string | Date {
  const { seconds, fraction } = split(value, unit);
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? date : `${date.toISOString().slice(0, -4)}${fraction}Z`;
}

/** A time of day as ISO 8601 has it, with all its digits. */
export function timeOfDay(value: bigint, unit: TimeUnit): string {
  const { seconds, fraction } = split(value, unit);
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n];
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}.${fraction}`;
}

/** Whole seconds, and the digits of the rest: three, or as many threes as it needs. */
function split(value: bigint, unit: TimeUnit): { seconds: bigint; fraction: string } {
  const digits = DIGITS[unit];
  const second = 10n ** BigInt(digits);
  const rest = ((value % second) + second) % second;
  const fraction = String(rest)
    .padStart(digits, "0")
    .replace(/(?<=^...(?:...)?)(?:000)+$/, "");
  return { seconds: (value - rest) / second, fraction };
}
