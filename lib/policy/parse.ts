/** From the text of a policy file to a checked document, or to what is wrong with it. */
import * as v from 'valibot';
import { PolicyDocumentSchema } from '../model/policy.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { findSyntaxFault } from './json-syntax.ts';
import { describeValue, jsonPointer } from './policy-error.ts';
import type { PolicyError } from './policy-error.ts';

export type PolicyParsing = { ok: true; document: PolicyDocument } | { ok: false; errors: PolicyError[] };

/** Far above any policy with its full text in three languages. */
export const MAX_CHARACTERS = 1_000_000;
/** More would not help whoever mends the file. */
const MAX_ERRORS = 20;

type Fault = Omit<PolicyError, 'file'>;

/**
 * Parses and checks a policy of format `consent-policy/1`. The document comes back as it was written: nothing is filled in or left out.
 * Errors come in the order of checking, at most 20, each with file, JSON pointer (RFC 6901), what was found and what is expected;
 * syntax errors carry line and column. Never throws.
 * @param text the file's content; a byte order mark is ignored
 * @param fileName how the errors name the file
 */
export function parsePolicy(text: string, fileName: string): PolicyParsing {
  const failed = (faults: Fault[]): PolicyParsing => ({
    ok: false,
    errors: faults.slice(0, MAX_ERRORS).map((fault) => ({ file: fileName, ...fault })),
  });

  if (text.length > MAX_CHARACTERS) {
    return failed([{ pointer: '', found: `${text.length} characters`, expected: `at most ${MAX_CHARACTERS} characters` }]);
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const syntax = findSyntaxFault(json);
  if (syntax !== null) {
    return failed([{ pointer: jsonPointer(syntax.path), found: describePlace(json, syntax.offset), expected: syntax.expected }]);
  }

  const value: unknown = JSON.parse(json);
  const arrays = [...misplacedArrays(value)];
  if (arrays.length > 0) return failed(arrays);
  const checked = v.safeParse(PolicyDocumentSchema, value);
  if (!checked.success) return failed(checked.issues.map(schemaFault));
  const faults = [...meaningFaults(checked.output)];
  // The schema's own copy drops a few property names; the file's digest and pointers are those of what was written.
  return faults.length > 0 ? failed(faults) : { ok: true, document: value as PolicyDocument };
}

/** What stands at an offset, with its line and column (from 1; columns in UTF-16 code units). */
function describePlace(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const found = offset >= text.length ? 'the end of the file' : describeValue(String.fromCodePoint(text.codePointAt(offset) ?? 0));
  return `${found} at line ${line}, column ${column}`;
}

function schemaFault(issue: v.BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  return { pointer: jsonPointer(path), found: describeValue(issue.input), expected: expectedOf(issue) };
}

/** The schema's own sentence where it has one, else the type in the library's words. */
function expectedOf(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  const lastKey = issue.path?.at(-1)?.key;
  if (issue.input === undefined && issue.expected === JSON.stringify(lastKey)) return 'a value: this property is required';
  const names: Record<string, string> = {
    Object: 'an object',
    Array: 'an array',
    string: 'a string',
    number: 'a number',
    boolean: 'true or false',
  };
  return names[issue.expected ?? ''] ?? (issue.expected ?? 'another value').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
}

/** Properties that are objects; the schema library takes an array for an object. */
const OBJECTS = ['source', 'consent', 'territory', 'clauses', 'contact'];
const LISTS_OF_OBJECTS = ['categories', 'services', 'keys', 'gaps'];

function* misplacedArrays(value: unknown): Generator<Fault> {
  const fault = (path: (string | number)[], found: unknown): Fault => ({
    pointer: jsonPointer(path),
    found: describeValue(found),
    expected: 'an object',
  });
  if (Array.isArray(value)) yield fault([], value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const document = new Map<string, unknown>(Object.entries(value));
  for (const name of OBJECTS) {
    if (Array.isArray(document.get(name))) yield fault([name], document.get(name));
  }
  for (const name of LISTS_OF_OBJECTS) {
    const list = document.get(name);
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      if (Array.isArray(item)) yield fault([name, index], item);
    }
  }
}

/** What a schema cannot say: references, uniqueness, real dates. */
function* meaningFaults(document: PolicyDocument): Generator<Fault> {
  const categories = new Set(document.categories.map((category) => category.id));
  const oneOf = `one of the categories: ${[...categories].map(describeValue).join(', ')}`;
  yield* repeated(document.categories, 'categories');
  yield* repeated(document.services ?? [], 'services');

  for (const [index, category] of document.categories.entries()) {
    if (category.id === 'unknown' || category.id === '__proto__') {
      yield {
        pointer: jsonPointer(['categories', index, 'id']),
        found: describeValue(category.id),
        expected: 'an id that is not reserved',
      };
    }
  }
  for (const list of ['services', 'keys'] as const) {
    for (const [index, { category }] of (document[list] ?? []).entries()) {
      if (!categories.has(category))
        yield { pointer: jsonPointer([list, index, 'category']), found: describeValue(category), expected: oneOf };
    }
  }
  for (const category of Object.keys(document.consent?.record?.categories ?? {})) {
    if (!categories.has(category)) {
      yield { pointer: jsonPointer(['consent', 'record', 'categories', category]), found: describeValue(category), expected: oneOf };
    }
  }
  if (document.effective !== undefined && !isCalendarDate(document.effective)) {
    yield { pointer: '/effective', found: describeValue(document.effective), expected: 'a date of the calendar such as "2025-10-08"' };
  }
}

function* repeated(items: readonly { id: string }[], list: string): Generator<Fault> {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id))
      yield { pointer: jsonPointer([list, index, 'id']), found: describeValue(id), expected: 'an id that no earlier entry has' };
    seen.add(id);
  }
}

/** The schema checks the digits; Date.parse rolls 31 February over into March. */
function isCalendarDate(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}
