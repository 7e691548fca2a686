/**
 * The words that labels about consent are made of, by what each does in one. Alternatives are separated by `|`; `*` is any ending.
 * Letters are small, `ё` is `е`, and hyphens, apostrophes and other signs are gone (`dont`, `non essential`).
 * Sources: the texts of vanilla-cookieconsent, cookieconsent, Klaro, tarteaucitron, Orejime, Cookiebot, OneTrust, CookieYes, Complianz,
 * Usercentrics, Didomi, Borlabs and Funding Choices in these languages, and Kazakh sites.
 */

/** What a word or phrase does in a label. */
export type Role =
  /** Agrees. */
  | 'accept'
  /** Has read or does not mind: what a notice without a choice asks for. */
  | 'acknowledge'
  /** Switches on or off: of consent only where it is all, or cookies. */
  | 'enable'
  | 'disable'
  | 'refuse'
  /** "Without agreeing": says by itself that only the necessary is left. */
  | 'without'
  | 'not'
  /** Takes back: a consent or cookies. */
  | 'withdraw'
  /** Ends anything: of consent only where it is the consent. */
  | 'cancel'
  | 'save'
  | 'settings'
  /** Leads to what may be set, where it is of consent. */
  | 'show'
  /** Says how much. */
  | 'all'
  | 'only'
  | 'keep'
  | 'necessary'
  | 'optional'
  | 'category'
  | 'selected'
  /** What it is about. */
  | 'cookies'
  | 'consent'
  /** May stand beside the others and changes nothing. */
  | 'beside';

