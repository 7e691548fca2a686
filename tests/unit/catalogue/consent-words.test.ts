import { describe, expect, test } from 'vitest';
import { controlMeaning } from '../../../lib/catalogue/consent-words.ts';

/** Labels in English, Russian and Kazakh, by what they mean. */
const LABELS: Record<string, string> = {
  accept: `
    Accept all | Accept | I agree | Agree and close | Allow all cookies | Got it! | OK | Enable all | I understand | Consent |
    I consent | Accept all and manage later | Accept recommended settings | Accept additional cookies | Accept & continue |
    Accept all & visit the site | Agree to all | OK, accept all | Understood | That’s ok | Fine by me | OK for me |
    I consent to all | Save and accept all | Yes, I accept | Activate all |
    Принять все | Принять | Принимаю | Согласен | Я согласен | Соглашаюсь | Даю согласие | Разрешить все | Понятно | Хорошо |
    ОК | Принять всё | Принимать | Согласен(на) | Согласен на все | Да, согласен | Согласиться и продолжить |
    Принять и закрыть | Принять все, настроить позже | Принять рекомендуемые настройки | Разрешить использование cookies |
    Позволить | Включить все | Ок, все активировать | Всё понятно | Не возражаю | Я не против |
    Барлығын қабылдау | Қабылдау | Қабылдаймын | Келісемін | Келісу | Келісім беру | Рұқсат беру | Түсінікті | Жарайды |
    Бәрін қабылдау | Барлық cookie-файлдарды қабылдау | Барлығын қабылдап, кейін баптау | Ұсынылған баптауларды қабылдау |
    Cookie файлдарын қолдануға келісемін | Барлығына рұқсат беру | Барлығын іске қосу | Мақұлдаймын | Құптаймын |
    Қарсы емеспін | Жақсы
  `,
  reject: `
    Reject all | Decline | Refuse all | Deny | I do not accept | Do not accept | Don't allow | Don’t allow | Disagree |
    I disagree | No, thanks | Opt out | Disallow all | Deny all cookies | Block all | Disable all | Disable all cookies |
    Turn off all | Do not consent | I do not agree | Reject non-essential | Reject additional cookies | Disagree to all |
    Reject all and close | No, thank you |
    Отклонить | Отклонить все | Отказаться | Отказ | Запретить все | Не согласен | Не соглашаюсь | Не принимаю | Не разрешать |
    Нет, спасибо | Спасибо, нет | Отвергнуть все | Отключить все | Заблокировать все | Отклонить необязательные |
    Отключить необязательные cookie | Отказаться от всех | Запретить использование cookies | Не позволить | Не принимать |
    Не даю согласие |
    Бас тарту | Барлығынан бас тарту | Қабылдамау | Келіспеймін | Рұқсат бермеу | Жоқ, рахмет | Жоқ, рақмет |
    Барлығын бұғаттау | Барлығын ажырату | Міндетті емес cookie-ды қабылдамау | Қосымша cookie файлдарынан бас тарту |
    Барлығына тыйым салу
  `,
  'necessary-only': `
    Only necessary | Necessary only | Accept only essential cookies | Accept necessary | Use strictly necessary cookies only |
    Essential cookies only | Continue without accepting | Required only | Strictly necessary only |
    Keep only essential cookies | Continue without agreeing | Continue without consent | Reject all except necessary |
    Use necessary cookies |
    Только необходимые | Принять только необходимые | Принять необходимые | Только обязательные | Продолжить без согласия |
    Только технические | Оставить только необходимые | Я принимаю необходимое | Отклонить все, кроме необходимых |
    Без необязательных | Продолжить без принятия |
    Тек қажеттілері | Тек қажеттілерін қабылдау | Қажеттілерін ғана қабылдау | Қажеттілерін қабылдау | Тек міндетті |
    Қажеттілері ғана | Міндеттілері ғана | Тек қажетті cookie файлдары | Міндеттілерін қабылдау | Қабылдамай жалғастыру
  `,
  save: `
    Save | Save preferences | Save my choices | Confirm my choices | Accept selected | Apply | Accept current selection |
    Accept my choices | Allow selection | Confirm choices | Save services | Save & exit | Save custom choices |
    Submit preferences | Accept settings |
    Сохранить | Сохранить настройки | Подтвердить выбор | Принять выбранные | Применить | Разрешить выбранные |
    Сохранить и закрыть | Сохранить мой выбор | Только выбранные |
    Сақтау | Таңдауды сақтау | Таңдалғандарды қабылдау | Растау | Таңдауымды сақтау | Таңдауды растау | Тек таңдалғандары
  `,
  settings: `
    Cookie settings | Manage preferences | Customize | Let me choose | Preferences | More options | Manage options |
    Manage services | Show details | Show purposes | View preferences | Change your consent | Change or withdraw your consent |
    Privacy settings | OK, settings |
    Настройки | Настройки cookie | Управление cookie | Параметры | Подробнее | Настроить |
    Изменить согласие | Изменить или отозвать согласие | Управление файлами cookie | Настройки конфиденциальности |
    Узнать больше | Выбрать |
    Баптаулар | Cookie баптаулары | Реттеу | Параметрлер | Толығырақ | Параметрлерді өзгерту | Құпиялылық баптаулары | Cookie файлдарын басқару |
    Келісімді өзгерту | Теңшеу | Таңдау
  `,
  withdraw: `
    Withdraw consent | Revoke consent | Withdraw my consent | Revoke cookies | Cancel my consent |
    Отозвать согласие | Отзыв согласия | Отменить согласие | Аннулировать согласие | Отозвать своё согласие |
    Келісімді қайтарып алу | Келісімді кері қайтару | Келісімді кері алу | Келісімді болдырмау | Келісімнің күшін жою
  `,
};

