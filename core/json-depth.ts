/**
 * How deep lists and objects stand in each other, by brackets outside of texts; an upper bound for what is not JSON.
 * Judged before a text is parsed: parsing takes any depth, and whatever goes through the value afterwards does not.
 */
export function jsonDepth(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x22) {
      i = endOfText(text, i);
    } else if (char === 0x5b || char === 0x7b) {
      depth++;
      if (depth > most) most = depth;
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
  return most;
}

function endOfText(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x5c) i++;
    else if (char === 0x22) return i;
  }
  return text.length;
}
