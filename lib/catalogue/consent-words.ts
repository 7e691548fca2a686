/** What the words of a control mean, in Kazakh, Russian and English. */
import type { ControlMeaning } from '../model/observation.ts';

const COOKIES = /cookie|куки|кукис|кук(и|ей|ов)/u;

/**
 * In the order of asking: a text that refuses or narrows is never taken for an acceptance.
 * Sources: the texts of vanilla-cookieconsent, Klaro, tarteaucitron, Orejime and Cookiebot in these languages, and Kazakh sites.
 */
const WORDS: [ControlMeaning, RegExp][] = [
  ['withdraw', /withdraw|revoke (my )?consent|отозвать|отзыв согласия|қайтарып ал|келісімді (кері|қайтар)|кері қайтар|кері ал/u],
  [
    'necessary-only',
    /(only|just) (the )?(strictly )?(necessary|essential|required)|(necessary|essential|required)( cookies)? only|без необязательных|только (необходим|обязательн|технич|функциональн)|тек (қажетті|міндетті)|қажеттілерін ғана|міндеттілерін ғана|(accept|allow|use) (the )?(strictly )?(necessary|essential|required|mandatory)|(принять|разрешить|принимаю) (необходим|обязательн)|(қажетті|міндетті)(лерін|лерді)? (ғана )?қабылда|continue without (accepting|agreeing)|продолжить без/u,
  ],
  [
    'reject',
    /reject|declin|refus|deny|disagree|do not (accept|allow|agree|consent)|don['’]t (accept|allow|agree|consent)|opt[ -]?out|no,? thanks|отклон|отказ|запрет|не соглас|не соглаш|не приним|не разреш|не принят|против|бас тарт|қабылдамау|қабылдамай|келіспе|рұқсат (бермеу|етпеу)|жоққа шығар/u,
  ],
  [
    'save',
    /save|confirm|apply|accept (the )?select|accept (my )?(choice|selection)|allow select|сохранить|подтверд|примен|принять выбран|разрешить выбран|сақта|растау|қолдану|таңдалған|таңдауды/u,
  ],
  [
    'settings',
    /setting|preference|manage|customi[sz]e|personali[sz]e|let me choose|more (info|option)|show (details|purposes)|options|настро|параметр|управл|подробнее|выбрать|баптау|реттеу|параметрлер|басқару|толығырақ|таңдау/u,
  ],
  [
    'accept',
    // "Consent to the use of cookies", "user agreement": the names of documents, behind links, are nobody's acceptance.
    /accept(?!ab|ance)|\bagreed?\b|allow|^(yes, )?(i )?(give )?(my )?consent( to all| and \w+)?$|got it|i understand|ok(ay)?$|^ok\b|enable all|принять|принима|соглас(ен|на|ны|ит)|соглаша|да(ю|ть|ем) согласие|разреш|понятно|хорошо|^ок$|қабылда|келіс(е|у)|келісім(ім)?(ді)? бер|рұқсат|түсінікті|жарайды|мақұл/u,
  ],
];

/** Too long a text is a paragraph, not a label. */
const MOST_LABEL = 120;

/** The meaning of a label, or null for one that says nothing of consent. "Continue" is not consent. */
export function controlMeaning(label: string): ControlMeaning | null {
  const text = label.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (text === '' || text.length > MOST_LABEL) return null;
  const meaning = WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  // "Settings", "options", "more": of the site or of its cookies? Never a choice by itself either way.
  return meaning === 'settings' && !COOKIES.test(text) && text.length > 40 ? null : meaning;
}