export const LEXICON: Record<'en' | 'ru' | 'kk', Record<Role, string>> = {
  en: {
    accept: `
      accept|agree|agreed|allow|i consent|give consent|give my consent|^consent$|^consent to all|^consent all|^consent and close|
      ^consent and continue|^consent close|^consent continue
    `,
    acknowledge: `
      ok|okay|got it|understood|i understand|thats ok|thats okay|thats fine|fine by me|fine with me|ok for me|im ok with that|
      im fine with that|sounds good
    `,
    enable: 'enable|activate|turn on|switch on',
    disable: 'disable|deactivate|block|turn off|switch off',
    refuse: 'reject|decline|refuse|deny|disagree|disallow|opt out|no thanks|no thank you|thanks but no thanks',
    without: `
      without accepting|without agreeing|without consent|without consenting|without agreement|without optional|
      without non essential|without cookies|without tracking
    `,
    not: 'not|do not|dont',
    withdraw: 'withdraw|revoke|take back',
    cancel: 'cancel|annul',
    save: `
      save|save services|confirm|confirm services|apply|submit choices|submit my choices|submit preferences|submit my preferences|
      submit selection
    `,
    settings: `
      settings?|preferences?|manage|manager|management|manage services|manage vendors|manage partners|customi[sz]e|personali[sz]e|
      configure|options?|let me choose|let me decide|i choose|choose|more options|more info|more information|more details|
      more choices|read more|learn more|find out more|show details|view details|show purposes|view purposes|show vendors|
      view vendors|show partners|view partners|privacy settings|privacy preferences|privacy options|privacy manager|privacy center|
      privacy centre
    `,
    show: 'show|view|open|change|edit|review|adjust',
    all: 'all|everything',
    only: 'only|just|except|except for|but|other than',
    keep: 'keep|use|continue with|proceed with',
    necessary: 'necessary|essentials?|required|mandatory|technical|technically',
    optional: `
      optional|non essential|nonessential|unessential|non necessary|unnecessary|not necessary|non required|not required|additional
    `,
    category: `
      analytics|analytical|statistics|statistical|marketing|advertising|ads|functional|functionality|performance|preference cookies|
      targeting|personali[sz]ation|measurement|social|social media|third party
    `,
    selected: 'selected|selection|choices?|choose all',
    cookies: 'cookies?',
    consent: 'consents?',
    beside: `
      the|these|this|those|any|our|your|my|to|of|on|in|for|from|with|and|or|i|we|it|them|use of|usage|using|strictly|site|website|
      close|continue|proceed|exit|enter|visit|yes|no|please|thanks|thank you|technologies|similar|tracking|trackers|current|custom|
      individual|recommended settings|manage later|customi[sz]e later|choose later|change later|decide later
    `,
  },
  ru: {
    accept: `
      принять|принимаю|принимаем|принимать|согласен|согласна|согласны|согласиться|соглашаюсь|соглашаемся|даю согласие|даем согласие|
      дать согласие|разрешить|разрешаю|разрешать|позволить|позволяю|позволять|не возражаю|не против
    `,
    acknowledge: 'понятно|мне понятно|все понятно|понял|поняла|я понял|я поняла|ясно|все ясно|хорошо|ок|окей|оk|oк|ладно',
    enable: 'включить|включаю|активировать',
    disable: 'отключить|отключаю|выключить|деактивировать|блокировать|заблокировать',
    refuse: `
      отклонить|отклоняю|отклонять|отказаться|отказываюсь|отказываться|^отказ$|^отказ от всех|отвергнуть|отвергаю|отвергать|
      запретить|запрещаю|запрещать|нет спасибо|спасибо нет|^против|я против
    `,
    without: `
      без согласия|без моего согласия|без принятия|без необязательных|без дополнительных|без cookie|без cookies|без файлов cookie|
      без куки
    `,
    not: 'не',
    withdraw: 'отозвать|отзываю|отзыв|аннулировать',
    cancel: 'отменить|отменяю|отмена',
    save: 'сохранить|сохраняю|подтвердить|подтверждаю|применить',
    settings: `
      настроить|настройк*|настраивать|параметр*|опции|управлять|управление|настройка сервисов|настройки сервисов|
      управление сервисами|персонализировать|персонализация|подробнее|узнать больше|узнать подробнее|узнать подробности|
      больше информации|показать подробности|показать детали|выбрать|настройк* конфиденциальности|параметр* конфиденциальности|
      управление конфиденциальностью|настройк* приватности
    `,
    show: 'показать|посмотреть|открыть|изменить|поменять',
    all: 'все|всех|всем|весь',
    only: 'только|лишь|кроме|за исключением',
    keep: 'оставить|использовать|продолжить с',
    necessary: `
      необходим*|строго необходим*|обязательн*|строго обязательн*|технические|технических|техническими|технически необходим*|
      основные|основных|основными
    `,
    optional: 'необязательн*|не обязательн*|дополнительн*|опциональн*|не необходим*',
    category: 'аналитик*|аналитическ*|статистик*|статистическ*|маркетинг*|реклам*|функциональн*|сторонн*|производительност*',
    selected: 'выбранн*|выбор|выбора|отмеченн*|выбрать все',
    cookies: 'куки|кукис*|кук|куков|кукам|файл* cookie|файл* cookies|файл* куки|cookie файл*|cookies файл*|куки файл*',
    consent: 'согласи*',
    beside: `
      и|или|с|со|от|на|в|для|к|я|мы|мой|мое|мою|мои|свой|свое|свои|наш*|эти|этих|это|этот|этого|этом|их|технологи*|аналогичн*|
      использовани*|сайт|сайта|сайте|сайту|закрыть|продолжить|перейти|выйти|да|нет|спасибо|текущ*|рекомендованн* настройки|
      рекомендуем* настройки|рекомендованн* параметры|рекомендуем* параметры|настроить позже|изменить позже|выбрать позже|
      управлять позже
    `,
  },
  kk: {
    accept: `
      қабылдау|қабылдаймын|қабылдап|келісемін|келісем|келісеміз|келісу|келісім беру|келісім беремін|келісімімді беру|
      келісімімді беремін|келісімді беру|рұқсат беру|рұқсат беремін|рұқсат ету|рұқсат етемін|мақұлдау|мақұлдаймын|құптаймын|
      қарсы емеспін
    `,
    acknowledge: 'түсінікті|бәрі түсінікті|түсіндім|жарайды|жақсы|құп',
    enable: 'іске қосу|белсендіру',
    disable: 'бұғаттау|ажырату|сөндіру',
    refuse: `
      бас тарту|бас тартамын|бас тартамыз|қабылдамау|қабылдамаймын|келіспеу|келіспеймін|рұқсат бермеу|рұқсат бермеймін|рұқсат етпеу|
      рұқсат етпеймін|тыйым салу|тыйым саламын|жоққа шығару|жоқ рахмет|жоқ рақмет|рахмет жоқ|рақмет жоқ|^қарсымын
    `,
    without: `
      келісімсіз|қабылдамай жалғастыру|қабылдаусыз жалғастыру|келіспей жалғастыру|келісім бермей жалғастыру|cookie файлдарынсыз|
      міндетті еместерсіз
    `,
    not: 'емес|емеспін',
    withdraw: 'қайтарып алу|қайтарып аламын|кері қайтару|кері қайтарып алу|кері алу|қайтару',
    cancel: 'жою|болдырмау|күшін жою|тоқтату',
    save: 'сақтау|сақтаймын|сақтап|растау|растаймын|^қолдану$|таңдауды қолдану|баптауларды қолдану',
    settings: `
      баптау*|реттеу*|параметр*|теңшеу*|басқару|қызметтерді басқару|толығырақ|көбірек білу|толық мәлімет|таңдау|құпиялылық баптау*|
      құпиялылық параметр*|құпиялық баптау*
    `,
    show: 'көрсету|көру|ашу|өзгерту',
    all: 'барлық|барлығы|барлығын|барлығына|барлығынан|бәрі|бәрін|бәріне|бәрінен',
    only: 'тек|тек қана|ғана|қана|басқа|басқасынан',
    keep: 'қалдыру',
    necessary: `
      қажетті|қажеттілер|қажеттілері*|қажеттілерді|қажеттісі*|қажеттілерден|міндетті|міндеттілер|міндеттілері*|міндеттілерді|
      техникалық
    `,
    optional: 'міндетті емес*|қажетті емес*|қажет емес*|қосымша|қосымшалары|қосымшаларын|қосымшаларынан',
    category: 'аналитика*|аналитикалық|статистика*|статистикалық|маркетинг*|маркетингтік|жарнама*|жарнамалық|функционалдық|функционалды',
    selected: 'таңдалған*|таңдауды|таңдауым|таңдауымды|таңдауыңызды|таңдауын|таңдағанды|таңдағандарды|таңдағанымды|барлығын таңдау',
    cookies: 'кукилер*|кукиді|кукиге',
    consent: 'келісім*',
    beside: `
      мен|біз|және|немесе|осы|бұл|иә|жоқ|рахмет|рақмет|сайт|сайты*|сайтта|сайтқа|үшін|пайдалану|пайдалануға|пайдалануын|
      пайдаланудан|қолдану|қолдануға|қолданудан|сақтауға|технология*|жабу|жалғастыру|шығу|ағымдағы|ұсынылған баптау*|
      ұсынылған параметр*|кейін баптау|кейінірек баптау|кейін реттеу|кейін басқару|кейін таңдау|ды|ді|ні|лар|лер|ларды|лерді|лардан|
      лерден|дан|ден|ға|ге|ті|терді|терден
    `,
  },
};
