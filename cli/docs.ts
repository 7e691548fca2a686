/**
 * Writes docs/rules: one page per rule, out of its own data and its messages. `node cli/docs.ts` rewrites them all.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isArgumentElement, isLiteralElement, isPluralElement, isSelectElement, parse } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { rules } from '../lib/judge/rules/index.ts';
import type { RuleMeta } from '../lib/judge/rule.ts';
import messages from '../public/_locales/en/messages.json' with { type: 'json' };

const MESSAGES: Record<string, { message: string } | undefined> = messages;
const FOLDER = new URL('../docs/rules/', import.meta.url);

const LEVELS = { error: 'what a reviewer would act on without asking', warning: "needs a person's look", note: 'worth knowing' };

/** The page of one rule, as Markdown. */
export function rulePage(meta: RuleMeta): string {
  const id = meta.id.replaceAll('-', '_');
  const title = MESSAGES[`rule_${id}`]?.message ?? meta.id;
  const prefix = meta.id === 'policy-gap' ? 'policy_gap_' : `finding_${id}`;
  const said = Object.entries(MESSAGES).filter(([key]) => key.startsWith(prefix));
  return [
    `# ${title}`,
    `Rule \`${meta.id}\`. ${meta.failsWhen}`,
    meta.clauses.length > 0
      ? `**Clauses**, where the policy itself does not say which of its own applies: ${meta.clauses.join(', ')}.`
      : '**Clauses**: those that the policy names, if any; it speaks of the policy or the run, not of something observed.',
    `**Levels**: ${meta.levels.map((level) => `${level} (${LEVELS[level]})`).join('; ')}.`,
    '## What it says',
    said.map(([key, entry]) => `- \`${key}\`: ${plain(parse(entry?.message ?? '', { ignoreTag: true }))}`).join('\n'),
    '## Examples',
    `Each folder of [tests/rules/${meta.id}](../../tests/rules/${meta.id}) is a small evidence with the findings expected of it.`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** A message as a reader of the docs wants it: of its variants only the usual one. */
function plain(elements: MessageFormatElement[]): string {
  return elements
    .map((element) => {
      if (isLiteralElement(element)) return element.value;
      if (isSelectElement(element)) return plain(element.options.other?.value ?? []);
      return isArgumentElement(element) || isPluralElement(element) ? `{${element.value}}` : '';
    })
    .join('');
}

function writeAll(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of readdirSync(FOLDER)) rmSync(new URL(file, FOLDER));
  for (const { meta } of rules) writeFileSync(new URL(`${meta.id}.md`, FOLDER), rulePage(meta));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeAll();
