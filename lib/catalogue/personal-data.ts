/** What identifies a person in a request's parameters. Values are looked at to tell what they are, and never returned. */

/** A whole value; what only looks like one, a file for a dense screen (`icon@2x.png`), is none. */
const EMAIL = /^[^\s@<>"'/:]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}$/u;
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|ico|js|css|woff2?)$/i;

/** Names whose value, where it has the form, is that kind of data. */
const NAMED: readonly { name: RegExp; value: RegExp; kind: string }[] = [
  { name: /^(?:e-?mail|user_?email|mail)$/i, value: EMAIL, kind: 'email' },
  { name: /^(?:phone|phone_?number|tel|mobile|msisdn)$/i, value: /^\+?[\d\s()-]{10,20}$/, kind: 'phone' },
  // Twelve digits, the first six a date of birth: https://adilet.zan.kz/kaz/docs/Z070000223_
  { name: /^(?:iin|иин|жсн|individual_?id(?:entification_?number)?)$/i, value: /^\d{2}(?:0\d|1[0-2])[0-3]\d{7}$/, kind: 'iin' },
  { name: /^ud(?:ff)?\[em\]$/, value: /^[0-9a-f]{64}$/i, kind: 'hashed-email' },
  { name: /^ud(?:ff)?\[ph\]$/, value: /^[0-9a-f]{64}$/i, kind: 'hashed-phone' },
  { name: /^em$/, value: /^tv\.1.*~em\.[\w-]{20,}/, kind: 'hashed-email' },
  { name: /^em$/, value: /^tv\.1.*~pn\.[\w-]{20,}/, kind: 'hashed-phone' },
];

/**
 * The kinds of personal data in one parameter: as its whole value, or in the query of an address that it holds, as analytics send
 * the address of the page. Without repetition.
 */
export function personalData(name: string, value: string): string[] {
  const kinds = new Set(kindsOf(name, value));
  if (/^https?:\/\//i.test(value)) {
    const query = URL.parse(value)?.searchParams ?? [];
    for (const [inner, content] of query) for (const kind of kindsOf(inner, content)) kinds.add(kind);
  }
  return [...kinds];
}

function kindsOf(name: string, value: string): string[] {
  const text = value.trim();
  const named = NAMED.filter((one) => one.name.test(name) && one.value.test(text)).map(({ kind }) => kind);
  return EMAIL.test(text) && !FILE.test(text) ? [...named, 'email'] : named;
}
