/**
 * The formats our schemas use, each as a function of the text. Everything else is a pattern. They are
 * imported by the generated validators, so that no library is needed at run time.
 */
export const FORMATS = {
  "date-time": isInstant,
  uri: isUri,
  /** A path's rules stand in its pattern; the format only marks it. */
  path: (_text: string): boolean => true,
} as const satisfies Readonly<Record<string, (text: string) => boolean>>;

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|[+-](\d\d):(\d\d))$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339 with a real date. Leap seconds are refused: `Date` cannot hold them, and no grant should end on one. */
function isInstant(text: string): boolean {
  const parts = INSTANT.exec(text)
    ?.slice(1)
    .map((digits) => Number(digits ?? 0));
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts;
  return isDate(year, month, day) && parts.slice(3).every((part, i) => part <= (MOST[i] ?? 0));
}

/** Hour, minute, second, and hour and minute of the offset. */
const MOST = [23, 59, 59, 23, 59];

function isDate(year: number, month: number, day: number): boolean {
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** An absolute address that the platform's own parser accepts. */
function isUri(text: string): boolean {
  return URL.canParse(text);
}
