/** The border between the extension's own pages (popup, panel, the command line's page) and the background. */
import type { Audit, Conditions } from '../model/audit.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PolicyDocument } from '../model/policy.ts';

export type ChoiceState = 'accepted' | 'rejected' | 'withdrawn';

/** Each command with what it needs and what it answers. */
export interface Commands {
  /** Sets policy, sites and profile, and forgets what was gathered. Answers when the content scripts are registered. */
  configure: {
    ask: { policy: PolicyDocument | null; sites: string[]; key: string | null; clean: boolean | null };
    answer: { ready: true };
  };
  /** A scenario step begins. `reason` names the next visit, if this step makes one. */
  step: { ask: { index: number | null; reason: 'visit' | 'reload' | 'fresh' | 'restart' | 'other' }; answer: { done: true } };
  /**
   * Milliseconds since anything was last observed, how many requests of the last seconds are unanswered, and how many documents are
   * listened to; `seen` is another text whenever something was observed. What was told is stored.
   */
  quiet: { ask: object; answer: { milliseconds: number; seen: string; unanswered: number; documents: number } };
  /** Looks into jar and storage now; answers when what was found is stored. */
  snapshot: { ask: object; answer: { done: true } };
  /** The person (or the scenario) says what the last choice meant. */
  mark: { ask: { tab: number | null; state: ChoiceState | null; categories: Record<string, boolean> | null }; answer: { done: true } };
  /** Everything gathered, correlated. With a tab of a private window: of the private windows, else of all others. */
  evidence: { ask: { tab?: number }; answer: Evidence };
  /** The same judged. Looks into jar and storage before, unless told that this has just been done. */
  audit: { ask: { conditions: Partial<Conditions>; looked?: boolean; tab?: number }; answer: Audit };
  /** What the popup shows for a tab before anything else. */
  status: { ask: { tab: number; url: string }; answer: Status };
  addSite: { ask: { host: string }; answer: { done: true } };
  removeSite: { ask: { host: string }; answer: { done: true } };
  /** Forgets what was gathered; the site's own data stays. */
  clear: { ask: { tab?: number }; answer: { done: true } };
  /** What a clean start of this tab would remove; removes nothing. */
  previewClean: { ask: { tab: number }; answer: CleanPlan };
  /** Removes what the plan listed of these hosts, forgets what was gathered and opens the page anew. */
  startClean: { ask: { tab: number; hosts: string[] }; answer: CleanReport };
}

/** What a clean start is about to remove: cookies by name, and the storage of these hosts. */
export interface CleanPlan {
  /** The page that is opened again afterwards. */
  url: string;
  /** `own`: of the audited site; the others are recipients seen on it. */
  hosts: { host: string; own: boolean }[];
  cookies: CleanCookie[];
  /** Other open tabs with audited pages: they may write again at any moment. */
  otherTabs: number;
  /** A private window: only the storage of the documents that are open in the tab can be reached. */
  onlyOpenDocuments: boolean;
}

export interface CleanCookie {
  name: string;
  /** Without leading dot. */
  domain: string;
  hostOnly: boolean;
}

export interface CleanReport {
  /** Cookies removed. */
  cookies: number;
  /** Cookies of the site or its recipients that are there all the same. */
  left: CleanCookie[];
  /** What else could not be removed, in the browser's words. */
  failures: string[];
}

export interface Status {
  audited: boolean;
  host: string;
  policy: { id: string; version: string };
  sites: string[];
  /** Those of them that were added by hand. */
  added: string[];
  /** The tab is of a private window: its recording is kept in memory and ends with the window. */
  private?: boolean;
  /** Of a tab in one of Firefox's containers, its id: it has a part of its own in the recording. */
  cookieStore?: string;
  /** What is observed cannot be stored at the moment and is held in memory. */
  trouble?: StorageTrouble | null;
}

export interface StorageTrouble {
  /** The browser's name for it: `QuotaExceededError` is a full disk. */
  error: string;
  held: number;
  dropped: number;
}

export type CommandName = keyof Commands;
export type Command = { [Name in CommandName]: { command: Name } & Commands[Name]['ask'] }[CommandName];

/** Answers carry either the value or the reason for a failure, never both. */
export type Answer<Name extends CommandName> = { ok: true; value: Commands[Name]['answer'] } | { ok: false; error: string };

/**
 * Asks the background.
 * @throws Error with the background's reason when it could not do it
 */
export async function ask<Name extends CommandName>(
  runtime: { sendMessage(message: unknown): Promise<unknown> },
  command: Name,
  parameters: Commands[Name]['ask'],
): Promise<Commands[Name]['answer']> {
  const answer = (await runtime.sendMessage({ command, ...parameters })) as Answer<Name> | undefined;
  if (!answer) throw new Error('The extension did not answer.');
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}