/** What else stands on the controls of a site, among it much that has a word of consent. */
const NOTHING: Record<string, string> = {
  'the site': `
    Continue | Next | Close | Menu | Book now | Cookie | × |
    Продолжить | Далее | Закрыть | Войти | Купить | Управление заказами, доставкой и личными данными |
    Жалғастыру | Тапсырыс беру | Келесі | Жабу | Кіру | Сатып алу | Іздеу | Байланыс
  `,
  'a shop, a bank, a news site': `
    Accept the order | Accept payment | Accept terms and conditions | I agree to the terms | Allow notifications |
    Allow access to location | Agree on a price | Enable dark mode | Enable all sounds | OK, add to cart | OK Google |
    Got it in stock | Deny the request | Decline the offer | Declined orders | Reject the invoice | Block card | Block |
    Disable | Turn off | Cancel | Cancel order | Withdraw | Withdraw funds | Save 20 % | Save to favourites | Save for later |
    Save address | Confirm order | Confirm age | Apply coupon | Apply now | Apply filter | Show all | Only in stock | All |
    Necessary | Required field | Not now | Without registration |
    Принять файл | Сохранить файл | Разрешение экрана | Разрешение 1080p | Разрешить уведомления | Разрешить доступ к геолокации | Разрешительные документы |
    Принять участие в акции | Принять заказ | Принять условия | Принять оплату | Согласование | Согласен с условиями |
    Согласен на обработку персональных данных | Даю согласие на обработку персональных данных | Хорошо, в корзину |
    Хорошие отзывы | Понятное дело | Окей, Google | Средства против моли | Против простуды | Отказ от товара |
    Отказ от ответственности | Отказаться от рассылки | Отклонить заявку | Запретная тема | Запретить звонки |
    Заблокировать карту | Отключить | Отключить автоплатёж | Включить звук | Включить | Отмена | Отменить заказ |
    Отозвать заявку | Отзывы | Отзыв | Сохранить в избранное | Сохранить адрес | Подтвердить заказ | Подтвердить возраст |
    Применить фильтр | Применить промокод | Показать все | Выбрать все | Выбрать город | Настройки профиля |
    Подробнее о товаре | Все настроения | Только в наличии | Обязательные поля | Без регистрации |
    Файлды қабылдау | Тауардан бас тарту | Тапсырысты растау | Болдырмау | Тапсырысты қабылдау | Шарттарды қабылдау | Дербес деректерді өңдеуге келісемін | Келісім-шарт |
    Хабарландыруларға рұқсат беру | Экран рұқсаты | Тауарды қайтару | Картаны бұғаттау | Барлығын қосу | Барлығын өшіру |
    Барлығын көру | Жақсы баға | Таңдаулыларға сақтау | Купонды қолдану | Қаланы таңдау | Тек қоймада бар | Күйеге қарсы
  `,
  'the name of a document': `
    Consent to the use of cookies | Cookie consent | User agreement | Acceptable use policy |
    Согласие на использование файлов cookie | Пользовательское соглашение |
    Cookie файлдарын пайдалануға келісім | Пайдаланушы келісімі
  `,
  'an answer to whatever was asked': `
    Yes | No | Yes to all |
    Да | Нет | Да, всё |
    Иә | Жоқ
  `,
  'a sentence, a question or a heading': `
    By continuing you accept cookies | You agree to the use of cookies | Continue with cookies | Accept all cookies? |
    How to refuse cookies | Use of necessary cookies | Strictly necessary cookies |
    Продолжая пользоваться сайтом, вы соглашаетесь с cookie | Продолжить с cookie | Согласны? | Как отказаться от cookie |
    Необходимые файлы cookie |
    Сайтты пайдалана отырып, сіз cookie файлдарына келісесіз | Cookie файлдарын қолдануға келісесіз бе? |
    Cookie файлдарынан қалай бас тартуға болады | Қажетті cookie файлдары
  `,
  'both at once': `
    Accept or reject | Enable or disable all services |
    Не отклонять | Принять Отклонить |
    Қабылдау немесе бас тарту
  `,
};

