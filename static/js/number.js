// Numbers as a person types them. tenants/kit/numbers.py reads by the same rules on the server.
const THAI_ZERO = 0x0e50;
const BLANK = "[ \\t\\u00a0\\u2009\\u202f'\\u2019]";
const EDGES = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");
const BETWEEN_DIGITS = new RegExp(`(?<=\\d)${BLANK}+(?=\\d)`, "g");
const BLANKS = new RegExp(BLANK, "g");
const NUMBER = /^(-?)(?=\.?\d)(\d*)(?:\.(\d*))?$/;
// A group of thousands never begins with zero: 0,125 is no number of thousands.
const GROUPED = { ",": /^-?[1-9]\d{0,2}(?:,\d{3})+$/, ".": /^-?[1-9]\d{0,2}(?:\.\d{3})+$/ };
const GROUPED_BY_BLANKS = new RegExp(`^-?[1-9]\\d{0,2}(?:${BLANK}+\\d{3})+(?:[.,]\\d*)?$`);
const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g;

export const commaIsDecimal = (language) => /^(ru|ky|kk)/.test(language);
export const groupingMark = (language) => (commaIsDecimal(language) ? "\u00a0" : ",");
export const decimalMark = (language) => (commaIsDecimal(language) ? "," : ".");

const count = (text, mark) => text.split(mark).length - 1;
const ascii = (text) =>
  text.replace(/[๐-๙]/g, (digit) => digit.codePointAt(0) - THAI_ZERO).replaceAll("\u2212", "-");

// The text without grouping marks, or null where these do not stand before every third digit.
const without = (mark, text) => (GROUPED[mark].test(text) ? text.replaceAll(mark, "") : null);

// The last mark stands before the decimal places, the other one between thousands.
function withBothMarks(text) {
  const decimal = text.lastIndexOf(",") > text.lastIndexOf(".") ? "," : ".";
  const grouping = decimal === "." ? "," : ".";
  const at = text.indexOf(decimal);
  const places = text.slice(at + 1);
  if (/[.,]/.test(places)) return null;
  const whole = without(grouping, text.slice(0, at));
  return whole === null ? null : `${whole}.${places}`;
}

// The text without grouping marks and with a point before the decimal places, or null.
function withOnePoint(text, language) {
  const blankless = text.replace(BETWEEN_DIGITS, "");
  if (blankless !== text) {
    return GROUPED_BY_BLANKS.test(text) ? blankless.replace(",", ".") : null;
  }
  if (text.includes(",") && text.includes(".")) return withBothMarks(text);
  const mark = text.includes(",") ? "," : ".";
  const commaGroups = mark === "," && !commaIsDecimal(language);
  if (count(text, mark) < 2 && !commaGroups) return text.replace(",", ".");
  return without(mark, text);
}

// "1 234,50" gives "1234.50"; null where the text is no number, or can be read in two ways.
export function read(text, language) {
  const trimmed = ascii(text).replace(EDGES, "");
  const number = NUMBER.exec(withOnePoint(trimmed, language) ?? "");
  if (!number) return null;
  const [, sign, whole, places] = number;
  return sign + (whole || "0") + (places ? `.${places}` : "");
}

// "1234.50" gives "1 234,50".
export function write(plain, language) {
  const [whole, places] = plain.split(".");
  const grouped = whole.replace(THOUSANDS, groupingMark(language));
  return places === undefined ? grouped : grouped + decimalMark(language) + places;
}

// The text of a field in which somebody types: the language's own grouping marks are set anew,
// whatever digits lie between them now; decimal mark and places stay as they are typed.
export function regroup(text, language) {
  const blankless = text.replace(BLANKS, "");
  const bare = commaIsDecimal(language) ? blankless : blankless.replaceAll(",", "");
  const parts = /^(-?\d*)([.,]\d*)?$/.exec(ascii(bare));
  if (!parts) return text;
  return parts[1].replace(THOUSANDS, groupingMark(language)) + (parts[2] ?? "");
}

// Where the caret stands in the regrouped text: behind as many characters that group nothing.
export function caretAfter(regrouped, before, language) {
  const groups = (sign) => sign === groupingMark(language) || sign.replace(BLANKS, "") === "";
  const kept = [...before].filter((sign) => !groups(sign)).length;
  let at = 0;
  for (let seen = 0; at < regrouped.length && seen < kept; at += 1) {
    if (!groups(regrouped[at])) seen += 1;
  }
  return at;
}
