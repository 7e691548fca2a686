/** The two kinds of pattern a policy uses: names with `*` anywhere, and hosts with a leading `*.`. */

/** Whether a name fits a pattern in which `*` stands for any characters, also none. Case counts. Linear in the name for each piece. */
export function matchesName(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return name === pattern;
  const last = pieces.at(-1) ?? '';
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  // Taking each middle piece at its first place never loses a match.
  let at = first.length;
  const end = name.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Whether a host fits an exact name or a `*.` pattern, which includes the bare domain. Both in the form of `asciiHost`. */
export function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern;
  return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
}

/** How specific a pattern is: exact ones above all others, then by the length of their literal part. */
export function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.MAX_SAFE_INTEGER;
}

/**
 * A host, or a `*.` pattern of one, as a browser writes it: lower case, punycode, without port and final dot.
 * What is no host at all comes back in lower case and matches only itself.
 */
export function asciiHost(host: string): string {
  const wildcard = host.startsWith('*.') ? '*.' : '';
  const bare = host.slice(wildcard.length).replace(/^\./, '');
  const parsed = URL.parse(`http://${bare}/`);
  const isHost = parsed !== null && parsed.href === `http://${parsed.host}/`;
  return wildcard + (isHost ? parsed.hostname.replace(/\.$/, '') : bare.toLowerCase());
}
