/* What the consent platform says, and how it looks, in both forms: refusing is one click, like accepting. */
window.sbConsentLook = {
  consentModal: { layout: 'box wide', position: 'bottom left', equalWeightButtons: true },
  preferencesModal: { layout: 'box', equalWeightButtons: true },
};
window.sbConsentTexts = {
  kk: {
    consentModal: {
      title: 'Cookie файлдары туралы',
      description:
        'Сайттың негізгі жұмысына қажет cookie файлдары әрқашан қосулы. Қалғандарын – функционалды, талдамалы және маркетингтік – тек сіздің келісіміңізбен пайдаланамыз. Келісімді кез келген уақытта кері алуға болады.',
      acceptAllBtn: 'Барлығын қабылдау',
      acceptNecessaryBtn: 'Барлығынан бас тарту',
      showPreferencesBtn: 'Параметрлерді баптау',
      footer: '<a href="/kk/cookies">Cookie файлдарын пайдалануға келісім</a>',
    },
    preferencesModal: {
      title: 'Cookie параметрлері',
      acceptAllBtn: 'Барлығын қабылдау',
      acceptNecessaryBtn: 'Барлығынан бас тарту',
      savePreferencesBtn: 'Таңдауды сақтау',
      closeIconLabel: 'Жабу',
      sections: [
        { description: 'Қай санаттарға рұқсат беретініңізді таңдаңыз. Таңдауыңыз 12 ай сақталады.' },
        {
          title: 'Міндетті',
          description: 'Сессия, қауіпсіздік және сіздің таңдауыңыз. Оларсыз сайт жұмыс істемейді.',
          linkedCategory: 'necessary',
        },
        { title: 'Функционалды', description: 'Тіл мен аймақтық параметрлерді есте сақтау.', linkedCategory: 'functional' },
        {
          title: 'Талдамалы',
          description: 'Yandex.Metrica және Google Analytics: сайттың қалай пайдаланылатынын түсіну үшін, 24 айға дейін.',
          linkedCategory: 'analytical',
        },
        {
          title: 'Маркетингтік',
          description: 'Релевантты жарнама және науқандардың тиімділігін өлшеу, 12 айға дейін.',
          linkedCategory: 'marketing',
        },
      ],
    },
  },
  ru: {
    consentModal: {
      title: 'О файлах cookie',
      description:
        'Cookie, без которых сайт не работает, включены всегда. Остальные – функциональные, аналитические и маркетинговые – мы используем только с вашего согласия. Отозвать его можно в любое время.',
      acceptAllBtn: 'Принять все',
      acceptNecessaryBtn: 'Отклонить все',
      showPreferencesBtn: 'Настроить',
      footer: '<a href="/ru/cookies">Согласие на использование файлов cookie</a>',
    },
    preferencesModal: {
      title: 'Настройки cookie',
      acceptAllBtn: 'Принять все',
      acceptNecessaryBtn: 'Отклонить все',
      savePreferencesBtn: 'Сохранить выбор',
      closeIconLabel: 'Закрыть',
      sections: [
        { description: 'Выберите, что вы разрешаете. Выбор хранится 12 месяцев.' },
        {
          title: 'Обязательные',
          description: 'Сессия, безопасность и сам ваш выбор. Без них сайт не работает.',
          linkedCategory: 'necessary',
        },
        { title: 'Функциональные', description: 'Запоминание языка и региональных настроек.', linkedCategory: 'functional' },
        {
          title: 'Аналитические',
          description: 'Яндекс.Метрика и Google Analytics: понять, как пользуются сайтом, до 24 месяцев.',
          linkedCategory: 'analytical',
        },
        { title: 'Маркетинговые', description: 'Уместная реклама и оценка кампаний, до 12 месяцев.', linkedCategory: 'marketing' },
      ],
    },
  },
};