/** One category of several is named: whether the others were given, only a record can say. */
const IN_PART = `
  Accept analytics cookies | Reject marketing | Functional only |
  Разрешить аналитические cookie | Только функциональные | Принять необходимые и аналитические |
  Жарнамалық cookie файлдарынан бас тарту
`;

const listed = (labels: string): string[] => labels.split('|').map((label) => label.trim());

describe.each(Object.entries(LABELS))('%s', (meaning, labels) => {
  test.each(listed(labels))('"%s"', (label) => {
    expect(controlMeaning(label)).toBe(meaning);
  });
});

test.each(listed(IN_PART))('a part of the choice: "%s"', (label) => {
  expect(controlMeaning(label)).toBe('save');
});

describe.each(Object.entries(NOTHING))('says nothing of consent: %s', (_, labels) => {
  test.each(listed(labels))('"%s"', (label) => {
    expect(controlMeaning(label)).toBeNull();
  });
});

describe('says nothing of consent', () => {
  test.each(['', '   ', '\u200b', '→'])('no words: %j', (label) => {
    expect(controlMeaning(label)).toBeNull();
  });

  test('a paragraph, whatever is in it', () => {
    const paragraph =
      'We use cookies. By clicking "Accept all" you agree to the storing of cookies on your device to enhance site navigation and analyse site usage.';
    expect(controlMeaning(paragraph)).toBeNull();
    expect(controlMeaning(`${'Мы используем файлы cookie. '.repeat(10)}Принять`)).toBeNull();
  });
});

describe('the way it is written', () => {
  test.each([
    ['  ПРИНЯТЬ\n  ВСЕ  ', 'accept'],
    ['ACCEPT\u00a0ALL', 'accept'],
    ['Ａｃｃｅｐｔ ａｌｌ', 'accept'],
    ['ҚАБЫЛДАУ', 'accept'],
    ['✓ Accept all', 'accept'],
    ['Reject\tall', 'reject'],
    ['При\u00adнять', 'accept'],
    ['\u200bAc\u200bcept\u2060 all\ufeff', 'accept'],
    ['❌\ufe0f Отклонить', 'reject'],
    ['Принять все →', 'accept'],
    ['«Принять»', 'accept'],
    ['ОK', 'accept'],
    ['Opt-out', 'reject'],
  ])('%j is %s', (label, meaning) => {
    expect(controlMeaning(label)).toBe(meaning);
  });
});
